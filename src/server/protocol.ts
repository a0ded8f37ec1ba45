// protocol.ts
// The part of the language server protocol that is ours: every message by its method name, both directions.
// Lines and characters are those of the language server protocol: 0-based, in UTF-16 units.

import type { HopAction } from '../effects/results.ts';
import type { ObjectKind, OperationEffect } from '../kernel/primitive.ts';
import type { CycleView } from '../report/cycleView.ts';
import type { MailAnswers } from '../report/mailDraft.ts';
import type { ReviewView } from '../report/reviewView.ts';
import type { Suppression } from '../review/reviewed.ts';

/** Requests that an editor may send. */
export interface RequestsToServer {
  'holdwait/chains': { readonly params: ChainsParams; readonly result: ChainsAnswer };
  /** What is held at a place, as of the text that is being edited. */
  'holdwait/heldHere': { readonly params: HeldHereParams; readonly result: HeldHereAnswer };
  /** The critical sections of the functions with a line in a range. */
  'holdwait/heldSections': { readonly params: HeldSectionsParams; readonly result: HeldSectionsAnswer };
  /** Waits until the file and what belongs to it was looked at. */
  'holdwait/review': { readonly params: ReviewParams; readonly result: ReviewAnswer };
  /** What lockdep said, beside the lines of the tree. */
  'holdwait/splat': { readonly params: SplatParams; readonly result: SplatAnswer };
  /** The newest commits of the repository around the tree, for somebody who wants to review one. */
  'holdwait/commits': { readonly params: CommitsParams; readonly result: CommitsAnswer };
  /** A file as it is in the base of a review, or after a patch of it. */
  'holdwait/reviewedText': { readonly params: ReviewedTextParams; readonly result: ReviewedTextAnswer };
  /** Lock classes of a file and of those that belong to the same driver; waits as `holdwait/findings` does. */
  'holdwait/locks': { readonly params: FindingsParams; readonly result: LocksAnswer };
  'holdwait/findings': { readonly params: FindingsParams; readonly result: FindingsAnswer };
  'holdwait/toldChains': { readonly params: ToldChainsParams; readonly result: ToldChains };
  /** Writes a list of suppressions; nothing else is ever written to a tree. */
  'holdwait/suppress': { readonly params: SuppressParams; readonly result: SuppressAnswer };
  'holdwait/memory': { readonly params: undefined; readonly result: MemoryReport };
  /** Every indexed tree: which of its files are read in full, and which could not be read. */
  'holdwait/indexedFiles': { readonly params: undefined; readonly result: readonly IndexedTreeFiles[] };
  'holdwait/setPaused': { readonly params: SetPausedParams; readonly result: null };
  /** Ends whatever the server is doing for itself or for somebody; nothing of it begins again by itself. */
  'holdwait/cancel': { readonly params: undefined; readonly result: CancelAnswer };
  /** Forgets every tree, looks for them anew and reads them; what is cached and has not changed is taken from there. */
  'holdwait/rescan': { readonly params: undefined; readonly result: null };
  'holdwait/clearCache': { readonly params: undefined; readonly result: null };
}

/** What the server tells an editor without being asked. */
export interface NotificationsToClient {
  'holdwait/status': StatusParams;
  /** `holdwait/findings` or `holdwait/locks` of this file would be answered differently now. */
  'holdwait/findingsChanged': FindingsParams;
}

/** For files that the server reaches through the editor alone: all of them in a browser, and those on no disk elsewhere. */
export interface RequestsToClient {
  /** `null`: there is no such file, or it cannot be read. */
  'holdwait/readFile': { readonly params: { readonly address: string }; readonly result: SentBytes | null };
  'holdwait/listFolder': {
    readonly params: { readonly address: string };
    readonly result: readonly FolderEntry[] | null;
  };
  /** In the order of the addresses. */
  'holdwait/stat': {
    readonly params: { readonly addresses: readonly string[] };
    readonly result: readonly (FileStat | null)[];
  };
}

