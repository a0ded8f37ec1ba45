// repository.ts
// What is asked of the git repository around a tree. It is only read: neither its objects nor its index nor the work
// tree change, and nothing that its configuration names is run. Paths are relative to the root of the tree, which may be
// a folder of the repository; commits and blobs are named by their full ids.

import type { Token } from '../base/cancel.ts';
import type { Disposable } from '../base/disposable.ts';

export interface Commit {
  readonly id: string;
  readonly parents: readonly string[];
  /** `A U Thor <author@example.org>` */
  readonly author: string;
  /** As mails write it: `Tue, 3 Feb 2026 10:00:00 +0100`. */
  readonly date: string;
  /** The first paragraph of its message in one line, and what follows it. */
  readonly subject: string;
  readonly body: string;
}

export interface CommitRange {
  /** Oldest first, without merges and without those that change nothing in the tree. */
  readonly commits: readonly string[];
  /** There are more than were asked for; `commits` holds those that were found first. */
  readonly isCut: boolean;
  /** How many merges were left out. */
  readonly merges: number;
}

/** A change of one file between two states. Links and submodules are told with their modes. */
export interface TreeChange {
  readonly kind: 'added' | 'deleted' | 'modified' | 'renamed';
  /** Of an added file the same as `newPath`, of a deleted one the other way round. */
  readonly oldPath: string;
  readonly newPath: string;
  readonly oldMode: string | undefined;
  readonly newMode: string | undefined;
  readonly oldBlob: string | undefined;
  readonly newBlob: string | undefined;
}

export interface Uncommitted {
  /** Of tracked files, from HEAD to what lies on the disk, in order of path. A renamed file is a deleted and an added one. */
  readonly changes: readonly TreeChange[];
  /** What lies on the disk, by path; `undefined` for what is too large to be a source. */
  readonly texts: ReadonlyMap<string, Uint8Array | undefined>;
  /** C files that git does not know: no part of the change. */
  readonly untracked: readonly string[];
}

/** A file with the beginning of the id that its content has; `undefined`: there is no such file. */
export interface FileBlob {
  readonly path: string;
  readonly blob: string | undefined;
}

export interface Blamed {
  /** The commit that brought the line. */
  readonly commit: string;
  readonly subject: string;
  /** When it was committed, in seconds: of two commits of one history the later is the newer. */
  readonly time: number;
}

/** Which files a question is about, and which of them are on the disk. */
export interface FilesAsked {
  readonly onDisk: readonly string[];
  /** The SHA-1 id of what lies on the disk, where that is known already. */
  readonly blobOf: (path: string) => string | undefined;
  /** Whether a file that is not on the disk would be read if it were. */
  readonly wants: (path: string) => boolean;
}

export interface Repository extends Disposable {
  /** What is checked out; `undefined` before the first commit. */
  head(): Promise<string | undefined>;
  /** Whatever git takes as a name of one commit. `undefined`: there is none, or it is ambiguous. */
  commitOf(revision: string): Promise<string | undefined>;
  commit(id: string): Promise<Commit | undefined>;
  /** The newest that are checked out and change the tree, without merges; newest first. */
  recent(most: number, token: Token): Promise<readonly Commit[]>;
  /** What is reachable from `to` and not from `from`; both are ids. */
  commitsBetween(from: string, to: string, most: number, token: Token): Promise<CommitRange>;
  /** Against the first parent, with renames. By commit. */
  changesOf(commits: readonly string[], token: Token): Promise<ReadonlyMap<string, readonly TreeChange[]>>;
  uncommitted(token: Token): Promise<Uncommitted>;
  /** Files whose text on the disk is not that of the commit, with the commit's blob; `undefined`: it has no such file. */
  differing(
    commit: string,
    files: FilesAsked,
    token: Token,
  ): Promise<ReadonlyMap<string, string | undefined>>;
  /** `undefined`: no such file, or a link, or too large. */
  textAt(commit: string, path: string): Promise<Uint8Array | undefined>;
  /** The id may be abbreviated. `undefined`: no such blob, or several, or too large. */
  blobText(id: string): Promise<Uint8Array | undefined>;
  /** HEAD if it has all these files, else the newest commit of the last year before it that has them. */
  commitWithBlobs(files: readonly FileBlob[], token: Token): Promise<string | undefined>;
  /** Who brought line `line` (from 1) of the file as the commit has it; `undefined` where history does not reach so far. */
  blame(commit: string, path: string, line: number, token: Token): Promise<Blamed | undefined>;
}
