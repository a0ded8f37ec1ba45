// conditions.ts
// What is known of values on one way through a function: zero, positive or negative, per expression. It is enough
// to follow `if (locked) unlock`, the result of a trylock, and error codes.

import type { BinaryOperator, Expr, ExprId, Terms } from '../facts/terms.ts';

/** Bits: a value may be zero, positive (or a valid pointer, or true), negative (or an error pointer). */
export type Mask = number;
export const zero = 1;
export const positive = 2;
export const negative = 4;
export const anyValue = 7;
export const nonzero = positive | negative;

/** A condition is true where `subject` has one of the values of `whenTrue`. */
export interface Condition {
  readonly subject: ExprId;
  readonly whenTrue: Mask;
  /** The subject is the difference of two values of which the second is not zero: `shared == 2`, `i < count`. */
  readonly compared?: Compared | undefined;
}

export interface Compared {
  readonly left: ExprId;
  readonly right: ExprId;
}

const comparisons: Readonly<Partial<Record<BinaryOperator, Mask>>> = {
  '==': zero,
  '!=': nonzero,
  '<': negative,
  '<=': negative | zero,
  '>': positive,
  '>=': positive | zero,
};

const pointerTests: ReadonlyMap<string, Mask> = new Map([
  ['IS_ERR', negative],
  ['IS_ERR_OR_NULL', negative | zero],
  ['PTR_ERR_OR_ZERO', negative],
]);

const transparentCalls: ReadonlySet<string> = new Set(['likely', 'unlikely', 'WARN_ON', 'WARN_ON_ONCE']);

const predicateName = /(?:^|_)(?:is|has|supports?|enabled|branch)(?:_|$)/i;

/** Reads conditions and constants of one function; everything is looked at once. */
export class Conditions {
  readonly #terms: Terms;
  readonly #aliases: ReadonlyMap<ExprId, ExprId>;
  readonly #conditions = new Map<ExprId, Condition>();
  readonly #mentions = new Map<ExprId, Mentions>();
  readonly #differences = new Map<string, ExprId>();
  readonly #bitTests = new Map<string, ExprId>();

  /** `aliases`: see aliases.ts. */
  constructor(terms: Terms, aliases: ReadonlyMap<ExprId, ExprId>) {
    this.#terms = terms;
    this.#aliases = aliases;
  }

  of(id: ExprId): Condition {
    let condition = this.#conditions.get(id);
    if (!condition) {
      condition = this.#read(id);
      this.#conditions.set(id, condition);
    }
    return condition;
  }

