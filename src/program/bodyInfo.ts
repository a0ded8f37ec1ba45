// bodyInfo.ts
// What was found out about one body: the places and types of its expressions, the values of its locals, the macros
// that its calls stand for.

import type { ExprId } from '../facts/terms.ts';
import type { Code } from './code.ts';
import type { FileView } from './fileView.ts';
import type { Shape } from './linking.ts';
import type { Argument, FnId } from './meaning.ts';
import type { PlaceId } from './places.ts';
import type { Body } from './types.ts';

export class BodyInfo {
  readonly body: Body;
  readonly view: FileView;
  /** `path:function` of the function in which it stands, also for the body of a macro. */
  readonly owner: string;
  /** `undefined` for what stands outside functions. */
  readonly code: Code | undefined;
  /** For the body of a macro: what uses it, and what it gives for the parameters. */
  readonly caller: BodyInfo | undefined;
  readonly args: readonly ExprId[];
  /** How many macros around it are being used. */
  readonly nesting: number;
  #found: Found | undefined = undefined;
  #values: LocalValues | undefined = undefined;

  constructor(view: FileView, body: Body, owner: string, code: Code | undefined, use?: UsedBy) {
    this.view = view;
    this.body = body;
    this.owner = owner;
    this.code = code;
    this.caller = use?.caller;
    this.args = use?.args ?? [];
    this.nesting = use ? use.caller.nesting + 1 : 0;
  }

  get found(): Found {
    return (this.#found ??= emptyFound());
  }

  /** Gives back the memory: what is asked later is found out again. */
  forget(): void {
    this.#found = undefined;
    this.#values = undefined;
  }

  /** The function's own body, for that of a macro used in it. */
  get outermost(): BodyInfo {
    return this.caller ? this.caller.outermost : this;
  }

  /** A local of the function that uses a macro, which the macro's body names without being given it. */
  localOfUser(name: string): LocalOf | undefined {
    for (let user = this.caller; user; user = user.caller) {
      const index = user.#indexOf(name);
      if (index !== undefined) return { info: user, index };
    }
    return undefined;
  }

  /** A member that a macro names by a parameter: `(x)->member` is `c->lock` where it is used so. */
  memberName(name: string): string {
    if (name.includes(paste)) return this.#pasted(name) ?? name;
    const index = this.caller ? this.#indexOf(name) : undefined;
    const arg = index !== undefined && this.isMacroParameter(index) ? this.args[index] : undefined;
    return this.caller && arg !== undefined ? (memberPath(arg, this.caller) ?? name) : name;
  }

  /** `x##_lock` in a macro: the name that it makes, and where `x` is given as `foo->bar`, what it is a member of. */
  pasted(name: string): PastedName | undefined {
    const made = name.includes(paste) ? this.#pasted(name) : undefined;
    if (made === undefined || !this.caller) return undefined;
    const first = this.#given(name.split(paste)[0]?.trim() ?? '');
    const expr = first === undefined ? undefined : this.caller.view.facts.terms.expr(first);
    return { name: made, base: expr?.kind === 'field' ? expr.base : undefined, user: this.caller };
  }

  #pasted(name: string): string | undefined {
    if (!this.caller) return undefined;
    const parts = name.split(paste).map((part) => part.trim());
    const user = this.caller;
    const given = parts.map((part) => {
      const arg = this.#given(part);
      return arg === undefined ? part : memberPath(arg, user)?.split('.').at(-1);
    });
    return given.includes(undefined) ? undefined : given.join('');
  }

