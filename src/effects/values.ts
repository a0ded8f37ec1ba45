// values.ts
// What is known of values on one way through a function, as a part of a state that knows more.

import type { ExprId } from '../facts/terms.ts';
import { anyValue } from './conditions.ts';
import type { Mask } from './conditions.ts';

export type Values = ReadonlyMap<ExprId, Mask>;

export interface Valued {
  readonly values: Values;
}

// What was learned long ago is rarely asked again; a function with 10,000 conditions must not remember them all.
const mostValues = 64;

export function withValue<S extends Valued>(state: S, expr: ExprId, mask: Mask): S {
  if ((state.values.get(expr) ?? anyValue) === mask) return state;
  const values = new Map(state.values);
  values.delete(expr);
  if (mask !== anyValue) values.set(expr, mask);
  const [oldest] = values.keys();
  if (values.size > mostValues && oldest !== undefined) values.delete(oldest);
  return { ...state, values };
}

/** Forgets all values that `changes` says have changed. */
export function without<S extends Valued>(state: S, changes: (expr: ExprId) => boolean): S {
  let values: Map<ExprId, Mask> | undefined;
  for (const expr of state.values.keys()) {
    if (!changes(expr)) continue;
    values ??= new Map(state.values);
    values.delete(expr);
  }
  return values ? { ...state, values } : state;
}

/** Both ways at once; `a` itself when it says all that `b` does. */
export function joinValues(a: Values, b: Values): Values {
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
