// hunkHeader.ts
// The `@@` line of a hunk, both directions.

import type { ByteString, Hunk } from './change.ts';

export type HunkRange = Pick<Hunk, 'oldStart' | 'oldCount' | 'newStart' | 'newCount' | 'heading'>;

/** `@@ -1,3 +1,4 @@ heading`, as git writes it: a count of one is left out. */
export function hunkHeader({ oldStart, oldCount, newStart, newCount, heading }: HunkRange): ByteString {
  const ranges = `@@ -${range(oldStart, oldCount)} +${range(newStart, newCount)} @@`;
  return heading === '' ? ranges : `${ranges} ${heading}`;
}

/** `undefined`: it is none. */
export function hunkRangeOf(line: ByteString): HunkRange | undefined {
  const match = /^@@ -(\d{1,9})(?:,(\d{1,9}))? \+(\d{1,9})(?:,(\d{1,9}))? @@(.*)$/s.exec(line);
  if (!match) return undefined;
  const [, oldStart, oldCount = '1', newStart, newCount = '1', heading = ''] = match;
  return {
    oldStart: Number(oldStart),
    oldCount: Number(oldCount),
    newStart: Number(newStart),
    newCount: Number(newCount),
    heading: heading.replace(/^ /, ''),
  };
}

const range = (start: number, count: number): string => (count === 1 ? `${start}` : `${start},${count}`);
