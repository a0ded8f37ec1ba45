// readHunks.ts
// The hunks of one file. Lines are counted by the hunk's header: git format-patch ends each mail with "-- " and its
// version directly after the last hunk, which looks like a removed "- ".

import type { Hunk, HunkLine } from './change.ts';
import { hunkRangeOf } from './hunkHeader.ts';
import type { HunkRange } from './hunkHeader.ts';
import type { PatchProblem } from './problem.ts';
import type { LineCursor } from './sourceText.ts';

const plus = 43;
const minus = 45;
const blank = 32;
const backslash = 92;

/** The cursor stands at the first `@@` and ends behind the last line. `path` is for people. */
export function readHunks(cursor: LineCursor, path: string, problems: PatchProblem[]): readonly Hunk[] {
  const hunks: Hunk[] = [];
  for (;;) {
    const range = cursor.startsWith('@@ -') ? hunkRangeOf(cursor.text) : undefined;
    if (!range) return hunks;
    const hunk = readHunk(cursor, range);
    hunks.push(hunk);
    if (mayBeCut(hunk, cursor)) {
      const text = `the last line of ${path} has no end in the text, and may be cut off`;
      problems.push({ severity: 'note', line: cursor.line - 1, text });
    }
    const trouble = troubleWithHunk(hunk, cursor);
    if (!trouble) continue;
    problems.push({
      severity: 'error',
      line: trouble.line,
      text: `hunk ${hunks.length} of ${path} ${trouble.text}`,
    });
    skipToNextHunk(cursor);
  }
}

/** Whether it has the lines that its header announces, and changes something. */
export function isWhole({ lines, oldCount, newCount }: Hunk): boolean {
  let added = 0;
  let removed = 0;
  for (const { kind } of lines) {
    if (kind === 'added') added++;
    else if (kind === 'removed') removed++;
  }
  const context = lines.length - added - removed;
  return context + removed === oldCount && context + added === newCount && added + removed > 0;
}

function readHunk(cursor: LineCursor, range: HunkRange): Hunk {
  const { line } = cursor;
  cursor.advance();
  const lines: HunkLine[] = [];
  let oldLeft = range.oldCount;
  let newLeft = range.newCount;
  while ((oldLeft > 0 || newLeft > 0) && !cursor.isAtEnd) {
    const kind = kindOf(cursor);
    if (kind === undefined) break;
    if (kind === 'marker') {
      markLast(lines);
    } else {
      const takesOld = kind !== 'added';
      const takesNew = kind !== 'removed';
      if ((takesOld && oldLeft === 0) || (takesNew && newLeft === 0)) break;
      if (takesOld) oldLeft--;
      if (takesNew) newLeft--;
      lines.push({ kind, text: cursor.rest, endsWithoutNewline: false });
    }
    cursor.advance();
  }
  if (lines.length > 0 && kindOf(cursor) === 'marker') {
    markLast(lines);
    cursor.advance();
  }
  return { ...range, lines, line };
}

function kindOf(cursor: LineCursor): HunkLine['kind'] | 'marker' | undefined {
  const { first } = cursor;
  if (first === blank) return 'context';
  if (first === plus) return 'added';
  if (first === minus) return 'removed';
  if (first === backslash) return cursor.startsWith('\\ ') ? 'marker' : undefined;
  // Some programs write an empty line of context without its blank.
  return Number.isNaN(first) && !cursor.isAtEnd ? 'context' : undefined;
}

function markLast(lines: HunkLine[]): void {
  const last = lines.at(-1);
  if (last) lines[lines.length - 1] = { ...last, endsWithoutNewline: true };
}

/** Other lines are compared with the tree. */
function mayBeCut({ lines }: Hunk, cursor: LineCursor): boolean {
  const last = lines.at(-1);
  return cursor.isAtEnd && cursor.isOpen && last?.kind === 'added' && !last.endsWithoutNewline;
}

interface Trouble {
  readonly line: number;
  readonly text: string;
}

function troubleWithHunk(hunk: Hunk, cursor: LineCursor): Trouble | undefined {
  if (isWhole(hunk)) return undefined;
  if (hunk.lines.every(({ kind }) => kind === 'context') && countsFit(hunk))
    return { line: hunk.line, text: 'changes nothing' };
  if (cursor.isAtEnd)
    return { line: cursor.line, text: 'is cut off: the text ends before it has all its lines' };
  const letters = 'begins with none of blank, "+", "-"';
  if (kindOf(cursor) === undefined && !cursor.startsWith('@@ -') && !cursor.startsWith('diff '))
    return { line: cursor.line, text: `is damaged: the line after its line ${hunk.lines.length} ${letters}` };
  return { line: cursor.line, text: 'has other numbers of lines than its header says' };
}

const countsFit = ({ lines, oldCount, newCount }: Hunk): boolean =>
  lines.length === oldCount && lines.length === newCount;

function skipToNextHunk(cursor: LineCursor): void {
  while (!cursor.isAtEnd && !cursor.startsWith('@@ -') && !beginsFile(cursor)) cursor.advance();
}

const beginsFile = (cursor: LineCursor): boolean =>
  cursor.startsWith('diff ') || (cursor.startsWith('--- ') && cursor.peek(1).startsWith('+++ '));
