// textChange.ts
// Finds the one stretch in which two states of a text differ, in the words of a syntax tree's edit.

interface Point {
  row: number;
  column: number;
}

export interface TextChange {
  readonly startIndex: number;
  readonly oldEndIndex: number;
  readonly newEndIndex: number;
  readonly startPosition: Point;
  readonly oldEndPosition: Point;
  readonly newEndPosition: Point;
}

// Lines and columns of an edit end up only in the points of nodes, which nobody here reads.
const noPoint: Point = { row: 0, column: 0 };

/** The change that makes `before` into `after`; nothing if they are equal. */
export function changeBetween(before: Uint8Array, after: Uint8Array): TextChange | undefined {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  if (start === before.length && start === after.length) return undefined;
  let same = 0;
  const most = shorter - start;
  while (same < most && before[before.length - 1 - same] === after[after.length - 1 - same]) same++;
  return {
    startIndex: start,
    oldEndIndex: before.length - same,
    newEndIndex: after.length - same,
    startPosition: noPoint,
    oldEndPosition: noPoint,
    newEndPosition: noPoint,
  };
}
