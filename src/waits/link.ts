// link.ts
// One thread's part of a cycle: it holds one thing and wants the next.

import type { Held, Hop, Root, Waitable } from '../effects/results.ts';

export type Mode = 'exclusive' | 'read';

export interface Link {
  readonly from: Waitable;
  readonly to: Waitable;
  readonly root: Root;
  readonly origin: Held['origin'];
  readonly fromMode: Mode;
  readonly toMode: Mode;
  /** What else the thread holds when it wants `to`: a lock that both sides of a cycle hold keeps them apart. */
  readonly held: readonly Held[];
  /** From where `from` was taken to where `to` is wanted. */
  readonly steps: () => readonly Hop[];
  readonly assumptions: readonly string[];
  /** Weaknesses of this evidence; see reasons.ts. */
  readonly doubts: readonly Doubt[];
  /** Smaller is better evidence. */
  readonly cost: number;
}

/** Why a finding may be wrong, from the least to the most. */
export const doubts = [
  'timeout',
  'asserted',
  'assumed',
  'long',
  'signal',
  'setup',
  'elsewhere',
  'instance',
  'unknown device',
] as const;
export type Doubt = (typeof doubts)[number];
