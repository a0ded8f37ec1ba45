// meaningReader.ts
// What each operation of a body means: what it does to which object, which function it runs with which arguments,
// through which slot it calls.

import { exprText } from '../facts/exprText.ts';
import type { Op, OpIndex } from '../facts/flow.ts';
import type { Expr, ExprId } from '../facts/terms.ts';
import type { Primitive } from '../kernel/primitive.ts';
import { flagsMaySleep, isScheduling } from '../kernel/sleepers.ts';
import type { ActReader } from './actReader.ts';
import type { ArgumentReader } from './argumentReader.ts';
import type { BodyInfo } from './bodyInfo.ts';
import type { Code } from './code.ts';
import type { GuardReader } from './guardReader.ts';
import type { LentObjects } from './lentObjects.ts';
import type { Argument, FnId, Meaning } from './meaning.ts';
import type { PlaceReader } from './placeReader.ts';
import type { MacroUse } from './bodyInfo.ts';
import type { ShapeReader } from './shapeReader.ts';
import { isScalar } from './structReader.ts';
import type { StructReader } from './structReader.ts';
import type { StructTable } from './structs.ts';
import type { Uses } from './uses.ts';

export interface MeaningReaderParts {
  readonly acts: ActReader;
  readonly guards: GuardReader;
  readonly args: ArgumentReader;
  readonly lent: LentObjects;
  readonly places: PlaceReader;
  readonly shapes: ShapeReader;
  readonly structs: StructReader;
  readonly names: StructTable;
  readonly uses: Uses;
  /** Throws `lacking` where it is not yet known what the code calls. */
  readonly mustBeScanned: (code: Code) => void;
  readonly idOf: (code: Code) => FnId;
  readonly idOfUse: (use: MacroUse, code: Code) => FnId;
}

type CallExpr = Extract<Expr, { kind: 'call' }>;

// `fn = a->b; fn2 = fn; fn2()`: longer is a circle.
const longestChain = 6;

export class MeaningReader {
  readonly #parts: MeaningReaderParts;
  readonly #sleeping = new Map<Primitive, Primitive>();

  constructor(parts: MeaningReaderParts) {
    this.#parts = parts;
  }

  /** Throws `lacking` where a file is not there yet. */
  read(index: OpIndex, info: BodyInfo): Meaning | undefined {
    const op: Op = info.body.flow.op(index);
    switch (op.kind) {
      case 'call':
        return this.#call(op.call, info);
      case 'guard':
        return this.#parts.guards.enter(op, info);
      case 'leave':
        return this.#parts.guards.leave(op.guard, info);
      case 'assign':
      case 'branch':
      case 'each':
      case 'switch':
      case 'jump':
      case 'return':
        return undefined;
    }
  }

