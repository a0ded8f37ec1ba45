// signs.ts
// What the signs of two values say of their difference, and the other way round. A loop that counts from zero to some
// number runs if that is positive, and so does the next one.

import { anyValue, negative, positive, zero } from './conditions.ts';
import type { Mask } from './conditions.ts';

const signs: readonly Mask[] = [zero, positive, negative];

/** Of one value each. */
function difference(left: Mask, right: Mask): Mask {
  if (left === right) return left === zero ? zero : anyValue;
  return left === negative || right === positive ? negative : positive;
}

/** What `left - right` can be. */
export function differenceOf(left: Mask, right: Mask): Mask {
  if (left === anyValue && right === anyValue) return anyValue;
  let mask = 0;
  for (const one of signs)
    for (const other of signs) if (one & left && other & right) mask |= difference(one, other);
  return mask;
}

/** What of `left` is left where `left - right` is that. */
export const leftWith = (left: Mask, right: Mask, told: Mask): Mask =>
  anyOf(left, (one) => differenceOf(one, right) & told);

/** The same of `right`. */
export const rightWith = (left: Mask, right: Mask, told: Mask): Mask =>
  anyOf(right, (one) => differenceOf(left, one) & told);

const anyOf = (mask: Mask, isPossible: (one: Mask) => Mask): Mask =>
  signs.reduce((all, one) => (one & mask && isPossible(one) ? all | one : all), 0);

/** One more, or one less. */
export function afterStep(value: Mask, operator: '+' | '-'): Mask {
  if (operator === '+') return (value & negative) === 0 ? positive : anyValue;
  return value === positive ? zero | positive : anyValue;
}