/** To a worker as they are; to a process in base64, since all that it is sent becomes text. */
export type SentBytes = Uint8Array | string;

/** Links are left out: a kernel tree holds links to folders around it. */
export interface FolderEntry {
  readonly name: string;
  readonly isFolder: boolean;
}

export interface FileStat {
  readonly size: number;
  readonly modifiedMs: number;
}

export interface ChainsParams {
  readonly uri: string;
  readonly line: number;
  /** When the line no longer lies in this function, the function of this name in that file is meant. */
  readonly functionName?: string;
  /** Levels of calls, down and up. Without it: what the function calls directly, and nobody who calls it. */
  readonly depth?: number;
}

export type ChainsAnswer =
  | {
      readonly kind: 'chains';
      readonly root: string;
      readonly chains: FunctionChains;
      /** The names of the whole tree were not read yet, so calls into other folders may be missing. */
      readonly isPartial: boolean;
    }
  | { readonly kind: 'no-function' }
  | { readonly kind: 'no-kernel-tree' };

/** The chains of one function as text. */
export interface ToldChainsParams {
  /** A file or folder of the tree; empty: the only tree that is open. */
  readonly uri: string;
  /** A function by its name, or by FILE:LINE. */
  readonly wanted: string;
  /** All of it, or who calls it holding what. */
  readonly what: 'chains' | 'callers';
  /** Levels of calls, down and up. */
  readonly depth: number;
}

export type ToldChains =
  | { readonly kind: 'text'; readonly text: string }
  /** It cannot be told, for this reason. */
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'no-kernel-tree' };

export interface SourcePlace {
  /** Relative to the root of the tree, with `/`. */
  readonly path: string;
  readonly line: number;
  readonly character: number;
}

export interface FunctionChains extends SourcePlace {
  readonly name: string;
  readonly endLine?: number;
  readonly rows: readonly ChainRow[];
  /** Calls that could not be followed. */
  readonly unresolved: readonly string[];
  /** Of an answer with a depth alone. */
  readonly beyond?: ChainsBeyond;
}

/** What lies around a function further away than its own calls. */
export interface ChainsBeyond {
  readonly callers: readonly CallerChainRow[];
  /** Ways up that are left out. */
  readonly moreCallers: number;
  /** Calls that could not be followed in what it calls, the most frequent first. */
  readonly unresolvedBelow: readonly { readonly name: string; readonly count: number }[];
  /** Functions that lie deeper than was asked for. */
  readonly notEntered: number;
}

/** One step up; the place is where it is written that the one runs the other. */
export type CallerChainRow = SourcePlace & {
  /** What is held then: `(mutex) intf_mutex`. */
  readonly holds: readonly string[];
} & (
    | {
        readonly kind: 'caller';
        readonly caller: string;
        readonly definition: SourcePlace;
        readonly callers: readonly CallerChainRow[];
        readonly repeats?: 'above' | 'cycle';
      }
    | { readonly kind: 'table'; readonly via: string }
    | {
        readonly kind: 'handler';
        /** `(work) acme.reset`. */
        readonly object: string;
        readonly queuedBy: readonly (SourcePlace & { readonly caller: string })[];
      }
  );

export type ChainRow = OperationChainRow | CallChainRow;

export interface OperationChainRow extends SourcePlace {
  readonly kind: 'operation';
  readonly effect: OperationEffect;
  readonly objectKind: ObjectKind;
  readonly primitive: string;
  readonly object: string;
  readonly text: string;
}

export interface CallChainRow extends SourcePlace {
  readonly kind: 'call';
  readonly callee: string;
  readonly definition: SourcePlace;
  readonly rows: readonly ChainRow[];
  /** Of a call through a pointer: `net_device_ops.ndo_open`. */
  readonly via?: string;
  /** `above`: its rows stand where it was first called. `cycle`: it is running already. */
  readonly repeats?: 'above' | 'cycle';
}

