// reverse.ts
// The change that undoes a change.

import type { ChangeKind, FileChange, Hunk, HunkLine } from './change.ts';

/** In the order in which they undo each other. */
export const reversedChanges = (changes: readonly FileChange[]): readonly FileChange[] =>
  changes.toReversed().map(reversed);

/** A copy is undone by deleting it, whatever its text is: a diff does not tell what it has in common with its origin. */
export function reversed(change: FileChange): FileChange {
  const { kind, oldPath, newPath, oldBlob, newBlob, oldMode, newMode, hunks } = change;
  if (kind === 'copied')
    return { ...change, kind: 'deleted', oldPath: newPath, oldBlob: newBlob, newBlob: undefined, hunks: [] };
  return {
    ...change,
    kind: opposites[kind],
    oldPath: newPath,
    newPath: oldPath,
    oldBlob: newBlob,
    newBlob: oldBlob,
    oldMode: newMode,
    newMode: oldMode,
    hunks: hunks.map(reversedHunk),
  };
}

const opposites: Readonly<Record<Exclude<ChangeKind, 'copied'>, ChangeKind>> = {
  modified: 'modified',
  added: 'deleted',
  deleted: 'added',
  renamed: 'renamed',
};

const reversedHunk = (hunk: Hunk): Hunk => ({
  ...hunk,
  oldStart: hunk.newStart,
  oldCount: hunk.newCount,
  newStart: hunk.oldStart,
  newCount: hunk.oldCount,
  lines: removedFirst(hunk.lines.map((line) => ({ ...line, kind: otherKind[line.kind] }))),
});

const otherKind: Readonly<Record<HunkLine['kind'], HunkLine['kind']>> = {
  context: 'context',
  added: 'removed',
  removed: 'added',
};

/** In each stretch of changed lines, as in every diff. */
function removedFirst(lines: readonly HunkLine[]): readonly HunkLine[] {
  const result: HunkLine[] = [];
  let added: HunkLine[] = [];
  for (const line of lines) {
    if (line.kind === 'added') {
      added.push(line);
      continue;
    }
    if (line.kind === 'context' && added.length > 0) {
      for (const held of added) result.push(held);
      added = [];
    }
    result.push(line);
  }
  for (const line of added) result.push(line);
  return result;
}
