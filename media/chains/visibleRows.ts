// visibleRows.ts
// The tree of rows as the list that is on the screen: what is folded is left out.

import type { ChainRow } from '../../src/server/protocol.ts';

export interface VisibleRow {
  /** Place in the tree: `0.3.1`. Stays the same while rows are folded and unfolded. */
  readonly id: string;
  readonly row: ChainRow;
  /** 1 for the function's own rows. */
  readonly level: number;
  readonly positionInSet: number;
  readonly setSize: number;
  /** `undefined`: nothing below it. */
  readonly isExpanded: boolean | undefined;
}

export function visibleRows(
  rows: readonly ChainRow[],
  collapsed: ReadonlySet<string>,
): readonly VisibleRow[] {
  const visible: VisibleRow[] = [];
  const add = (siblings: readonly ChainRow[], level: number, prefix: string): void => {
    for (const [i, row] of siblings.entries()) {
      const id = `${prefix}${i}`;
      const inner = row.kind === 'call' ? row.rows : [];
      const isExpanded = inner.length === 0 ? undefined : !collapsed.has(id);
      visible.push({ id, row, level, positionInSet: i + 1, setSize: siblings.length, isExpanded });
      if (isExpanded === true) add(inner, level + 1, `${id}.`);
    }
  };
  add(rows, 1, '');
  return visible;
}

/** The row above in the tree; `undefined` at the top. */
export function parentId(id: string): string | undefined {
  const dot = id.lastIndexOf('.');
  return dot < 0 ? undefined : id.slice(0, dot);
}
