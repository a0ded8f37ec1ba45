// hunksBetween.ts
// The hunks that lead from one text to another, as git diff would show them.

import type { ByteString, Hunk, HunkLine } from './change.ts';
import { differencesOf } from './differences.ts';
import type { Difference } from './differences.ts';
import { linesOfText } from './lineDiff.ts';

const context = 3;

/** `line` of the hunks is 0: they come from no text. */
export function hunksBetween(oldText: ByteString, newText: ByteString): readonly Hunk[] {
  const oldLines = linesOfText(oldText);
  const newLines = linesOfText(newText);
  const differences = differencesOf(oldLines, newLines);
  return grouped(differences).map((group) => hunkOf(group, oldLines, newLines));
}

/** Differences whose lines of context would meet share a hunk. */
function grouped(differences: readonly Difference[]): readonly (readonly Difference[])[] {
  const groups: Difference[][] = [];
  for (const difference of differences) {
    const group = groups.at(-1);
    const last = group?.at(-1);
    if (last && difference.oldStart - last.oldEnd <= 2 * context) group!.push(difference);
    else groups.push([difference]);
  }
  return groups;
}

function hunkOf(
  group: readonly Difference[],
  oldLines: readonly string[],
  newLines: readonly string[],
): Hunk {
  const first = group[0]!;
  const last = group.at(-1)!;
  const before = Math.min(context, first.oldStart);
  const behind = Math.min(context, oldLines.length - last.oldEnd);
  const oldStart = first.oldStart - before;
  const newStart = first.newStart - before;
  const lines: HunkLine[] = [];
  const put = (kind: HunkLine['kind'], texts: readonly string[]): void => {
    for (const text of texts) lines.push(lineOf(kind, text));
  };
  let at = oldStart;
  for (const difference of group) {
    put('context', oldLines.slice(at, difference.oldStart));
    put('removed', oldLines.slice(difference.oldStart, difference.oldEnd));
    put('added', newLines.slice(difference.newStart, difference.newEnd));
    at = difference.oldEnd;
  }
  put('context', oldLines.slice(at, at + behind));
  const oldCount = last.oldEnd + behind - oldStart;
  const newCount = last.newEnd + behind - newStart;
  return {
    oldStart: oldCount === 0 ? oldStart : oldStart + 1,
    oldCount,
    newStart: newCount === 0 ? newStart : newStart + 1,
    newCount,
    heading: headingBefore(oldLines, oldStart),
    lines,
    line: 0,
  };
}

const lineOf = (kind: HunkLine['kind'], text: string): HunkLine => ({
  kind,
  text: text.endsWith('\n') ? text.slice(0, -1) : text,
  endsWithoutNewline: !text.endsWith('\n'),
});

const longestHeading = 80;

/** As git takes it where nothing says more about the language: a line that begins with a letter, `_` or `$`. */
function headingBefore(lines: readonly string[], start: number): ByteString {
  for (let i = start - 1; i >= 0; i--) {
    if (/^[A-Za-z_$]/.test(lines[i]!)) return lines[i]!.slice(0, longestHeading).trimEnd();
  }
  return '';
}
