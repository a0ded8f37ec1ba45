// cursorTree.ts
// Copies a syntax tree node by node through tree-sitter's public cursor: slower than memoryTree.ts, but it depends on
// nothing inside tree-sitter. It is what memoryTree.ts is checked against, its stand-in, and the only way to read the
// trees of the native engine.

import type { FlatArrays } from './flatArrays.ts';
import { missingFlag, namedFlag } from './flatTree.ts';

/** What both engines' cursors have in common. */
export interface CursorLike {
  readonly nodeTypeId: number;
  readonly nodeIsNamed: boolean;
  readonly nodeIsMissing: boolean;
  readonly startIndex: number;
  readonly endIndex: number;
  gotoFirstChild(): boolean;
  gotoNextSibling(): boolean;
  gotoParent(): boolean;
}

/** Fills `into` with the tree below a cursor that stands on the root. */
export function readCursorTree(cursor: CursorLike, into: FlatArrays): void {
  into.count = 0;
  const open: number[] = [];
  for (;;) {
    const flags = (cursor.nodeIsMissing ? missingFlag : 0) | (cursor.nodeIsNamed ? namedFlag : 0);
    const node = into.add(cursor.nodeTypeId, cursor.startIndex, cursor.endIndex, flags);
    if (cursor.gotoFirstChild()) {
      open.push(node);
      continue;
    }
    while (!cursor.gotoNextSibling()) {
      const parent = open.pop();
      if (parent === undefined || !cursor.gotoParent()) return;
      into.next[parent] = into.count;
    }
  }
}
