// lastingFlags.ts
// Flags that say what an object is, and not what it is doing: they are set while it is set up, and nowhere else.

import type { Expr, ExprId, Terms } from '../facts/terms.ts';
import type { Entry, FnId, Program, ProgramFunction } from '../program/meaning.ts';
import type { Classes } from './classes.ts';

interface Assignment {
  readonly fn: FnId;
  readonly target: ExprId;
  /** What is added or taken away; `undefined`: all of it is new. */
  readonly flag: string | undefined;
}

export class LastingFlags {
  readonly #program: Program;
  readonly #classes: Classes;
  #assignments: ReadonlyMap<string, readonly Assignment[]> | undefined;
  #setup: ReadonlySet<FnId> | undefined;
  #teardown: ReadonlySet<FnId> | undefined;

  constructor(program: Program, classes: Classes) {
    this.#program = program;
    this.#classes = classes;
  }

  /** Whether a member is only assigned while objects are set up; of a word of flags, that flag. */
  isLasting(member: string, flag: string): boolean {
    this.#assignments ??= assignmentsIn(this.#program);
    this.#setup ??= reachedFrom(this.#program, 'setup');
    this.#teardown ??= reachedFrom(this.#program, 'teardown');
    const [setup, teardown] = [this.#setup, this.#teardown];
    const name = member.slice(member.lastIndexOf('.') + 1);
    return (this.#assignments.get(name) ?? []).every(
      (one) =>
        setup.has(one.fn) ||
        // All flags at once are cleaned up; a flag that is set at the end says that it is.
        (one.flag === undefined ? teardown.has(one.fn) : one.flag !== flag) ||
        !this.#isOf(one, member),
    );
  }

  #isOf({ fn, target }: Assignment, member: string): boolean {
    const place = this.#program.placeOf(fn, target);
    return place === undefined || this.#classes.keyOf(place) === member;
  }
}

/** By the name of the member. */
function assignmentsIn(program: Program): ReadonlyMap<string, readonly Assignment[]> {
  const assignments = new Map<string, Assignment[]>();
  for (const fn of program.functions) {
    if (!fn.inScope) continue;
    const { terms } = fn.body.scope.facts;
    for (let index = 0; index < fn.body.flow.count; index++) {
      const op = fn.body.flow.op(index);
      const target = op.kind === 'assign' ? terms.expr(op.target) : undefined;
      if (op.kind !== 'assign' || target?.kind !== 'field') continue;
      const flag = flagIn(terms.expr(op.value), op.target, terms);
      const one: Assignment = { fn: fn.id, target: op.target, flag };
      const known = assignments.get(target.name);
      if (known) known.push(one);
      else assignments.set(target.name, [one]);
    }
  }
  return assignments;
}

/** `x->flags |= MASTER`, `x->flags &= ~MASTER`. */
function flagIn(value: Expr, target: ExprId, terms: Terms): string | undefined {
  if (value.kind !== 'binary' || value.left !== target) return undefined;
  const right = terms.expr(value.right);
  const flag = right.kind === 'unary' && right.operator === '~' ? terms.expr(right.operand) : right;
  return flag.kind === 'name' ? flag.name : undefined;
}

/** Functions that the setup, or the end, of an object or of the module comes to. */
function reachedFrom(program: Program, when: Entry['phase']): ReadonlySet<FnId> {
  const reached = new Set<FnId>();
  const open = program.entries.flatMap(({ fn, phase }) => (phase === when ? [fn] : []));
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (reached.has(next)) continue;
    reached.add(next);
    const fn = program.functions[next];
    if (fn) open.push(...calleesOf(fn, program));
  }
  return reached;
}

/** By name: what does nothing but assign is no call that matters elsewhere. */
function calleesOf({ id, body, inScope }: ProgramFunction, program: Program): readonly FnId[] {
  if (!inScope) return [];
  const { terms } = body.scope.facts;
  const names = new Set<string>();
  for (let index = 0; index < body.flow.count; index++) {
    const op = body.flow.op(index);
    const call = op.kind === 'call' ? terms.expr(op.call) : undefined;
    const callee = call?.kind === 'call' ? terms.expr(call.callee) : undefined;
    if (callee?.kind === 'name') names.add(callee.name);
  }
  return [...names].flatMap((name) => {
    const callee = program.functionNamed(name, id);
    return callee?.inScope === true ? [callee.id] : [];
  });
}
