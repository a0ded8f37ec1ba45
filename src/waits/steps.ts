// steps.ts
// The way of one thread from where it took something to where it wants the next thing.

import type { Held, Hop, Trail } from '../effects/results.ts';
import { sharedSteps } from './ways.ts';
import type { Ways } from './ways.ts';

/** Both ways begin at the same root; the calls that they share are told once, and only the last of them. */
export function stepsBetween(held: Held, want: Trail, ways: Ways): readonly Hop[] {
  const wanted = ways.of(want);
  const taken = held.trail ? ways.of(held.trail) : [];
  if (held.origin === 'given') return [...taken.slice(-tellingSteps), ...wanted];
  const shared = sharedSteps(taken, wanted);
  return taken.length === 0 ? wanted : [...taken.slice(shared), ...wanted.slice(shared)];
}

// Of the way to the queueing, the taking of the reference and the queueing itself are what counts.
const tellingSteps = 4;
