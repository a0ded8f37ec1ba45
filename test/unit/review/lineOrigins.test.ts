// lineOrigins.test.ts
// Which patch of a series a line comes from, against texts whose lines say it themselves.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PlacedHunk } from '../../../src/patch/applied.ts';
import type { FileChange, Hunk, HunkLine } from '../../../src/patch/change.ts';
import { LineOrigins } from '../../../src/review/lineOrigins.ts';
import type { AppliedPatch } from '../../../src/review/lineOrigins.ts';

const path = 'drivers/net/acme/main.c';

/** Lines are `number of the patch that added it:unique`. One hunk with all lines, or one for each stretch of changes. */
function edited(
  old: readonly string[],
  number: number,
  random: () => number,
): {
  readonly text: readonly string[];
  readonly applied: AppliedPatch;
} {
  const lines: HunkLine[] = [];
  const push = (kind: HunkLine['kind'], text: string): unknown =>
    lines.push({ kind, text, endsWithoutNewline: false });
  old.forEach((text, i) => {
    if (random() < 0.15) push('added', `${number}:before ${i}`);
    push(random() < 0.15 ? 'removed' : 'context', text);
  });
  const text = lines.flatMap((line) => (line.kind === 'removed' ? [] : [line.text]));
  return { text, applied: appliedOf(hunksOf(lines), number) };
}

/** Cuts the lines where nothing changes into hunks without context. */
function hunksOf(lines: readonly HunkLine[]): readonly Hunk[] {
  const hunks: Hunk[] = [];
  let [oldLine, newLine] = [1, 1];
  let open: { start: [number, number]; lines: HunkLine[] } | undefined;
  const close = (): void => {
    if (!open) return;
    const { start, lines: own } = open;
    const count = (other: HunkLine['kind']): number => own.filter(({ kind }) => kind !== other).length;
    hunks.push({
      oldStart: start[0],
      oldCount: count('added'),
      newStart: start[1],
      newCount: count('removed'),
      heading: '',
      lines: own,
      line: 1,
    });
    open = undefined;
  };
  lines.forEach((line, i) => {
    const isQuiet = lines.slice(i, i + 3).every(({ kind }) => kind === 'context');
    if (isQuiet) close();
    else open ??= { start: [oldLine, newLine], lines: [] };
    open?.lines.push(line);
    if (line.kind !== 'added') oldLine++;
    if (line.kind !== 'removed') newLine++;
  });
  close();
  return hunks;
}

function appliedOf(hunks: readonly Hunk[], number: number): AppliedPatch {
  const change: FileChange = {
    kind: 'modified',
    oldPath: path,
    newPath: path,
    oldBlob: undefined,
    newBlob: undefined,
    isBinary: false,
    newMode: undefined,
    hunks,
    line: 1,
  };
  const placed = hunks.map((hunk, i): PlacedHunk => ({
    path,
    hunk: i,
    oldStart: hunk.oldStart,
    newStart: hunk.newStart,
    offset: 0,
  }));
  return {
    patch: {
      number,
      total: undefined,
      version: 1,
      subject: '',
      fullSubject: '',
      mail: undefined,
      changes: [change],
      baseCommit: undefined,
      problems: [],
    },
    placed,
  };
}

test('every line is traced to the patch that added it', () => {
  const random = randomNumbers(7);
  for (let round = 0; round < 60; round++) {
    let text: readonly string[] = Array.from({ length: 30 }, (_, i) => `0:${i}`);
    const first = text;
    const applied: AppliedPatch[] = [];
    for (let number = 1; number <= 4; number++) {
      const next = edited(text, number, random);
      text = next.text;
      applied.push(next.applied);
    }
    const origins = new LineOrigins(applied);
    text.forEach((line, i) => {
      const found = origins.addedBy(path, i + 1);
      assert.equal(found?.patch ?? 0, Number(line.split(':')[0]), `round ${round}, line ${i + 1} ${line}`);
      if (found) assert.equal(lineOf(applied, found), line);
    });
    first.forEach((line, i) => {
      const found = origins.removedBy(path, i + 1);
      assert.equal(found === undefined, text.includes(line), `round ${round}, line ${i + 1} ${line}`);
      if (found) assert.equal(lineOf(applied, found), line);
    });
  }
});

const lineOf = (
  applied: readonly AppliedPatch[],
  found: { patch: number; hunk: number; line: number },
): string | undefined =>
  applied[found.patch - 1]?.patch.changes[0]?.hunks[found.hunk]?.lines[found.line]?.text;

/** Numbers between 0 and 1, the same in every run. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