  #read(id: ExprId): Condition {
    const alias = this.#aliases.get(id);
    if (alias !== undefined) return this.of(alias);
    const expr = this.#terms.expr(id);
    if (expr.kind === 'unary' && expr.operator === '!') {
      const inner = this.of(expr.operand);
      return { ...inner, whenTrue: anyValue & ~inner.whenTrue };
    }
    if (expr.kind === 'binary') return this.#comparison(id, expr);
    if (expr.kind === 'call') {
      const name = this.#calleeOf(expr);
      const operand = expr.args[0];
      const test = pointerTests.get(name);
      if (test !== undefined && operand !== undefined) return { subject: operand, whenTrue: test };
      if (transparentCalls.has(name) && operand !== undefined) return this.of(operand);
    }
    return { subject: id, whenTrue: nonzero };
  }

  #comparison(id: ExprId, expr: Extract<Expr, { kind: 'binary' }>): Condition {
    const whenTrue = comparisons[expr.operator];
    if (expr.operator === '&') this.#bitTests.set(`${expr.left},${expr.right}`, id);
    if (whenTrue === undefined) return { subject: id, whenTrue: nonzero };
    if (this.constant(expr.right) === zero) return { subject: this.#plain(expr.left), whenTrue };
    // All comparisons of the same two values are about their difference: `i < 8` and then `i == 8`. The first one
    // that is met stands for it.
    const pair = `${expr.left},${expr.right}`;
    const subject = this.#differences.get(pair) ?? id;
    this.#differences.set(pair, subject);
    return { subject, whenTrue, compared: { left: this.#plain(expr.left), right: this.#plain(expr.right) } };
  }

  /** The test of these bits, where some condition that was looked at makes one. */
  bitTest(value: ExprId, bits: ExprId): ExprId | undefined {
    return this.#bitTests.get(`${value},${bits}`);
  }

  #plain(id: ExprId): ExprId {
    const expr = this.#terms.expr(id);
    return expr.kind === 'cast' ? this.#plain(expr.operand) : id;
  }

  /** The value of an expression that does not depend on anything. */
  constant(id: ExprId): Mask {
    const expr = this.#terms.expr(id);
    switch (expr.kind) {
      case 'number':
        return Number.parseInt(expr.text, expr.text.startsWith('0x') ? 16 : 10) === 0 ? zero : positive;
      case 'name':
        if (expr.name === 'false' || expr.name === 'NULL') return zero;
        return expr.name === 'true' ? positive : anyValue;
      case 'unary':
        if (expr.operator === '&') return positive;
        return expr.operator === '-' ? this.#negated(expr.operand) : anyValue;
      case 'cast':
        return this.constant(expr.operand);
      case 'call':
        return this.#calleeOf(expr) === 'ERR_PTR' ? negative : anyValue;
      case 'string':
        return positive;
      case 'local':
      case 'field':
      case 'index':
      case 'binary':
      case 'conditional':
      case 'list':
      case 'literal':
      case 'type':
      case 'sizeof':
      case 'config':
      case 'opaque':
        return anyValue;
    }
  }

  // `-EBUSY`, `-1`.
  #negated(operand: ExprId): Mask {
    const expr = this.#terms.expr(operand);
    const isError = expr.kind === 'name' && /^E[A-Z0-9]+$/.test(expr.name);
    return isError || this.constant(operand) === positive ? negative : anyValue;
  }

  /** Asks for a property that stays while the function runs: `foo_is_master(dev)`, `static_branch_unlikely(&key)`. */
  isPredicate(id: ExprId): boolean {
    const expr = this.#terms.expr(id);
    return expr.kind === 'call' && predicateName.test(this.#calleeOf(expr));
  }

  /** Whether the value of `id` may change when that local does. */
  mentionsLocal(id: ExprId, index: number): boolean {
    return this.#mentionsOf(id).locals.has(index);
  }

  mentionsField(id: ExprId, name: string): boolean {
    return this.#mentionsOf(id).fields.has(name);
  }

  #mentionsOf(id: ExprId): Mentions {
    let mentions = this.#mentions.get(id);
    if (!mentions) {
      mentions = { locals: new Set(), fields: new Set() };
      this.#gather(id, mentions, 0);
      this.#mentions.set(id, mentions);
    }
    return mentions;
  }

  #gather(id: ExprId, into: Mentions, depth: number): void {
    if (depth > 20) return;
    const expr = this.#terms.expr(id);
    if (expr.kind === 'local') into.locals.add(expr.index);
    if (expr.kind === 'field' || expr.kind === 'name') into.fields.add(expr.name);
    for (const part of partsOf(expr)) this.#gather(part, into, depth + 1);
  }

  #calleeOf(expr: Extract<Expr, { kind: 'call' }>): string {
    const callee = this.#terms.expr(expr.callee);
    return callee.kind === 'name' ? callee.name : '';
  }
}

interface Mentions {
  readonly locals: Set<number>;
  readonly fields: Set<string>;
}

function partsOf(expr: Expr): readonly ExprId[] {
  switch (expr.kind) {
    case 'call':
      return [expr.callee, ...expr.args];
    case 'field':
      return [expr.base];
    case 'index':
      return [expr.base, expr.index];
    case 'unary':
    case 'cast':
    case 'sizeof':
      return [expr.operand];
    case 'binary':
      return [expr.left, expr.right];
    case 'conditional':
      return [expr.condition, expr.whenTrue, expr.whenFalse];
    case 'literal':
      return [expr.list];
    case 'list':
      return expr.items.map((item) => item.value);
    case 'name':
    case 'local':
    case 'number':
    case 'string':
    case 'type':
    case 'config':
    case 'opaque':
      return [];
  }
}
