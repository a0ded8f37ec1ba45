// reviewReport.ts
// The answer to a review: what a patch or a series brings in and takes away, and what was looked at to say so. Every
// output format is made from it.

import type { Position } from '../base/position.ts';
import type { Conflict } from '../patch/applied.ts';
import type { Patch } from '../patch/change.ts';
import type { PatchProblem } from '../patch/problem.ts';
import type { ReviewedFinding } from '../review/reviewed.ts';
import type { CheckReport, SourceLines } from './checkReport.ts';

/** The tree that the patches were applied to. */
export type Base =
  | { readonly kind: 'commit'; readonly commit: string; readonly from: 'base-commit' | 'range' | 'blobs' }
  /** As it lies on the disk; `commit` is what is checked out there, where git knows. */
  | { readonly kind: 'tree'; readonly commit: string | undefined };

export interface PatchResult {
  readonly patch: Patch;
  /** `failed`: nothing of it was applied, nor of those after it. `empty`: it changes no file. */
  readonly status: 'applied' | 'failed' | 'empty';
  readonly conflicts: readonly Conflict[];
  /** Hunks that went elsewhere than their headers say: for people, `drivers/x.c: 2 hunks moved by up to 14 lines`. */
  readonly notes: readonly string[];
}

/**
 * Files that the patches are about, by path: as they are in the base, and then those that each patch that was applied
 * has changed. `undefined`: there is no such file.
 */
export type StateTexts = readonly ReadonlyMap<string, Uint8Array | undefined>[];

/** What changes in the lock chains of one function that the patches touch. */
export interface ChangedChain {
  readonly path: string;
  readonly fn: string;
  readonly at: Position;
  /** What it takes or waits for now and did not before, and the other way round: `(mutex) acme.lock`. */
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

/** What was looked at is that of the tree with the patches. */
export interface ReviewReport extends Omit<CheckReport, 'findings' | 'lines'> {
  readonly base: Base;
  readonly cover: string | undefined;
  readonly patches: readonly PatchResult[];
  /** About no single patch. */
  readonly problems: readonly PatchProblem[];
  /** Introduced, fixed, existing; in each the surest first. */
  readonly findings: readonly ReviewedFinding[];
  readonly changedChains: readonly ChangedChain[];
  /** Suppressions that fit nothing any more: for people. */
  readonly staleSuppressions: readonly string[];
  /** Lines of the tree before, for findings that are fixed, and after, for those that are there at the end. */
  readonly linesBefore: SourceLines;
  /** By id of a finding that lived within the series: lines before the patch that takes it away. */
  readonly linesWithin: ReadonlyMap<string, SourceLines>;
  readonly lines: SourceLines;
  /** By id of a finding of the tree before: `Fixes: 0123456789ab ("subject")`, where history tells who brought it. */
  readonly fixesLines: ReadonlyMap<string, string>;
  /** Whether the patches add (before: remove) this line. */
  readonly isRemoved: (path: string, line: number) => boolean;
  readonly isAdded: (path: string, line: number) => boolean;
  readonly texts: StateTexts;
}
