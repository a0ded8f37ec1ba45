// messages.ts
// Everything that crosses between the extension and the page of one cycle, and what the page keeps.

import type { CycleView } from '../../src/report/cycleView.ts';

/** A cycle and the tree that its paths lie in. */
export interface ShownCycle {
  /** Address of the root folder. */
  readonly root: string;
  readonly view: CycleView;
  /** Of a splat: findings in the tree that say the same. */
  readonly same?: readonly CycleView[];
}

export type ToPage =
  | { readonly type: 'show'; readonly shown: ShownCycle; readonly isPinned: boolean }
  /** Text went to the clipboard, or a file was written: the page says so. */
  | { readonly type: 'done'; readonly sentence: string };

export type FromPage =
  | { readonly type: 'ready' }
  /** `line` counts from 1, `column` from 0. `focus`: the editor takes the keyboard, too. */
  | {
      readonly type: 'open';
      readonly path: string;
      readonly line: number;
      readonly column: number;
      /** The line is one of the patch, so the tree on the disk may not have it. */
      readonly isChanged: boolean;
      readonly focus: boolean;
    }
  | { readonly type: 'copy'; readonly what: CopiedText }
  /** One of those that say the same; it opens in another panel. */
  | { readonly type: 'showSame'; readonly id: string }
  | { readonly type: 'saveSvg'; readonly svg: string }
  /** A pinned panel keeps its cycle; the next one opens in another panel. */
  | { readonly type: 'pin'; readonly isPinned: boolean };

export type CopiedText = 'text' | 'reply' | 'id';

/** Own functions alone, with what lies between folded, or every call. */
export type Depth = 'own' | 'all';

/** Survives a reload of the window. */
export interface PageState {
  readonly shown: ShownCycle;
  readonly isPinned: boolean;
  readonly depth: Depth;
  /** Rows that stand otherwise than the depth says: `0.3` is the fourth row of the first thread. */
  readonly toggled: readonly string[];
  readonly selected: string | undefined;
  readonly chosenThread: number | undefined;
  readonly showsReasons: boolean;
}

/** Whatever an older version has kept, or nothing at all. */
export function readState(state: unknown): PageState | undefined {
  const kept = state as Partial<PageState> | null | undefined;
  const view = kept?.shown?.view as Partial<CycleView> | undefined;
  if (typeof kept?.shown?.root !== 'string' || !Array.isArray(kept.toggled)) return undefined;
  if (typeof view?.id !== 'string' || !Array.isArray(view.nodes)) return undefined;
  return Array.isArray(view.threads) ? (kept as PageState) : undefined;
}