  #call(id: ExprId, info: BodyInfo): Meaning | undefined {
    const expr = info.view.facts.terms.expr(id);
    return expr.kind === 'call' ? this.#through(expr.callee, info, { id, expr, info }, 0) : undefined;
  }

  /** `callee` stands in `info`; the call itself may stand in a macro that was given the callee. */
  #through(callee: ExprId, info: BodyInfo, call: Call, depth: number): Meaning | undefined {
    const expr = info.view.facts.terms.expr(callee);
    switch (expr.kind) {
      case 'name':
        return this.#named(expr.name, info, call, depth);
      case 'local':
        return this.#local(expr.index, info, call, depth);
      case 'field':
        return this.#slot(expr, info, call);
      case 'cast':
        return this.#through(expr.operand, info, call, depth);
      case 'unary':
        return expr.operator === '*' || expr.operator === '&'
          ? this.#through(expr.operand, info, call, depth)
          : this.#unresolved(callee, info);
      case 'index':
        return this.#table(expr.base, info, call);
      case 'call':
        return this.#fromCall(callee, expr, info, call, depth);
      // A string with a macro behind it, which is one string for the compiler.
      case 'string':
        return undefined;
      case 'opaque':
        return isSilent(expr.text) ? undefined : this.#unresolved(callee, info);
      case 'conditional':
      case 'binary':
      case 'number':
      case 'list':
      case 'literal':
      case 'type':
      case 'sizeof':
      case 'config':
        return this.#unresolved(callee, info);
    }
  }

  #named(name: string, info: BodyInfo, call: Call, depth: number): Meaning | undefined {
    const local = info.localOfUser(name);
    if (local) return this.#local(local.index, local.info, call, depth);
    const target = this.#parts.uses.callee(name, info);
    switch (target.kind) {
      case 'primitive':
        return this.#act(target.primitive, call);
      case 'code':
        return this.#entered(target.code, call);
      case 'unknown':
        return isSilent(name) || isOfKernelMacro(info) ? undefined : { kind: 'unresolved', text: name };
      case 'cut':
      case 'nothing':
        return undefined;
    }
  }

  #act(known: Primitive, call: Call): Meaning | undefined {
    const { expr, info } = call;
    const primitive = this.#asFlagged(known, call);
    // Where it does not sleep it does nothing.
    const isNothing = primitive.kind === 'cpu' && primitive.effect === 'assert' && primitive.sleeps !== 'yes';
    if (isNothing && !isScheduling(primitive.name)) return undefined;
    const given = (index: number): Argument | undefined => {
      const arg = expr.args[index];
      return arg === undefined ? undefined : this.#parts.args.one(arg, info);
    };
    const act = this.#parts.acts.of(primitive, primitive.effect, given, info);
    const lent = this.#parts.lent.memberFor(primitive.kind, expr.args[primitive.objectArgument], info);
    return { kind: 'act', act: lent === undefined ? act : { ...act, place: lent } };
  }

  /** `kmalloc(size, GFP_KERNEL)` sleeps. What flags a parameter brings is not known. */
  #asFlagged(primitive: Primitive, { expr, info }: Call): Primitive {
    const { flagsArgument, sleeps } = primitive;
    const flags = flagsArgument === undefined || sleeps !== 'flags' ? undefined : expr.args[flagsArgument];
    if (flags === undefined || !flagsMaySleep(namesIn(flags, info))) return primitive;
    const sleeping: Primitive = this.#sleeping.get(primitive) ?? { ...primitive, sleeps: 'yes' };
    this.#sleeping.set(primitive, sleeping);
    return sleeping;
  }

  #entered(code: Code, call: Call): Meaning | undefined {
    this.#parts.mustBeScanned(code);
    const { id, expr, info } = call;
    if (!code.matters && !code.calledParameters.some((i) => this.#mayMatter(expr.args[i], info)))
      return undefined;
    if (!code.isMacro)
      return { kind: 'call', target: this.#parts.idOf(code), args: this.#parts.args.read(expr.args, info) };
    const use = this.#parts.uses.ofMacro(id, expr.args, code, info);
    if (!use) return { kind: 'unresolved', text: code.name };
    return { kind: 'call', target: this.#parts.idOfUse(use, code), args: [] };
  }

  /** What a macro is given to call. */
  #mayMatter(id: ExprId | undefined, info: BodyInfo): boolean {
    if (id === undefined) return false;
    const expr = info.view.facts.terms.expr(id);
    if (expr.kind === 'local' && info.caller && info.isMacroParameter(expr.index)) {
      return this.#mayMatter(info.args[expr.index], info.caller);
    }
    if (expr.kind !== 'name') return expr.kind !== 'number';
    const target = this.#parts.uses.callee(expr.name, info);
    if (target.kind !== 'code') return target.kind === 'primitive';
    this.#parts.mustBeScanned(target.code);
    return target.code.matters;
  }

  #local(index: number, info: BodyInfo, call: Call, depth: number): Meaning | undefined {
    const unresolved = (): Meaning => ({
      kind: 'unresolved',
      text: info.body.scope.locals[index]?.name ?? '',
    });
    if (depth > longestChain) return unresolved();
    if (info.caller && info.isMacroParameter(index)) {
      const given = info.args[index];
      return given === undefined ? unresolved() : this.#through(given, info.caller, call, depth + 1);
    }
    const values = info.valuesOf(index).filter((value) => !this.#parts.places.isNoObject(value, info));
    const [value] = values;
    if (info.isParameter(index)) {
      return value === undefined ? { kind: 'parameter', index, args: this.#args(call) } : unresolved();
    }
    return value === undefined || values.length > 1
      ? unresolved()
      : this.#through(value, info, call, depth + 1);
  }

  #slot(expr: Extract<Expr, { kind: 'field' }>, info: BodyInfo, call: Call): Meaning {
    const name = info.memberName(expr.name);
    const struct = this.#parts.shapes.shapeOf(expr.base, info)?.struct;
    const field =
      struct === undefined ? undefined : this.#parts.structs.fieldPath(struct, name, info.view).at(-1);
    const owner = field?.owner ?? struct;
    if (owner === undefined) return { kind: 'unresolved', text: `->${name}` };
    const slot = { struct: this.#parts.names.name(owner).tag, member: field?.name ?? name };
    return { kind: 'slot', slot, args: this.#args(call) };
  }

  /** `x->handlers[i](...)`: the member stands for all its elements. */
  #table(base: ExprId, info: BodyInfo, call: Call): Meaning | undefined {
    const expr = info.view.facts.terms.expr(base);
    return expr.kind === 'field' ? this.#slot(expr, info, call) : this.#unresolved(base, info);
  }

  /** `READ_ONCE(x->f)(...)`, `rcu_dereference(hook)(...)`: as the argument. */
  #fromCall(callee: ExprId, expr: CallExpr, info: BodyInfo, call: Call, depth: number): Meaning | undefined {
    const name = info.view.facts.terms.expr(expr.callee);
    const [first] = expr.args;
    return name.kind === 'name' && this.#parts.places.isTransparent(name.name) && first !== undefined
      ? this.#through(first, info, call, depth + 1)
      : this.#unresolved(callee, info);
  }

  #args({ expr, info }: Call): ReturnType<ArgumentReader['read']> {
    return this.#parts.args.read(expr.args, info);
  }

  #unresolved(id: ExprId, info: BodyInfo): Meaning | undefined {
    if (isOfKernelMacro(info)) return undefined;
    return { kind: 'unresolved', text: exprText(info.view.facts.terms, id, info.body.scope.locals) };
  }
}

/** `GFP_KERNEL | __GFP_ZERO`: the names, none where something else decides. */
function namesIn(id: ExprId, info: BodyInfo): readonly string[] {
  const expr = info.view.facts.terms.expr(id);
  if (expr.kind === 'name') return [expr.name];
  if (expr.kind !== 'binary' || expr.operator !== '|') return [];
  return [...namesIn(expr.left, info), ...namesIn(expr.right, info)];
}

/** Tracepoints are made by macros with pasted names; a type in parentheses before parentheses is a cast. */
const isSilent = (name: string): boolean => name.startsWith('trace_') || isType(name) || /^$|["/]/.test(name);

/** What the kernel's own macros call and nobody defines has a pasted name, or must never be linked. */
const isOfKernelMacro = ({ caller, view }: BodyInfo): boolean =>
  caller !== undefined && view.path.startsWith('include/');

const isType = (text: string): boolean =>
  /^(?:__)?typeof|^__unsigned_scalar_typeof|\*$/.test(text) || isScalar(text);

interface Call {
  readonly id: ExprId;
  readonly expr: CallExpr;
  readonly info: BodyInfo;
}
