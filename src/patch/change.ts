// change.ts
// What a patch says: the files that it changes, in hunks, and the mail that it came in.

import type { PatchProblem } from './problem.ts';

/** Texts of files and of hunks are byte strings: one character for each byte, whatever the encoding of the file is. */
export type ByteString = string;

export interface HunkLine {
  readonly kind: 'context' | 'added' | 'removed';
  /** Without the sign and without the line end; a carriage return that belongs to the file stays. */
  readonly text: ByteString;
  /** `\ No newline at end of file` follows. */
  readonly endsWithoutNewline: boolean;
}

export interface Hunk {
  /** Lines count from 1. 0 where there is none (a new or deleted file). */
  readonly oldStart: number;
  readonly oldCount: number;
  readonly newStart: number;
  readonly newCount: number;
  /** What stands behind the second `@@`. */
  readonly heading: ByteString;
  readonly lines: readonly HunkLine[];
  /** The line of the `@@` in the text that was read, from 1. */
  readonly line: number;
}

export type ChangeKind = 'modified' | 'added' | 'deleted' | 'renamed' | 'copied';

export interface FileChange {
  readonly kind: ChangeKind;
  /** Relative to the root of the tree, with `/`. Of an added file the same as `newPath`, of a deleted one the other way round. */
  readonly oldPath: string;
  readonly newPath: string;
  /** As on the `index` line, mostly abbreviated. */
  readonly oldBlob: string | undefined;
  readonly newBlob: string | undefined;
  /** Of a binary file nothing is known but that it changes. */
  readonly isBinary: boolean;
  /** As the diff says it; the way back needs it. */
  readonly oldMode?: string | undefined;
  /** `120000`: a symbolic link, whose text is its target. */
  readonly newMode: string | undefined;
  readonly hunks: readonly Hunk[];
  /** Of the first line of its header in the text that was read, from 1. */
  readonly line: number;
}

/** One patch: a mail, or a bare diff. */
export interface Patch {
  /** `n` of `[PATCH v2 n/m]`; its place in the input where the subject does not say. */
  readonly number: number;
  /** `m` of `[PATCH v2 n/m]`; absent: it stands alone. */
  readonly total: number | undefined;
  /** `v2`: 2. */
  readonly version: number;
  /** Decoded, without the prefix in brackets; empty for a bare diff. */
  readonly subject: string;
  /** As it stands in the mail, decoded: `[PATCH net v2 2/5] foo: bar`. */
  readonly fullSubject: string;
  readonly mail: PatchMail | undefined;
  readonly changes: readonly FileChange[];
  /** From the `base-commit:` line. */
  readonly baseCommit: string | undefined;
  /** What was strange in the text, and what was done about it. */
  readonly problems: readonly PatchProblem[];
}

/** What an answer to it needs. */
export interface PatchMail {
  readonly from: string;
  /** From the `From:` at the top of the text, where somebody else sends it. */
  readonly author?: string;
  readonly to: string;
  readonly cc: string;
  readonly date: string;
  readonly messageId: string;
  readonly references: string;
  /** The text between the headers and the diff, decoded. */
  readonly message: string;
}

export interface PatchSeries {
  /** In the order in which they apply. A cover letter is none. */
  readonly patches: readonly Patch[];
  /** The cover letter's subject, decoded; `undefined`: there is none. */
  readonly cover: string | undefined;
  /** From a `base-commit:` line of any mail, the cover letter included. */
  readonly baseCommit: string | undefined;
  /** About no single patch: a reply that was left out, a patch of the series that is missing. */
  readonly problems: readonly PatchProblem[];
}
