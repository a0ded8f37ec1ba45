// valueFlow.ts
// How the operations of one function change what is known of values, and which ways a branch leaves open.

import type { Op, OpIndex } from '../facts/flow.ts';
import type { Expr, ExprId, Terms } from '../facts/terms.ts';
import { anyValue, nonzero, zero } from './conditions.ts';
import type { Condition, Conditions, Mask } from './conditions.ts';
import { afterStep, differenceOf, leftWith, rightWith } from './signs.ts';
import { withValue, without } from './values.ts';
import type { Valued } from './values.ts';

export class ValueFlow {
  readonly #terms: Terms;
  readonly #conditions: Conditions;
  readonly #lockChoices: ReadonlySet<ExprId>;

  /** `lockChoices`: see lockChoices.ts. */
  constructor(terms: Terms, conditions: Conditions, lockChoices: ReadonlySet<ExprId>) {
    this.#terms = terms;
    this.#conditions = conditions;
    this.#lockChoices = lockChoices;
  }

  assign<S extends Valued>(state: S, target: ExprId, value: ExprId): S {
    const known = this.valueOf(value, state);
    const assigned = this.#terms.expr(target);
    let after = state;
    if (assigned.kind === 'local')
      after = without(state, (expr) => this.#conditions.mentionsLocal(expr, assigned.index));
    else if (assigned.kind === 'field' || assigned.kind === 'name')
      after = without(state, (expr) => this.#conditions.mentionsField(expr, assigned.name));
    return this.#withBits(known === anyValue ? after : withValue(after, target, known), target, value);
  }

  /** Bits are added that are known to be set. */
  changesNothing(state: Valued, target: ExprId, value: ExprId): boolean {
    const told = this.#bitsTold(target, value);
    return told?.mask === nonzero && (this.valueOf(told.test, state) & zero) === 0;
  }

  #withBits<S extends Valued>(state: S, target: ExprId, value: ExprId): S {
    const told = this.#bitsTold(target, value);
    return told ? withValue(state, told.test, told.mask) : state;
  }

  /** `flags |= LOCKED`, `flags &= ~LOCKED`: which test it answers, and how. */
  #bitsTold(target: ExprId, value: ExprId): { readonly test: ExprId; readonly mask: Mask } | undefined {
    const expr = this.#terms.expr(value);
    if (expr.kind !== 'binary' || expr.left !== target) return undefined;
    const right = this.#terms.expr(expr.right);
    const isCleared = expr.operator === '&' && right.kind === 'unary' && right.operator === '~';
    if (expr.operator !== '|' && !isCleared) return undefined;
    const test = this.#conditions.bitTest(target, isCleared ? right.operand : expr.right);
    return test === undefined ? undefined : { test, mask: isCleared ? zero : nonzero };
  }

  /** The ways that what is known does not rule out. */
  branch<S extends Valued>(
    op: Extract<Op, { kind: 'branch' }>,
    state: S,
  ): readonly (readonly [OpIndex, S])[] {
    const condition = this.#conditions.of(op.condition);
    const { subject, whenTrue, compared } = condition;
    const own = this.valueOf(subject, state);
    const known = compared
      ? own & differenceOf(this.valueOf(compared.left, state), this.valueOf(compared.right, state))
      : own;
    const yes = known & whenTrue;
    const no = known & ~whenTrue & anyValue;
    return [
      ...(yes === 0 ? [] : [[op.whenTrue, this.#knowing(state, condition, yes)] as const]),
      ...(no === 0 ? [] : [[op.whenFalse, this.#knowing(state, condition, no)] as const]),
    ];
  }

  /** What `shared == 2` says of `shared`, and `0 < count` of `count`, too. */
  #knowing<S extends Valued>(state: S, { subject, compared }: Condition, mask: Mask): S {
    const after = withValue(state, subject, mask);
    if (!compared) return after;
    const [left, right] = [this.valueOf(compared.left, state), this.valueOf(compared.right, state)];
    const told = this.#narrowed(after, compared.left, [left, leftWith(left, right, mask)]);
    return this.#narrowed(told, compared.right, [right, rightWith(left, right, mask)]);
  }

  #narrowed<S extends Valued>(state: S, value: ExprId, [before, after]: readonly [Mask, Mask]): S {
    return before === after || after === 0 ? state : withValue(state, value, after);
  }

  /**
   * `f(&x)` may change x, and the last value of the same call is no news, unless it asks what does not change.
   * `isOperation`: the call is no function but one of the primitives.
   */
  afterArguments<S extends Valued>(state: S, call: ExprId, isOperation: boolean): S {
    if (state.values.size === 0) return state;
    const isSame = (this.#conditions.isPredicate(call) || this.#lockChoices.has(call)) && !isOperation;
    const expr = this.#terms.expr(call);
    const given = expr.kind === 'call' ? expr.args.map((arg) => this.#addressedLocal(arg)) : [];
    return without(
      state,
      (value) =>
        (value === call && !isSame) ||
        given.some((local) => local !== undefined && this.#conditions.mentionsLocal(value, local)),
    );
  }

  valueOf(id: ExprId, state: Valued): Mask {
    const known = state.values.get(id);
    if (known !== undefined) return known;
    const constant = this.#conditions.constant(id);
    if (constant !== anyValue) return constant;
    const expr = this.#terms.expr(id);
    if (expr.kind === 'cast') return this.valueOf(expr.operand, state);
    if (expr.kind === 'conditional') return this.#valueOfChoice(expr, state);
    if (isStep(expr, this.#terms)) return afterStep(this.valueOf(expr.left, state), expr.operator);
    if (expr.kind === 'binary' || expr.kind === 'unary') {
      const { subject, whenTrue } = this.#conditions.of(id);
      return truth(subject === id ? anyValue : this.valueOf(subject, state), whenTrue);
    }
    return anyValue;
  }

  /** `trylock = is_nested ? mutex_trylock(&a) : spin_trylock(&b)`. */
  #valueOfChoice(expr: Extract<Expr, { kind: 'conditional' }>, state: Valued): Mask {
    const { subject, whenTrue } = this.#conditions.of(expr.condition);
    const known = this.valueOf(subject, state);
    const yes = (known & whenTrue) === 0 ? 0 : this.valueOf(expr.whenTrue, state);
    const no = (known & ~whenTrue & anyValue) === 0 ? 0 : this.valueOf(expr.whenFalse, state);
    return yes | no;
  }

  #addressedLocal(arg: ExprId): number | undefined {
    const expr = this.#terms.expr(arg);
    if (expr.kind !== 'unary' || expr.operator !== '&') return undefined;
    const operand = this.#terms.expr(expr.operand);
    return operand.kind === 'local' ? operand.index : undefined;
  }
}

type Step = Extract<Expr, { kind: 'binary' }> & { readonly operator: '+' | '-' };

/** `i + 1`, `count - 1`. */
function isStep(expr: Expr, terms: Terms): expr is Step {
  if (expr.kind !== 'binary' || (expr.operator !== '+' && expr.operator !== '-')) return false;
  const right = terms.expr(expr.right);
  return right.kind === 'number' && right.text === '1';
}

function truth(value: Mask, whenTrue: Mask): Mask {
  const yes = (value & whenTrue) !== 0;
  const no = (value & ~whenTrue & anyValue) !== 0;
  if (yes && no) return anyValue;
  return yes ? 2 : 1;
}
