// tableReader.ts
// Functions that one file puts into tables: initialisers of globals and locals, lists that macros make, and
// assignments to members.

import type { Position } from '../base/position.ts';
import type {
  Declarations,
  FileFacts,
  GlobalFacts,
  LocalFacts,
  MacroBody,
  MacroCallFacts,
} from '../facts/fileFacts.ts';
import type { Flow, Op } from '../facts/flow.ts';
import type { Expr, ExprId, TypeId } from '../facts/terms.ts';
import { seqOpens } from './attachments.ts';
import { pasted, settingOf } from './initialisers.ts';
import type { Setting, Value } from './initialisers.ts';
import type { Linking, Shape } from './linking.ts';
import { ListReader } from './listReader.ts';
import { globalIn } from './placeNames.ts';
import type { PlaceId } from './places.ts';
import type { MacroRow, ObjectRow, TableRow } from './tableRows.ts';
import type { Body } from './types.ts';

// Macros that name a function without making anybody call it.
const namesOnly =
  /^_*(?:EXPORT_|MODULE_|ALLOW_ERROR|NOKPROBE|STACK_FRAME|BTF_|KUNIT|SYSCALL|TRACE_|DEFINE_EVENT)/;

// `EXPORT_NS_GPL_DEV_PM_OPS(foo_pm, FOO) = { ... };`: what the parser cannot read is given to the macro as one more
// argument. With one argument alone it reads the macro as the type of the variable.
const exportedPower = /^EXPORT_(?:NS_)?(?:GPL_)?DEV_(?:SLEEP_)?PM_OPS$/;

/** The macro call that stands in the file itself. */
interface MacroUse {
  readonly macro: string;
  readonly at: Position;
  readonly tables: PlaceId[];
}

export class TableReader {
  readonly macroRows: MacroRow[] = [];
  readonly #linking: Linking;
  readonly #lists: ListReader;
  readonly #path: string;
  readonly #facts: FileFacts;

  constructor(linking: Linking, path: string, facts: FileFacts) {
    this.#linking = linking;
    this.#lists = new ListReader(linking, path, facts);
    this.#path = path;
    this.#facts = facts;
  }

  get rows(): readonly TableRow[] {
    return this.#lists.rows;
  }

  get objects(): readonly ObjectRow[] {
    return this.#lists.objects;
  }

  /** Everything that stands outside functions. */
  readFile(): void {
    const body = this.#linking.fileBody(this.#path);
    if (!body) return;
    const at = settingOf(body);
    for (const global of this.#facts.globals) this.#global(global, global.at, at);
    for (const call of this.#facts.macroCalls) {
      this.#macroCall(call, at, { macro: call.name, at: call.at, tables: [] });
    }
  }

  /** Only variables of that struct, and arrays of it; those that functions keep for themselves, too. */
  readVariablesOf(struct: string): void {
    const body = this.#linking.fileBody(this.#path);
    if (!body) return;
    const at = settingOf(body);
    for (const global of this.#facts.globals) {
      if (this.#tagOf(global.type) === struct) this.#global(global, global.at, at);
    }
    for (const { flow, locals } of this.#facts.functions) {
      if (!locals.some(({ isStatic, type }) => isStatic && this.#tagOf(type) === struct)) continue;
      for (let i = 0; i < flow.count; i++) this.#keptLocal(flow.op(i), locals, struct, at);
    }
  }

  #keptLocal(op: Op, locals: readonly LocalFacts[], struct: string, at: Setting): void {
    const target = op.kind === 'assign' ? this.#facts.terms.expr(op.target) : undefined;
    const local = target?.kind === 'local' ? locals[target.index] : undefined;
    if (op.kind !== 'assign' || !local?.isStatic || this.#tagOf(local.type) !== struct) return;
    this.#global({ ...local, value: op.value }, op.at, at);
  }

  /** Assignments in a function. */
  readBody(body: Body): void {
    const { flow, scope } = body;
    const at = settingOf(body);
    for (let i = 0; i < flow.count; i++) {
      const op = flow.op(i);
      if (op.kind !== 'assign') continue;
      const target = scope.facts.terms.expr(op.target);
      const value = { id: op.value, at };
      if (target.kind === 'field') this.#assigned(target, value, op.at, body);
      else if (target.kind === 'index') {
        const base = scope.facts.terms.expr(target.base);
        if (base.kind === 'field') this.#assigned(base, value, op.at, body);
      } else this.#whole(op.target, value, op.at, body);
    }
  }

  #tagOf(id: TypeId): string | undefined {
    const type = this.#facts.terms.type(id);
    if (type.kind === 'array') return this.#tagOf(type.of);
    return type.kind === 'tagged' ? type.name : undefined;
  }

  #global(
    { name, type, value }: Pick<GlobalFacts, 'name' | 'type' | 'value'>,
    at: Position,
    setting: Setting,
  ): PlaceId {
    const shape = this.#isExportedPower(type)
      ? this.#powerTable()
      : this.#linking.shapeOfType(type, setting.path);
    return this.#filled(name, shape, value, at, setting);
  }

  #filled(
    name: string,
    shape: Shape | undefined,
    value: ExprId | undefined,
    at: Position,
    setting: Setting,
  ): PlaceId {
    const table = pasted(this.#given(name, setting), setting);
    const place = globalIn(table, this.#path, this.#linking, shape?.struct);
    if (value === undefined) return place;
    const given = { id: value, at: setting };
    const holder = { place, struct: shape?.struct, table, at, constants: new Map<string, string>() };
    if (this.#lists.values.items(given)) this.#lists.list(given, shape, holder);
    else if (shape?.struct === undefined) this.#lists.row('', table, given, holder);
    return place;
  }

  /** The name of a variable is a parameter of the macro: `struct dev_pm_ops name = ...`. */
  #given(name: string, { bound }: Setting): string {
    const given = bound.get(name);
    return given ? (this.#lists.values.names(given)[0] ?? name) : name;
  }

  #macroCall({ name, args }: Pick<MacroCallFacts, 'name' | 'args'>, setting: Setting, use: MacroUse): void {
    if (exportedPower.test(name)) this.#exported(args, setting, use);
    if (namesOnly.test(name)) return;
    for (const id of args) this.#handed({ id, at: setting }, use);
    const defined = this.#lists.values.definedBy(name, args, setting);
    if (defined) this.#macroBody(defined.macro.body, defined.at, use);
  }

  #exported([variable, ...rest]: readonly ExprId[], setting: Setting, { at }: MacroUse): void {
    const list = rest.at(-1);
    const [table] = variable === undefined ? [] : this.#lists.values.names({ id: variable, at: setting });
    if (list === undefined || table === undefined) return;
    this.#filled(table, this.#powerTable(), list, at, setting);
  }

  #isExportedPower(id: TypeId): boolean {
    const type = this.#facts.terms.type(id);
    return type.kind === 'named' && exportedPower.test(type.name);
  }

  #powerTable(): Shape {
    return { struct: this.#linking.structOf('dev_pm_ops', this.#path), pointers: 0 };
  }

  #macroBody(body: MacroBody, at: Setting, use: MacroUse): void {
    switch (body.kind) {
      case 'declarations':
        this.#declarations(body.declarations, at, use);
        return;
      case 'expression':
      case 'statements':
        // `static struct attribute_group x##_group = { ... }` after another macro may be read as an assignment.
        this.#statements(body.flow, at, use);
        return;
      case 'text':
        return;
    }
  }

