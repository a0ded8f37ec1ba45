// applied.ts
// What becomes of the files of a tree when patches are applied one after the other, in memory.

import type { FileChange } from './change.ts';

/** Reads a file of the state before; `undefined`: there is none. */
export type ReadFile = (path: string) => Promise<Uint8Array | undefined>;

/** A change that could not be made; nothing of its file has been changed then. */
export interface Conflict {
  readonly change: FileChange;
  /** In the tree: the path and the line, from 1, at which the text differs; 0: the file as a whole. */
  readonly path: string;
  readonly line: number;
  /** What the patch has there and what the tree has; `undefined`: nothing. */
  readonly expected: string | undefined;
  readonly found: string | undefined;
  /** One sentence without a full stop: `drivers/x.c:120 is not what hunk 2 expects`. */
  readonly text: string;
  /** The change is there already. */
  readonly isAlreadyThere: boolean;
}

/** Where a hunk went: its lines in the new text. */
export interface PlacedHunk {
  readonly path: string;
  /** Index in the change's hunks. */
  readonly hunk: number;
  /** Lines from 1 in the text before and after this patch. */
  readonly oldStart: number;
  readonly newStart: number;
  /** Lines away from where the header says. */
  readonly offset: number;
}

export interface Applied {
  /** Files that differ from the state before; `undefined`: deleted. */
  readonly files: ReadonlyMap<string, Uint8Array | undefined>;
  readonly placed: readonly PlacedHunk[];
  readonly conflicts: readonly Conflict[];
}
