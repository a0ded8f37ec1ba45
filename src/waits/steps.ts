// steps.ts
// The way of one thread from where it took something to where it wants the next thing.

import type { Held, Hop, Trail } from '../effects/results.ts';

export function stepsOf(trail: Trail | undefined): readonly Hop[] {
  const steps: Hop[] = [];
  for (let step = trail; step; step = step.inner) steps.push(step.hop);
  return steps;
}

/** Both ways begin at the same root; the calls that they share are told once, and only the last of them. */
export function stepsBetween(held: Held, want: Trail): readonly Hop[] {
  const wanted = stepsOf(want);
  const taken = stepsOf(held.trail);
  if (held.origin === 'given') return [...taken.slice(-tellingSteps), ...wanted];
  let shared = 0;
  while (
    shared < taken.length - 1 &&
    shared < wanted.length - 1 &&
    isSameHop(taken[shared]!, wanted[shared]!)
  )
    shared++;
  return taken.length === 0 ? wanted : [...taken.slice(shared), ...wanted.slice(shared)];
}

// Of the way to the queueing, the taking of the reference and the queueing itself are what counts.
const tellingSteps = 4;

const isSameHop = (a: Hop, b: Hop): boolean => a.path === b.path && a.at === b.at && a.target === b.target;
