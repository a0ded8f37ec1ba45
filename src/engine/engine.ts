// engine.ts
// One engine behind every door: the command line, the language server and the editor ask the same questions here.

import type { Token } from '../base/cancel.ts';
import type { TreeIndex } from '../index/treeIndex.ts';
import type { FunctionReport, Lens, Reach } from './results.ts';

export interface Engine {
  readonly index: TreeIndex;
  /**
   * All definitions of that name in the tree, best first; or, for `path:line`, the function around that line.
   * Empty when there is none. Without a reach: what it calls directly, and nobody who calls it.
   */
  report(functionOrPlace: string, token: Token, reach?: Reach): Promise<readonly FunctionReport[]>;
  lenses(path: string, token: Token): Promise<readonly Lens[]>;
  /** An open editor's text; `undefined` when the editor is closed and the disk counts again. */
  setOpenText(path: string, text: Uint8Array | undefined): Promise<void>;
}