  #declarations({ globals, macroCalls, functions }: Declarations, setting: Setting, use: MacroUse): void {
    for (const global of globals) use.tables.push(this.#global(global, use.at, setting));
    for (const call of macroCalls) this.#macroCall(call, setting, use);
    // `static int x##_open(...) { return single_open(file, x##_show, ...); }`: nobody else names x_show.
    for (const { flow } of functions) {
      for (let i = 0; i < flow.count; i++) {
        const op = flow.op(i);
        const call = op.kind === 'call' ? setting.facts.terms.expr(op.call) : undefined;
        if (call?.kind !== 'call') continue;
        for (const id of call.args) this.#handed({ id, at: setting }, use);
        this.#opened(call, setting, use);
      }
    }
  }

  /** `return seq_open(file, &x##_sops)`: the operations behind those of the file. */
  #opened({ callee, args }: Extract<Expr, { kind: 'call' }>, setting: Setting, { tables }: MacroUse): void {
    const name = setting.facts.terms.expr(callee);
    const id = name.kind === 'name' && seqOpens.has(name.name) ? args[1] : undefined;
    if (id !== undefined) for (const table of tables) this.#lists.part({ id, at: setting }, table);
  }

  #statements(flow: Flow, at: Setting, use: MacroUse): void {
    const { terms } = at.facts;
    for (let i = 0; i < flow.count; i++) {
      const op = flow.op(i);
      if (op.kind === 'assign') {
        const target = terms.expr(op.target);
        if (target.kind === 'name') this.#filled(target.name, undefined, op.value, use.at, at);
      } else if (op.kind === 'call') {
        const call = terms.expr(op.call);
        const callee = call.kind === 'call' ? terms.expr(call.callee) : undefined;
        if (call.kind === 'call' && callee?.kind === 'name') {
          this.#macroCall({ name: callee.name, args: call.args }, at, use);
        }
      }
    }
  }

  #handed(value: Value, { macro, at, tables }: MacroUse): void {
    for (const fn of this.#lists.functions(value)) {
      if (this.macroRows.some((row) => row.fn === fn && row.macro === macro)) continue;
      this.macroRows.push({ macro, fn, path: this.#path, at, tables });
    }
  }

  #assigned(
    target: { readonly base: ExprId; readonly name: string },
    value: Value,
    at: Position,
    body: Body,
  ): void {
    const { kind } = this.#lists.values.expr(this.#lists.values.plain(value));
    // Numbers and what calls give are no tables; asking for places costs more than looking.
    if (kind !== 'name' && kind !== 'conditional' && kind !== 'list' && kind !== 'literal') return;
    const struct = this.#linking.shapeOf(target.base, body)?.struct;
    const place = this.#linking.placeOf(target.base, body);
    this.#lists.member(target.name, value, { place, struct, table: '', at, constants: new Map() });
  }

  /** `*x = (struct foo){ ... }`, and the initialiser of a local. */
  #whole(target: ExprId, value: Value, at: Position, body: Body): void {
    if (!this.#lists.values.items(value)) return;
    const shape = this.#linking.shapeOf(target, body) ?? this.#lists.literalShape(value);
    const place = this.#linking.placeOf(target, body);
    const expr = body.scope.facts.terms.expr(target);
    const table = expr.kind === 'local' ? (body.scope.locals[expr.index]?.name ?? '') : '';
    this.#lists.list(value, shape, { place, struct: shape?.struct, table, at, constants: new Map() });
  }
}
