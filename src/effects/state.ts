// state.ts
// What is known at one point of one way through a function. Ways that hold the same things are one state: what they
// know of values is joined, so the number of states is that of the different held sets.

import type { ExprId } from '../facts/terms.ts';
import type { Mask } from './conditions.ts';
import { anyValue } from './conditions.ts';
import { emptySet } from './held.ts';
import type { ItemId, SetId } from './held.ts';
import type { Way } from './way.ts';

export interface State {
  readonly held: SetId;
  /** Where each of the held items was taken, in the order of the set. */
  readonly trails: readonly Way[];
  /** Locks of the caller that were let go. */
  readonly released: SetId;
  /** Tokens that the caller must have set for this way to be possible. */
  readonly requires: SetId;
  readonly values: ReadonlyMap<ExprId, Mask>;
  /** What was got on every way to here, in order of the items. */
  readonly passed: readonly Passed[];
}

/** A lock that was taken, or a wait that was over, whatever came after. */
export interface Passed {
  readonly item: ItemId;
  readonly trail: Way;
}

export const startState: State = {
  held: emptySet,
  trails: [],
  released: emptySet,
  requires: emptySet,
  values: new Map(),
  passed: [],
};

export function keyOf(state: State): string {
  return `${state.held},${state.released},${state.requires}`;
}

/** Both ways at once; `a` itself when it says all that `b` does. Both have the same key. */
export function join(a: State, b: State): State {
  const values = joinValues(a.values, b.values);
  const passed = a.passed.every((one) => has(b.passed, one.item))
    ? a.passed
    : a.passed.filter((one) => has(b.passed, one.item));
  return values === a.values && passed === a.passed ? a : { ...a, values, passed };
}

function joinValues(a: ReadonlyMap<ExprId, Mask>, b: ReadonlyMap<ExprId, Mask>): ReadonlyMap<ExprId, Mask> {
  let joined: Map<ExprId, Mask> | undefined;
  for (const [expr, mask] of a) {
    const both = mask | (b.get(expr) ?? anyValue);
    if (both === mask) continue;
    joined ??= new Map(a);
    if (both === anyValue) joined.delete(expr);
    else joined.set(expr, both);
  }
  return joined ?? a;
}

const has = (passed: readonly Passed[], item: ItemId): boolean => passed.some((one) => one.item === item);

// What was learned long ago is rarely asked again; a function with 10,000 conditions must not remember them all.
const mostValues = 64;

export function withValue(state: State, expr: ExprId, mask: Mask): State {
  if ((state.values.get(expr) ?? anyValue) === mask) return state;
  const values = new Map(state.values);
  values.delete(expr);
  if (mask !== anyValue) values.set(expr, mask);
  const [oldest] = values.keys();
  if (values.size > mostValues && oldest !== undefined) values.delete(oldest);
  return { ...state, values };
}

/** Forgets all values that `changes` says have changed. */
export function without(state: State, changes: (expr: ExprId) => boolean): State {
  let values: Map<ExprId, Mask> | undefined;
  for (const expr of state.values.keys()) {
    if (!changes(expr)) continue;
    values ??= new Map(state.values);
    values.delete(expr);
  }
  return values ? { ...state, values } : state;
}

// A thread that has passed more than this many locks is no short errand: the first ones are the telling ones.
const mostPassed = 24;

export function withPassed(state: State, more: readonly Passed[]): State {
  const added = more.filter((one) => !has(state.passed, one.item));
  if (added.length === 0 || state.passed.length >= mostPassed) return state;
  return { ...state, passed: [...state.passed, ...added].slice(0, mostPassed) };
}