export interface HeldHereParams {
  readonly uri: string;
  readonly line: number;
  readonly character: number;
}

export type HeldHereAnswer =
  | {
      readonly kind: 'held';
      readonly root: string;
      readonly functionName: string;
      readonly holds: readonly HeldLock[];
      /** The names of the whole tree were not read yet, so callers may be missing. */
      readonly isPartial: boolean;
    }
  | { readonly kind: 'no-function' }
  | { readonly kind: 'no-kernel-tree' };

export interface HeldLock {
  readonly objectKind: ObjectKind;
  /** `intf_mutex`, `mlx4_priv.bond_mutex`. */
  readonly name: string;
  readonly isReader: boolean;
  /** `asserted`: the code says that it is held. `caller`: by whoever calls the function. */
  readonly origin: 'taken' | 'asserted' | 'caller';
  /** On every way to the place; else on some. */
  readonly isSure: boolean;
  /** Where the function itself takes it. */
  readonly taken?: SourcePlace;
}

export interface HeldSectionsParams {
  readonly uri: string;
  readonly firstLine: number;
  readonly lastLine: number;
}

export type HeldSectionsAnswer =
  | { readonly kind: 'sections'; readonly sections: readonly HeldLines[] }
  | { readonly kind: 'no-kernel-tree' };

export interface HeldLines {
  readonly firstLine: number;
  readonly lastLine: number;
  readonly names: readonly string[];
  readonly isSure: boolean;
}

export interface FindingsParams {
  readonly uri: string;
  /** What was found last is good enough, where something was: the text may have been edited since. */
  readonly isLastEnough?: boolean;
}

export type FindingsAnswer =
  | ({ readonly kind: 'findings'; readonly root: string } & FileFindings)
  | { readonly kind: 'no-kernel-tree' }
  /** Only what an editor shows is looked at. */
  | { readonly kind: 'not-open' }
  /** This server does not look for any, as the one in a browser. */
  | { readonly kind: 'not-available' };

/** Of a file and of those that belong to the same driver. */
export interface FileFindings {
  /** Paths of the files that were looked at, in order. */
  readonly files: readonly string[];
  /** The surest first. */
  readonly findings: readonly FoundCycle[];
  /** What was not read and could be a part of it. */
  readonly note?: string;
}

export type LocksAnswer =
  | ({ readonly kind: 'locks'; readonly root: string } & FileLocks)
  | { readonly kind: 'no-kernel-tree' }
  /** As of `holdwait/findings`. */
  | { readonly kind: 'not-open' }
  | { readonly kind: 'not-available' };

export interface FileLocks extends UsedLocks {
  readonly files: readonly string[];
  readonly note?: string;
}

/** Locks and steps come up again and again: each is told once, and meant by its number. */
export interface UsedLocks {
  /** By name. */
  readonly locks: readonly UsedLock[];
  readonly orders: readonly LockOrderRow[];
  readonly steps: readonly LockStep[];
}

export interface UsedLock {
  readonly objectKind: ObjectKind;
  readonly name: string;
  /** What it lies in, where its name is that of many: `pci_dev.dev`. */
  readonly within?: string;
  /** None for a lock that only callers hold. */
  readonly takings: readonly {
    readonly step: number;
    readonly isReader: boolean;
    /** By a trylock. */
    readonly isTried: boolean;
  }[];
}

/** One lock is taken while the other is held. */
export interface LockOrderRow {
  readonly held: number;
  readonly wanted: number;
  /** Places that make it. */
  readonly count: number;
  /** From where the one is got to where the other is taken; the shortest, and not all. */
  readonly ways: readonly (readonly number[])[];
  /** Findings that tell of it. */
  readonly findings: readonly string[];
}

export interface LockStep extends SourcePlace {
  readonly functionName: string;
  /** `acquire` a lock, `call` something; `callback`: somebody runs the function, holding it. */
  readonly action: HopAction;
  readonly target: string;
  /** Of a call through a table, and of how the function is run: `net_device_ops.ndo_open`. */
  readonly via?: string;
}

