// finding.ts
// What is reported: a cycle of waits, or the result of another rule, with its evidence.

import type { Held, Hop, Root, Waitable } from '../effects/results.ts';

export const rules = [
  'lock-cycle',
  'self-deadlock',
  'wait-cycle',
  'irq-deadlock',
  'sleep-in-atomic',
  'lock-leak',
] as const;
export type Rule = (typeof rules)[number];

export const confidences = ['high', 'medium', 'low'] as const;
export type Confidence = (typeof confidences)[number];

/** One thread of a cycle: it holds one thing and wants the next. */
export interface Edge {
  readonly root: Root;
  readonly holds: Waitable;
  readonly wants: Waitable;
  /** How `holds` came to be held. */
  readonly origin: Held['origin'];
  /** From where `holds` was taken to where `wants` is wanted. */
  readonly steps: readonly Hop[];
  /** All that is held at the end, for people: names, sorted. */
  readonly held: readonly Waitable[];
}

export interface Finding {
  /** Stable: made of rule, classes and functions, never of line numbers or orders. */
  readonly id: string;
  readonly rule: Rule;
  readonly confidence: Confidence;
  /** Why this confidence and not more; whole sentences. */
  readonly reasons: readonly string[];
  /** `edges[i].wants` is `edges[i + 1].holds`, and the last one wants what the first holds. One for a rule that is no cycle. */
  readonly edges: readonly Edge[];
  readonly title: string;
  /** What the reader has to take for granted; whole sentences, sorted. */
  readonly assumptions: readonly string[];
  /** Why lockdep cannot report it, where it cannot. */
  readonly unseenByLockdep: string | undefined;
  /** Other entries that lead to the same cycle, for people: `mlx4_remove_one()`; sorted. */
  readonly alsoFrom: readonly string[];
}
