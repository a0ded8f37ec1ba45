// others.ts
// Where else a finding comes from than from the threads that are told.

import type { Root } from '../effects/results.ts';
import { compare } from './graph.ts';

// More are a list that nobody reads.
const mostOthers = 8;

export function otherRoots(told: readonly Root[], all: readonly Root[]): readonly string[] {
  const names = new Set(told.map(({ fn }) => fn));
  return [...new Set(all.map(({ fn }) => fn))]
    .filter((name) => !names.has(name))
    .sort(compare)
    .slice(0, mostOthers)
    .map((name) => `${name}()`);
}
