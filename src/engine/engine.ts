// engine.ts
// One engine behind every door: the command line, the language server and the editor ask the same questions here.

import type { Token } from '../base/cancel.ts';
import type { TreeIndex } from '../index/treeIndex.ts';
import type { Position } from '../base/position.ts';
import type { FunctionReport, HeldHere, HeldSection, Lens, Reach } from './results.ts';

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
  /** Files changed on disk: what was kept about them is looked at anew. */
  forget(): void;
  /** An open editor's text; `undefined` when the editor is closed and the disk counts again. */
  setOpenText(path: string, text: Uint8Array | undefined): Promise<void>;
}
