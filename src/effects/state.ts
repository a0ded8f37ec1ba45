// state.ts
// What is known at one point of one way through a function. Ways that hold the same things are one state: what they
// know of values is joined, so the number of states is that of the different held sets.

import { emptySet } from './held.ts';
import type { ItemId, SetId } from './held.ts';
import { joinValues } from './values.ts';
import type { Valued } from './values.ts';
import type { Way } from './way.ts';

export interface State extends Valued {
  readonly held: SetId;
  /** Where each of the held items was taken, in the order of the set. */
  readonly trails: readonly Way[];
  /** Locks of the caller that were let go. */
  readonly released: SetId;
  /** Tokens that the caller must have set for this way to be possible. */
  readonly requires: SetId;
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

const has = (passed: readonly Passed[], item: ItemId): boolean => passed.some((one) => one.item === item);

// A thread that has passed more than this many locks is no short errand: the first ones are the telling ones.
const mostPassed = 24;

export function withPassed(state: State, more: readonly Passed[]): State {
  const added = more.filter((one) => !has(state.passed, one.item));
  if (added.length === 0 || state.passed.length >= mostPassed) return state;
  return { ...state, passed: [...state.passed, ...added].slice(0, mostPassed) };
}