export interface ReviewParams {
  /** A file or folder of the tree; empty: the only tree that is open. */
  readonly uri: string;
  readonly source: ReviewSource;
  /** Of the editor's making: progress is told to it, as the language server protocol says. */
  readonly workDoneToken?: string | number;
}

export type ReviewSource =
  /** A mail, a mailbox or a diff. */
  | { readonly kind: 'text'; readonly text: string; readonly name: string }
  /** The same as bytes in base64: what is no UTF-8 stays what it is. */
  | { readonly kind: 'bytes'; readonly base64: string; readonly name: string }
  /** A commit, or a range of commits. */
  | { readonly kind: 'revision'; readonly revision: string }
  | { readonly kind: 'uncommitted' };

export type ReviewAnswer =
  | ({ readonly kind: 'review'; readonly root: string; readonly id: number } & PatchReview)
  /** It cannot be done, for this reason. */
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'no-kernel-tree' }
  | { readonly kind: 'not-available' };

export interface PatchReview extends ReviewView {
  /** The whole report. */
  readonly text: string;
  /** Answers for the list, as `--format mail` prints them. */
  readonly mail: MailAnswers;
  /** Paths of the files that were looked at, in order. */
  readonly files: readonly string[];
  /** Files that the patches change, those that are gone at the end too. */
  readonly touched: readonly TouchedFile[];
  /** The tree has this many states after the base: one for each patch that was applied. */
  readonly lastState: number;
  /** Introduced, fixed, existing; in each the surest first. */
  readonly findings: readonly ReviewedCycle[];
}

export interface TouchedFile {
  readonly path: string;
  /** In the base; absent: there was no such file. */
  readonly oldPath?: string;
}

export interface ReviewedCycle extends FoundCycle {
  /** Of the patch that brings it in, or else takes it away; absent: no patch does either. */
  readonly patch?: number;
  /** The state of the tree that its lines are those of: 0 is the base. */
  readonly state: number;
  /** The changed line that brings it in. */
  readonly changedAt?: SourcePlace;
  /** Somebody has said that it need not be told. */
  readonly suppression?: Suppression;
}

export interface CommitsParams {
  /** As in `ReviewParams`. */
  readonly uri: string;
  readonly most: number;
}

export type CommitsAnswer =
  /** Newest first, without merges. */
  | { readonly kind: 'commits'; readonly commits: readonly ListedCommit[] }
  | { readonly kind: 'no-repository' }
  /** Git is out of reach, as in a browser. */
  | { readonly kind: 'not-available' }
  | { readonly kind: 'no-kernel-tree' };

export interface ListedCommit {
  readonly id: string;
  readonly subject: string;
  /** `A U Thor <author@example.org>` */
  readonly author: string;
  /** As mails write it. */
  readonly date: string;
}

export interface ReviewedTextParams {
  /** Of the answer to the review. */
  readonly review: number;
  readonly path: string;
  readonly state: number;
}

export type ReviewedTextAnswer =
  | { readonly kind: 'text'; readonly text: string }
  /** That state has no such file, or no patch is about it. */
  | { readonly kind: 'no-file' }
  /** Only the last reviews are kept. */
  | { readonly kind: 'forgotten' };

export interface SuppressParams {
  /** A file or folder of the tree; empty: the only tree that is open. */
  readonly uri: string;
  /** The one in the tree, or the one of this person. */
  readonly list: Suppression['from'];
  readonly finding: { readonly id: string; readonly title: string; readonly files: readonly string[] };
  readonly status: Suppression['status'];
  readonly reason: string;
}

export type SuppressAnswer =
  | { readonly kind: 'suppressed' }
  /** It cannot be done, for this reason. */
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'no-kernel-tree' }
  /** This server writes no files, as the one in a browser. */
  | { readonly kind: 'not-available' };

