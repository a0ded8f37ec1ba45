// link.ts
// One thread's part of a cycle: it holds one thing and wants the next.

import type { Held, Hop, Root, Tested, Waitable } from '../effects/results.ts';

export type Mode = 'exclusive' | 'read';

export interface Link {
  readonly from: Waitable;
  readonly to: Waitable;
  readonly root: Root;
  readonly origin: Held['origin'];
  readonly fromMode: Mode;
  readonly toMode: Mode;
  /** Nesting levels as given at the calls: taken with different ones, it is different objects that were put in order. */
  readonly fromSubclass: string;
  readonly toSubclass: string;
  /** All that the thread holds when it wants `to`, in a list that other links from the same want share. */
  readonly around: readonly Pick<Held, 'waitable' | 'mode' | 'origin'>[];
  /** What else the thread holds when it wants `to`: a lock that both sides of a cycle hold keeps them apart. */
  readonly held: readonly Held[];
  /** Which object it wants, as far as this thread alone tells; empty: not known. */
  readonly toInstance: string;
  /** What this thread has waited for before: a handler that has ended is in no cycle, unless somebody starts it again. */
  readonly stopped: readonly string[];
  /** From where `from` was taken to where `to` is wanted. */
  readonly steps: () => readonly Hop[];
  readonly assumptions: readonly string[];
  /** Weaknesses of this evidence; see confidence.ts. */
  readonly doubts: readonly Doubt[];
  /** What the way says of flags and roles. */
  readonly tested: Tested;
  /** Both the taking and the wanting lie in code that is not the driver's. */
  readonly isInside: boolean;
  /** Smaller is better evidence. */
  readonly cost: number;
  /** What can be said of both in advance, where the whole takes long. */
  readonly least?: { readonly doubts: readonly Doubt[]; readonly cost: number };
}

/** Why a finding may be wrong, from the least to the most. */
export const doubts = [
  'timeout',
  'asserted',
  'assumed',
  'long',
  'recursive',
  'last reference',
  'inner',
  'handed',
  'retaken',
  'polled',
  'contexts',
  'signal',
  'apart',
  'module',
  'setup',
  'fresh',
  'foreign',
  'chosen',
  'elsewhere',
  'dispatcher',
  'some release',
  'taken away',
  'own part',
  'left',
  'leaked',
  'given back',
  'inside',
  'context',
  'instance',
  'queued',
  'nested',
  'stopped',
  'kinds',
  'stacked',
  'excluded',
  'opposite',
  'other device',
  'unknown device',
] as const;
export type Doubt = (typeof doubts)[number];
