// messages.ts
// Everything that crosses between the extension and the page of the Lock chains panel, and what the page keeps.

import type { FunctionChains, SourcePlace } from '../../src/server/protocol.ts';

export type ToPage =
  /** `focus`: the list takes the keyboard. */
  | {
      readonly type: 'show';
      readonly target: ChainsTarget;
      readonly view: ChainsView;
      readonly focus: boolean;
    }
  | { readonly type: 'history'; readonly canGoBack: boolean };

export type ChainsView =
  /** `isPartial`: the tree is still being read, and calls into other folders may be missing. */
  | { readonly kind: 'chains'; readonly chains: FunctionChains; readonly isPartial: boolean }
  | { readonly kind: 'waiting' }
  /** There is nothing to show, and this sentence says why. */
  | { readonly kind: 'nothing'; readonly sentence: string };

export type FromPage =
  | { readonly type: 'ready' }
  /** `focus`: the editor takes the keyboard, too. */
  | { readonly type: 'open'; readonly place: SourcePlace; readonly focus: boolean }
  | { readonly type: 'showFunction'; readonly name: string; readonly place: SourcePlace }
  | { readonly type: 'back' };

/** Which function the panel is about. */
export interface ChainsTarget {
  readonly uri: string;
  readonly line: number;
  readonly functionName?: string;
}

/** Survives a reload of the window. */
export interface PageState {
  readonly target: ChainsTarget;
  readonly collapsed: readonly string[];
  readonly selected: string | undefined;
}

/** Whatever an older version has kept, or nothing at all. */
export function readTarget(state: unknown): ChainsTarget | undefined {
  const target = (state as Partial<PageState> | null | undefined)?.target;
  if (typeof target?.uri !== 'string' || typeof target.line !== 'number') return undefined;
  return target;
}