export interface FoundCycle {
  readonly view: CycleView;
  /** Where its threads begin and what they go through. */
  readonly functions: readonly { readonly path: string; readonly name: string }[];
  /** Thread after thread. */
  readonly steps: readonly FindingStep[];
  /** What one would ask on the list about code that is in the tree. */
  readonly mail?: string;
}

export interface FindingStep extends SourcePlace {
  /** Index of its thread in the view. */
  readonly thread: number;
  /** `foo_stop() takes mutex_lock(&foo->lock)`. */
  readonly text: string;
  /** What the thread waits for in the end. */
  readonly isLast: boolean;
}

export interface SplatParams {
  /** A file or folder of the tree; empty: the only tree that is open. */
  readonly uri: string;
  /** A log, a mail, what was copied from a terminal. */
  readonly text: string;
}

export type SplatAnswer =
  | ({ readonly kind: 'splat'; readonly root: string } & SplatCycle)
  /** There is none in the text, or it is cut off: for this reason. */
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'no-kernel-tree' }
  | { readonly kind: 'not-available' };

export interface SplatCycle {
  readonly text: string;
  /** Absent where its threads make no cycle. */
  readonly view?: CycleView;
  /** Findings in this tree that say the same. */
  readonly same: readonly CycleView[];
}

export interface SetPausedParams {
  readonly paused: boolean;
}

export interface MemoryReport {
  /** Memory of the server's process in bytes; `undefined` where the surroundings do not tell. */
  readonly residentBytes: number | undefined;
  readonly heapBytes: number | undefined;
  readonly trees: readonly { readonly root: string; readonly lines: readonly string[] }[];
}

/** What can be cancelled: files read in the background, the search for findings, and answers that take long. */
export type CancellableWork = 'reading' | 'findings' | 'review' | 'splat' | 'chains';

export interface CancelAnswer {
  /** What was under way; each once. */
  readonly cancelled: readonly CancellableWork[];
}

export type IndexedTreeFiles =
  | {
      readonly kind: 'open';
      readonly root: string;
      readonly files: number;
      /** Paths of those that are read in full, in order. */
      readonly read: readonly string[];
      /** Those that could not be. */
      readonly skipped: readonly { readonly path: string; readonly reason: string }[];
      /** What the user should know about the limits of this index. */
      readonly note?: string;
    }
  /** It is being opened, or could not be. */
  | { readonly kind: 'not-open'; readonly root: string };

export interface StatusParams {
  /** Empty until an open folder or file lies in a kernel tree. */
  readonly trees: readonly TreeStatus[];
}

export interface TreeStatus {
  /** Address of the root folder. */
  readonly root: string;
  readonly state: TreeState;
  /** The last thing that went wrong, until it goes right again. */
  readonly trouble?: string;
}

export type TreeState =
  /** `files`: whose names are read. Requests wait until all are. */
  | { readonly kind: 'starting'; readonly files: number; readonly total: number }
  /** `files`: read in full. Requests are answered. */
  | { readonly kind: 'indexing'; readonly files: number; readonly total: number; readonly paused: boolean }
  | {
      readonly kind: 'ready';
      readonly files: number;
      readonly skipped: readonly string[];
      readonly note?: string;
    }
  | { readonly kind: 'failed'; readonly message: string };

/** What an editor passes as `initializationOptions`. */
export interface ServerOptions {
  readonly settings?: unknown;
  /** It shows `holdwait/status`, and need not be told the same as the progress of a server. */
  readonly showsStatus?: boolean;
  /** File systems of its own that have kernel trees to show, by their scheme (`vscode-vfs`): it serves their files. */
  readonly servedSchemes?: readonly string[];
}

/** The same for the web worker, which cannot fetch the code of its parser. */
export interface WebServerOptions extends ServerOptions {
  readonly wasm: { readonly core: Uint8Array; readonly language: Uint8Array };
}