  #given(name: string): ExprId | undefined {
    const index = this.#indexOf(name);
    return index !== undefined && this.isMacroParameter(index) ? this.args[index] : undefined;
  }

  localNamed(name: string): number | undefined {
    return this.#indexOf(name);
  }

  #indexOf(name: string): number | undefined {
    const { found } = this;
    found.locals ??= new Map(
      this.body.scope.locals.map((local, index) => [local.name, index] as const).reverse(),
    );
    return found.locals.get(name);
  }

  isMacroParameter(index: number): boolean {
    return this.caller !== undefined && index < (this.code?.parameters ?? 0);
  }

  isParameter(index: number): boolean {
    return this.caller === undefined && index < (this.code?.parameters ?? 0);
  }

  /** Everything that is assigned to a local. */
  valuesOf(index: number): readonly ExprId[] {
    return this.#localValues().assigned.get(index) ?? none;
  }

  /** The variable of a loop over a list. */
  isLoopVariable(index: number): boolean {
    const values = this.#localValues();
    return values.loops.has(index) && !values.assigned.has(index) && !this.isParameter(index);
  }

  #localValues(): LocalValues {
    this.#values ??= readValues(this.body);
    return this.#values;
  }
}

const paste = '##';

export interface PastedName {
  readonly name: string;
  /** `foo` of `foo->bar##_lock`, in the user's terms. */
  readonly base: ExprId | undefined;
  readonly user: BodyInfo;
}

/** What is known so far. Most bodies are never asked, so this is made at the first question. */
export interface Found {
  readonly places: Map<ExprId, PlaceId | undefined>;
  readonly shapes: Map<ExprId, Shape | undefined>;
  readonly localPlaces: (PlaceId | undefined)[];
  readonly arguments: Map<ExprId, Argument>;
  /** Macros that calls of this body stand for. */
  readonly uses: Map<ExprId, MacroUse>;
  /** Locals whose values are being followed at this moment; true where that led back to them. */
  readonly open: Map<number, boolean>;
  /** The first of each name. */
  locals: ReadonlyMap<string, number> | undefined;
}

export interface LocalOf {
  readonly info: BodyInfo;
  readonly index: number;
}

function emptyFound(): Found {
  return {
    places: new Map(),
    shapes: new Map(),
    localPlaces: [],
    arguments: new Map(),
    uses: new Map(),
    open: new Map(),
    locals: undefined,
  };
}

export interface UsedBy {
  readonly caller: BodyInfo;
  readonly args: readonly ExprId[];
}

export interface MacroUse {
  readonly info: BodyInfo;
  /** As a function of the program, where it matters there. */
  fn: FnId | undefined;
}

/** `a.b` of the third argument of `container_of(p, struct foo, a.b)`. */
export function memberPath(id: ExprId, info: BodyInfo): string | undefined {
  const expr = info.view.facts.terms.expr(id);
  if (expr.kind === 'name') return expr.name;
  if (expr.kind === 'opaque') return expr.text.replace(/\s+/g, '');
  if (expr.kind === 'index') return memberPath(expr.base, info);
  if (expr.kind === 'field') {
    const base = memberPath(expr.base, info);
    return base === undefined ? undefined : `${base}.${expr.name}`;
  }
  if (expr.kind !== 'local') return undefined;
  const arg = info.isMacroParameter(expr.index) ? info.args[expr.index] : undefined;
  if (info.caller && arg !== undefined) return memberPath(arg, info.caller);
  // A member that has the name of a local: `container_of(work, struct foo, work)`.
  return info.body.scope.locals[expr.index]?.name;
}

interface LocalValues {
  readonly assigned: ReadonlyMap<number, readonly ExprId[]>;
  readonly loops: ReadonlySet<number>;
}

const none: readonly ExprId[] = [];

function readValues({ scope, flow }: Body): LocalValues {
  const assigned = new Map<number, ExprId[]>();
  const loops = new Set<number>();
  const { terms } = scope.facts;
  for (let i = 0; i < flow.count; i++) {
    const op = flow.op(i);
    if (op.kind === 'assign') {
      const target = terms.expr(op.target);
      if (target.kind !== 'local') continue;
      const values = assigned.get(target.index);
      if (!values) assigned.set(target.index, [op.value]);
      else if (!values.includes(op.value)) values.push(op.value);
    } else if (op.kind === 'each') {
      const call = terms.expr(op.call);
      if (call.kind !== 'call') continue;
      for (const arg of call.args) {
        const expr = terms.expr(arg);
        if (expr.kind === 'local') loops.add(expr.index);
      }
    }
  }
  return { assigned, loops };
}
