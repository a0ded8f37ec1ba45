// assumption.ts
// What had to be taken for granted, in words.

import type { Assumption } from '../effects/results.ts';

export const sentenceOf = ({ slot, fn, among }: Assumption): string =>
  `${slot} is ${fn}(), one of ${among} that it can be.`;
