// flatTree.ts
// A syntax tree copied out of the parser into typed arrays, in preorder: what every reader of C in this project walks.

/** Public tree-sitter symbol of an ERROR node. */
export const errorKind = 65535;

export const missingFlag = 1;
export const namedFlag = 2;

/**
 * Node `i` has kind `kind[i]`, covers bytes `start[i]` to `end[i]`, its first child (if any) is `i + 1`, and
 * `next[i]` is the first node after its subtree; so its children are walked with
 * `for (let c = i + 1; c < next[i]; c = next[c])`. Anonymous nodes (`if`, `(`, `;`) are in it too.
 * The arrays belong to the parser and are overwritten by its next parse: copy what you keep.
 */
export interface FlatTree {
  readonly count: number;
  readonly kind: Uint16Array;
  readonly start: Uint32Array;
  readonly end: Uint32Array;
  readonly next: Uint32Array;
  /** `missingFlag`, `namedFlag`. */
  readonly flags: Uint8Array;
}
