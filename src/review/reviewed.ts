// reviewed.ts
// Findings of two states of a tree, each with what a patch has to do with it.

import type { Finding } from '../waits/finding.ts';

/** In the tree before and after, brought in by a patch, or taken away by it. */
export type Status = 'introduced' | 'fixed' | 'existing';

/** Lines of a patch that a finding has to do with: of an introduced one, those that close the cycle. */
export interface HunkReference {
  /** Of the patch, as `Patch.number`. */
  readonly patch: number;
  /** In the new tree; of a file that was deleted, in the old one. */
  readonly path: string;
  /** Index in the hunks of the change of this file in that patch. */
  readonly hunk: number;
  /** Index in the hunk's lines: the added (or removed) line that a step of the finding stands on. */
  readonly line: number;
}

export interface Suppression {
  readonly status: 'false-positive' | 'known' | 'wont-fix';
  readonly reason: string;
  /** `team` is the file in the tree, as it was before the patch. */
  readonly from: 'team' | 'personal';
}

export interface ReviewedFinding extends Finding {
  readonly status: Status;
  /** The number of the patch after which it is first there. */
  readonly introducedBy: number | undefined;
  /** The number of the patch after which it is there no longer. With `introducedBy`: it lived within the series. */
  readonly goneBy: number | undefined;
  readonly closedBy: readonly HunkReference[];
  readonly suppression: Suppression | undefined;
}

/** Gone at the end, and there before the first patch: its lines are those of the tree before. */
export const isOfTheTreeBefore = ({ status, introducedBy }: ReviewedFinding): boolean =>
  status === 'fixed' && introducedBy === undefined;

/** It came with one patch of the series and went with a later one. */
export const isTransient = ({ status, introducedBy }: ReviewedFinding): boolean =>
  status === 'fixed' && introducedBy !== undefined;
