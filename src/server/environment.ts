// environment.ts
// What the language server asks of its surroundings. The node entry answers with files and worker threads, the web
// entry with requests to the editor, tests with a stand-in.

import type { Engine } from '../engine/engine.ts';
import type { ReviewProgress } from '../engine/review.ts';
import type { SkippedFile } from '../index/treeIndex.ts';
import type { ReviewWithTexts } from './patchReview.ts';
import type { LookedAround } from './fileFindings.ts';
import type { ListedCommit, ReviewSource, SplatCycle } from './protocol.ts';
import type { Suppression } from '../review/reviewed.ts';
import type { ServerSettings } from './settings.ts';
import type { Token } from '../base/cancel.ts';
import type { Rule } from '../waits/finding.ts';

export interface ServerEnvironment {
  /** The root of the kernel tree around a file or folder, both by their address. */
  findTree(address: string): Promise<string | undefined>;
  openTree(root: string, settings: ServerSettings, events: TreeEvents, token: Token): Promise<OpenTree>;
  /**
   * A part of the tree that grows with the folders that are preferred: it answers until `openTree` is done. Left out
   * where a tree opens in no time; so does one for which it is `undefined`.
   */
  openNear?(root: string, settings: ServerSettings, events: TreeEvents): Promise<OpenTree> | undefined;
  /** What else can be done where this tree lies. `undefined`: on no disk. Left out where there is none. */
  diskOf?(root: string): TreeDisk | undefined;
  /** How long everything has to be at rest before findings are looked for; a second where left out. */
  readonly restMilliseconds?: number;
  /** Address of the page about a rule; `undefined`: it did not come along. */
  rulePage?(rule: Rule): string | undefined;
  /** Of the process or worker as a whole, in bytes. */
  memory(): { readonly residentBytes: number | undefined; readonly heapBytes: number | undefined };
}

export interface TreeDisk {
  /** The newest commits, newest first; `undefined`: the tree lies in no repository. */
  recentCommits(most: number, token: Token): Promise<readonly ListedCommit[] | undefined>;
  /** Changes a list of suppressions as a whole. */
  changeList(list: Suppression['from'], change: (bytes: Uint8Array | undefined) => string): Promise<void>;
}

/** What an open tree tells while it works. */
export interface TreeEvents {
  progress(progress: TreeProgress): void;
  /** One line for the log. */
  log(line: string): void;
  /** Something went wrong that did not end the work; said in the log and in the status. */
  trouble(message: string): void;
}

export type TreeProgress =
  /** Names of all files are read; answers come after that. */
  | { readonly kind: 'naming'; readonly files: number; readonly total: number }
  /** Files are read in full, in the background. */
  | { readonly kind: 'reading'; readonly files: number; readonly total: number }
  | {
      readonly kind: 'complete';
      readonly files: number;
      /** Files that could not be read, each with its reason. */
      readonly skipped: readonly string[];
      /** What the user should know about the limits of this index. */
      readonly note?: string;
    };

export interface OpenTree {
  readonly engine: Engine;
  /** Left out where nothing is looked for: it would hold up everything else. */
  readonly analyst?: Analyst;
  /** Reads this folder before all others; after it, questions about files of the folder can be answered. */
  prefer(folder: string): Promise<void>;
  setPaused(paused: boolean): void;
  /** Reads no more files that nobody has asked for. `false`: none were being read. */
  cancelReading(): boolean;
  filesChanged(paths: readonly string[]): Promise<void>;
  clearCache(): Promise<void>;
  indexedFiles(): IndexedFiles;
  /** What takes memory in this tree, one thing a line. */
  memoryLines(): readonly string[];
  /** Writes what is not yet written. No answer is to be expected afterwards. */
  close(): Promise<void>;
}

export interface IndexedFiles {
  readonly files: number;
  /** Paths of those that are read in full, in order. */
  readonly read: readonly string[];
  readonly skipped: readonly SkippedFile[];
  readonly note?: string;
}

/** Looks for findings, beside the engine and never in its way: a large driver takes seconds. */
export interface Analyst extends Reviewer {
  /** `texts` of open editors stand in place of the files. One question at a time. */
  findings(path: string, texts: ReadonlyMap<string, Uint8Array>, token: Token): Promise<LookedAround>;
  splat(text: string, token: Token): Promise<SplatCycle | Refused>;
  filesChanged(paths: readonly string[]): void;
  close(): void;
}

export interface Reviewer {
  review(source: ReviewSource, tell: TellReview, token: Token): Promise<ReviewWithTexts | Refused>;
}

export type TellReview = (progress: ReviewProgress) => void;

export interface Refused {
  readonly reason: string;
}
