// steps.ts
// The way of one thread from where it took something to where it wants the next thing.

import type { Held, Hop, Trail } from '../effects/results.ts';
import type { Evidence } from './evidence.ts';
import { sharedSteps } from './evidence.ts';

/** Both ways begin at the same root; the calls that they share are told once, and only the last of them. */
export function stepsBetween(held: Held, want: Trail, evidence: Evidence): readonly Hop[] {
  const wanted = evidence.steps(want);
  const taken = held.trail ? evidence.steps(held.trail) : [];
  if (held.origin === 'given') return [...taken.slice(-tellingSteps), ...wanted];
  const shared = sharedSteps(taken, wanted);
  return taken.length === 0 ? wanted : [...taken.slice(shared), ...wanted.slice(shared)];
}

// Of the way to the queueing, the taking of the reference and the queueing itself are what counts.
const tellingSteps = 4;
