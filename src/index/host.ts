// host.ts
// What the index needs from its surroundings, without a word about Node or a browser. src/hosts/node and src/hosts/web
// implement it; src/index/memoryHost.ts is the one for tests. Everything but hashing is asynchronous.

import type { Token } from '../base/cancel.ts';
import type { Disposable } from '../base/disposable.ts';
import type { CParser } from '../syntax/parser.ts';
import type { FactsBlock } from './factsBlock.ts';
import type { SketchBlock } from './sketchBlock.ts';

/** What the file system says about a file. Equal versions mean equal content, unless the file is very young. */
export interface FileVersion {
  readonly size: number;
  readonly modifiedMs: number;
  readonly inode: number;
}

export type ReadOutcome =
  /** The bytes may be overwritten by the next read of the same reader: copy what is kept. */
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'failed'; readonly reason: string };

export interface FileFilter {
  wantsFile(path: string): boolean;
  wantsFolder(path: string): boolean;
}

/** The folder that is indexed. Paths are relative to its root, with `/`. */
export interface TreeHost {
  readonly root: string;
  /** Regular files only, in any order. Symbolic links are not followed. */
  listFiles(filter: FileFilter, token: Token): Promise<readonly string[]>;
  /** In the order of the paths; `undefined` for a file that is gone or is no regular file. */
  versions(paths: readonly string[]): Promise<readonly (FileVersion | undefined)[]>;
  read(path: string): Promise<ReadOutcome>;
}

export interface CacheEntry {
  readonly name: string;
  readonly size: number;
  readonly modifiedMs: number;
}

/**
 * A folder that may be emptied at any time. Paths are relative to it, with `/`; folders are made as needed.
 * Reading what is not there gives `undefined`; writing may throw (a full disk), which ends the use of the cache.
 */
export interface CacheFiles {
  list(folder: string): Promise<readonly CacheEntry[]>;
  read(path: string): Promise<Uint8Array | undefined>;
  /** Fewer bytes than asked for where the file ends before. */
  readRange(path: string, start: number, length: number): Promise<Uint8Array | undefined>;
  append(path: string, chunks: readonly Uint8Array[]): Promise<void>;
  /** Nobody ever sees a half-written file: written beside it under another name, then renamed. */
  replace(path: string, chunks: readonly Uint8Array[]): Promise<void>;
  remove(path: string): Promise<void>;
  /** Lets go of files that are held open for reading. */
  close(): void;
}

export type Job =
  | { readonly kind: 'sketch'; readonly paths: readonly string[] }
  | { readonly kind: 'facts'; readonly paths: readonly string[] };

export type JobResult =
  | { readonly kind: 'sketch'; readonly block: SketchBlock }
  | { readonly kind: 'facts'; readonly block: FactsBlock };

/**
 * Readers of files on other threads. Results do not depend on which thread made them. A file on which a thread
 * dies is skipped in the result, with a reason; the other files of the job are done by a new thread.
 */
export interface WorkerPool extends Disposable {
  readonly size: number;
  /** Threads that have been started and have nothing to do. */
  readonly idle: number;
  /** An urgent job, one that somebody waits for, is begun before all that are not. */
  run(job: Job, urgency: 'urgent' | 'background'): Promise<JobResult>;
}

export interface IndexHost {
  readonly tree: TreeHost;
  /** `undefined`: nothing is kept from one start to the next. */
  readonly cache: CacheFiles | undefined;
  /** `undefined`: everything runs on this thread. */
  readonly workers: WorkerPool | undefined;
  /** SHA-1 of the parts in a row, as 40 hexadecimal digits. */
  readonly sha1: (parts: readonly Uint8Array[]) => string;
  /** For facts of a few files, and for edited documents. */
  createParser(): Promise<CParser>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Lets other work of this thread happen. */
  readonly breathe: () => Promise<void>;
  /** Bytes that this process uses. */
  readonly memoryBytes: () => number;
  /** A name that no other process and no earlier call gets. */
  readonly uniqueName: () => string;
  /** One line for the log. */
  readonly log: (line: string) => void;
}
