// readDiff.ts
// Changes of files out of a text that holds diffs: of git, or of the diff program. Whatever stands between them is
// passed over.

import type { ByteString, FileChange, Hunk } from './change.ts';
import { namedChanges } from './changeNames.ts';
import type { UnnamedChange } from './changeNames.ts';
import { commonPath, nameOnLine, shownPath } from './diffPaths.ts';
import { readGitHeader } from './gitHeader.ts';
import type { GitHeader } from './gitHeader.ts';
import { hunkRangeOf } from './hunkHeader.ts';
import type { PatchProblem } from './problem.ts';
import { readHunks } from './readHunks.ts';
import { LineCursor } from './sourceText.ts';
import type { SourceText } from './sourceText.ts';

export interface DiffRead {
  readonly changes: readonly FileChange[];
  readonly problems: readonly PatchProblem[];
}

export function readDiff(source: SourceText): DiffRead {
  const problems: PatchProblem[] = [];
  const cursor = new LineCursor(source, hasMailReturns(source.text));
  const unnamed: UnnamedChange[] = [];
  while (!cursor.isAtEnd) {
    const change = changeAt(cursor, problems);
    if (change) unnamed.push(change);
    else cursor.advance();
  }
  return { changes: namedChanges(unnamed, problems), problems: firstOf(problems) };
}

// Nobody reads more, and a text of nothing but damage must not become as many sentences.
const mostProblems = 100;

function firstOf(problems: readonly PatchProblem[]): readonly PatchProblem[] {
  if (problems.length <= mostProblems) return problems;
  const others = problems.slice(mostProblems);
  const severity = others.some((problem) => problem.severity === 'error') ? 'error' : 'note';
  const text = `and ${others.length} more of this diff`;
  return [...problems.slice(0, mostProblems), { severity, line: others[0]!.line, text }];
}

/** Where the first diff begins, or the `---` that git format-patch writes before its table; the end if there is none. */
export function diffOffset(text: ByteString): number {
  const cursor = new LineCursor({ text, firstLine: 1 }, true);
  while (!cursor.isAtEnd) {
    if (cursor.startsWith('diff -') || cursor.startsWith('Index: ')) return cursor.offset;
    if (cursor.startsWith('---') && /^---(?:\s*$| \S)/.test(cursor.text.slice(0, 100))) return cursor.offset;
    cursor.advance();
  }
  return text.length;
}

// The lines of a diff that are not the file's own have no carriage return, unless the mail gave one to every line.
function hasMailReturns(text: ByteString): boolean {
  for (const start of ['diff --git ', '+++ ']) {
    const at = text.startsWith(start) ? 0 : text.indexOf(`\n${start}`) + 1;
    if (at === 0 && !text.startsWith(start)) continue;
    const end = text.indexOf('\n', at);
    return end > 0 && text.charCodeAt(end - 1) === 13;
  }
  return false;
}

const letter = { d: 100, minus: 45, at: 64, B: 66 } as const;

function changeAt(cursor: LineCursor, problems: PatchProblem[]): UnnamedChange | undefined {
  switch (cursor.first) {
    case letter.d:
      if (cursor.startsWith('diff --git ')) return gitChange(cursor, problems);
      if (cursor.startsWith('diff --cc ') || cursor.startsWith('diff --combined '))
        sayMerge(cursor, problems);
      return undefined;
    case letter.minus:
      return isPlainHeader(cursor) ? plainChange(cursor, problems) : undefined;
    case letter.B:
      return plainBinary(cursor);
    case letter.at:
      if (hunkRangeOf(cursor.text)) sayHomeless(cursor, problems);
      return undefined;
  }
  return undefined;
}

function gitChange(cursor: LineCursor, problems: PatchProblem[]): UnnamedChange {
  const header = readGitHeader(cursor);
  if (cursor.startsWith('GIT binary patch')) {
    skipBinary(cursor);
    return unnamedOf({ ...header, isBinary: true }, []);
  }
  return unnamedOf(header, readHunks(cursor, shownName(header), problems));
}

const unnamedOf = (header: GitHeader, hunks: readonly Hunk[]): UnnamedChange => ({
  ...header,
  isGit: true,
  hunks,
});

/** For people; the prefixes of names on one side only are not known yet. */
function shownName({ oldName, newName }: Pick<UnnamedChange, 'oldName' | 'newName'>): string {
  const common =
    oldName !== undefined && newName !== undefined ? commonPath(oldName, newName)?.path : undefined;
  return shownPath(common ?? newName ?? oldName ?? 'a file').replace(/^[ab]\//, '');
}

/** Lengths and lines in base 85, up to an empty line; a second part, for the way back, may follow. */
function skipBinary(cursor: LineCursor): void {
  cursor.advance();
  while (/^(?:literal|delta) \d+\s*$/.test(cursor.text.slice(0, 40))) {
    while (!cursor.isAtEnd && cursor.text !== '') cursor.advance();
    cursor.advance();
  }
}

const isPlainHeader = (cursor: LineCursor): boolean =>
  cursor.startsWith('--- ') && cursor.peek(1).startsWith('+++ ') && cursor.peek(2).startsWith('@@ -');

const longestName = 8000;

function plainChange(cursor: LineCursor, problems: PatchProblem[]): UnnamedChange {
  const { line } = cursor;
  const { name: oldName } = nameOnLine(cursor.text.slice(4, longestName));
  cursor.advance();
  const { name: newName } = nameOnLine(cursor.text.slice(4, longestName));
  cursor.advance();
  const hunks = readHunks(cursor, shownName({ oldName, newName }), problems);
  return { ...plainly, line, oldName, newName, hunks, isBinary: false };
}

const plainly = {
  isGit: false,
  isNamedBare: false,
  kind: 'modified',
  oldMode: undefined,
  newMode: undefined,
  oldBlob: undefined,
  newBlob: undefined,
} as const;

function plainBinary(cursor: LineCursor): UnnamedChange | undefined {
  const match = /^Binary files (\S+) and (\S+) differ\s*$/.exec(cursor.text.slice(0, longestName));
  if (!match) return undefined;
  const { line } = cursor;
  cursor.advance();
  const [oldName, newName] = [nameOnLine(match[1]!).name, nameOnLine(match[2]!).name];
  return { ...plainly, line, oldName, newName, hunks: [], isBinary: true };
}

function sayMerge(cursor: LineCursor, problems: PatchProblem[]): void {
  const text =
    'the combined diff of a merge cannot be applied; give the commits that were merged, or a range';
  problems.push({ severity: 'error', line: cursor.line, text });
}

function sayHomeless(cursor: LineCursor, problems: PatchProblem[]): void {
  problems.push({
    severity: 'error',
    line: cursor.line,
    text: 'a hunk without the name of its file is left out',
  });
}
