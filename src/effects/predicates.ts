// predicates.ts
// Functions that ask an object for something: `acme_is_master(acme)`, `acme_has_irq(acme)`. What they answer stays if it
// is a flag that stays.

import type { Expr, ExprId, Terms } from '../facts/terms.ts';
import type { Program, ProgramFunction } from '../program/meaning.ts';
import type { Classes } from './classes.ts';
import { LastingFlags } from './lastingFlags.ts';

export class Predicates {
  readonly #program: Program;
  readonly #classes: Classes;
  readonly #flags: LastingFlags;
  readonly #bases = new Map<string, string>();

  constructor(program: Program, classes: Classes) {
    this.#program = program;
    this.#classes = classes;
    this.#flags = new LastingFlags(program, classes);
  }

  /** The member that changes the answer to `caller`; empty: nothing does while the object is there. */
  baseOf(name: string, caller: ProgramFunction): string {
    const key = `${caller.path}:${name}`;
    let base = this.#bases.get(key);
    if (base === undefined) {
      base = this.#read(name, caller);
      this.#bases.set(key, base);
    }
    return base;
  }

  #read(name: string, caller: ProgramFunction): string {
    const fn = this.#program.functionNamed(name, caller.id);
    const asked = fn && askedBy(fn);
    const place = asked && this.#program.placeOf(fn.id, asked.member);
    const key = place === undefined ? undefined : this.#classes.keyOf(place);
    if (!asked || key === undefined) return `${name}()`;
    return this.#flags.isLasting(key, asked.flag) ? '' : key;
  }
}

interface Asked {
  readonly member: ExprId;
  /** Empty: the whole member. */
  readonly flag: string;
}

/** `return x->flags & MASTER`, `return x->state != IDLE`, `return !x->slave`. */
function askedBy({ body }: ProgramFunction): Asked | undefined {
  const { flow, scope } = body;
  const returns: ExprId[] = [];
  for (let index = 0; index < flow.count; index++) {
    const op = flow.op(index);
    if (op.kind !== 'return' && op.kind !== 'jump') return undefined;
    // The end of the body is one more, without a value.
    if (op.kind === 'return' && op.value !== undefined) returns.push(op.value);
  }
  const [only] = returns;
  return only === undefined || returns.length > 1 ? undefined : askedIn(only, scope.facts.terms);
}

function askedIn(id: ExprId, terms: Terms): Asked | undefined {
  const expr: Expr = terms.expr(id);
  if (expr.kind === 'field') return { member: id, flag: '' };
  if (expr.kind === 'cast' || (expr.kind === 'unary' && expr.operator === '!'))
    return askedIn(expr.operand, terms);
  if (expr.kind !== 'binary') return undefined;
  const left = askedIn(expr.left, terms);
  const right = terms.expr(expr.right);
  if (!left || (right.kind !== 'name' && right.kind !== 'number')) return undefined;
  return expr.operator === '&' && right.kind === 'name' ? { ...left, flag: right.name } : left;
}
