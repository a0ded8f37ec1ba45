// engine.ts
// One engine behind every door: the command line, the language server and the editor ask the same questions here.

import type { Token } from '../base/cancel.ts';
import type { TreeIndex } from '../index/treeIndex.ts';
import type { Position } from '../base/position.ts';
import type {
  CallItem,
  CallLevel,
  FunctionReport,
  HeldHere,
  HeldSection,
  Lens,
  LockClass,
  ObjectReport,
  Reach,
} from './results.ts';

export interface Engine {
  readonly index: TreeIndex;
  /**
   * All definitions of that name in the tree, best first; or, for `path:line`, the function around that line.
   * Empty when there is none. Without a reach: what it calls directly, and nobody who calls it.
   */
  report(functionOrPlace: string, token: Token, reach?: Reach): Promise<readonly FunctionReport[]>;
  lenses(path: string, token: Token): Promise<readonly Lens[]>;
  /** What is held at that place before the statement there runs; `undefined` outside of functions. */
  heldAt(path: string, place: Position, token: Token): Promise<HeldHere | undefined>;
  /** The critical sections of functions with a line in this range, 1-based. */
  heldSections(path: string, first: number, last: number, token: Token): Promise<readonly HeldSection[]>;
  /** The function that is named at that place: what it does, and who calls it. */
  functionAt(path: string, place: Position, token: Token): Promise<FunctionReport | undefined>;
  /** The lock, work or completion that is named at that place, and who uses it in the files around. */
  objectAt(path: string, place: Position, token: Token): Promise<ObjectReport | undefined>;
  /** The function around that place, or the one that is named there. */
  callItemAt(path: string, place: Position, token: Token): Promise<CallItem | undefined>;
  /** Who calls it, or makes it run. */
  callsTo(item: CalledItem, token: Token): Promise<CallLevel>;
  callsFrom(item: CalledItem, token: Token): Promise<CallLevel>;
  /** Locks by a part of their name, around these files. */
  lockClasses(query: string, open: readonly string[], token: Token): Promise<readonly LockClass[]>;
  /** Files changed on disk: what was kept about them is looked at anew. */
  forget(): void;
  /** An open editor's text; `undefined` when the editor is closed and the disk counts again. */
  setOpenText(path: string, text: Uint8Array | undefined): Promise<void>;
}

/** What is needed of an item to ask about it again. */
export type CalledItem = Pick<CallItem, 'kind' | 'path' | 'name' | 'slot'>;
