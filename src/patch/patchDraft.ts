// patchDraft.ts
// A mail or commit that was read, before its place in a series is known.

import type { FileChange, PatchMail } from './change.ts';
import type { PatchProblem } from './problem.ts';
import type { Subject } from './subject.ts';

export interface PatchDraft {
  /** Of its first line in the input. */
  readonly line: number;
  readonly subject: Subject;
  readonly fullSubject: string;
  /** Absent: a commit, or a bare diff. */
  readonly mail: PatchMail | undefined;
  readonly changes: readonly FileChange[];
  readonly baseCommit: string | undefined;
  readonly problems: readonly PatchProblem[];
}

/** Whether somebody meant to send a diff with it, readable or not. */
export const holdsDiff = ({ changes, problems }: PatchDraft): boolean =>
  changes.length > 0 || problems.some(({ severity }) => severity === 'error');
