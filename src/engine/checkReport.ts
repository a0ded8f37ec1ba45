// checkReport.ts
// The answer to a check: findings, and what was looked at to get them, so that silence means something.

import type { GivenUp } from '../effects/results.ts';
import type { SkippedFile } from '../index/treeIndex.ts';
import type { Problem } from '../kernel/problem.ts';
import type { Suppression } from '../review/reviewed.ts';
import type { Finding } from '../waits/finding.ts';
import type { NameCount } from './results.ts';

export interface CheckReport {
  /** `6.12.117`; empty where there is no kernel tree. */
  readonly kernel: string;
  /** As asked for, in order. */
  readonly scope: readonly string[];
  /** Paths of the files of the scope, in order. */
  readonly files: readonly string[];
  /** Functions of the scope. */
  readonly functions: number;
  /** All functions that were followed, those elsewhere that the scope's call included. */
  readonly reached: number;
  readonly unresolvedCalls: number;
  /** What could not be followed, the most frequent first. */
  readonly unresolved: readonly NameCount[];
  readonly givenUp: readonly GivenUp[];
  /** What is wrong in the tree's own `.holdwait.json`. */
  readonly knowledgeProblems: readonly Problem[];
  /** Files of the scope that could not be read. */
  readonly skipped: readonly SkippedFile[];
  /** The surest first. */
  readonly findings: readonly ReportedFinding[];
  /** Suppressions of the team that fit nothing any more: for people. */
  readonly staleSuppressions: readonly string[];
  readonly lines: SourceLines;
}

export interface ReportedFinding extends Finding {
  /** In the tree as it is, brought in by a patch, or taken away by it. */
  readonly status: 'introduced' | 'fixed' | 'existing';
  /** Somebody has looked at it, and it need not be told. */
  readonly suppression: Suppression | undefined;
}

/** The source lines of all steps of all findings, trimmed; empty where a file is not there. */
export type SourceLines = (path: string, line: number) => string;
