// Diffs of our own making: they lead from one text to the other, as git apply sees it too, and are as short as git's.

import assert from 'node:assert/strict';
import test from 'node:test';
import { applyHunks, textOfFile } from '../../../src/patch/applyHunks.ts';
import { bytesOf } from '../../../src/patch/byteText.ts';
import { differencesOf } from '../../../src/patch/differences.ts';
import { hunksBetween } from '../../../src/patch/hunksBetween.ts';
import { equalRuns } from '../../../src/patch/lineDiff.ts';
import { readPatches } from '../../../src/patch/readPatches.ts';
import { writeDiff } from '../../../src/patch/writeDiff.ts';
import type { WrittenChange } from '../../../src/patch/writeDiff.ts';
import { TemporaryGit } from '../../support/temporaryGit.ts';
import { edited, randomLines, seeded } from '../../support/unifiedDiff.ts';

const modified: WrittenChange = {
  kind: 'modified',
  oldPath: 'x.c',
  newPath: 'x.c',
  oldMode: '100644',
  newMode: '100644',
  oldBlob: '1'.repeat(40),
  newBlob: '2'.repeat(40),
  oldText: '',
  newText: '',
};

test('hunks between random texts lead from one to the other', () => {
  for (let seed = 1; seed <= 400; seed++) {
    const random = seeded(seed);
    const before = randomLines(random, 60);
    const [oldText, newText] = [before.join(''), edited(random, before).join('')];
    const result = applyHunks(textOfFile(bytesOf(oldText)), hunksBetween(oldText, newText));
    assert.equal(result.kind === 'applied' && result.text, newText, `seed ${seed}`);
    assert.ok(result.kind === 'applied' && result.places.every(({ offset }) => offset === 0));
  }
});

test('no diff of random texts is longer than the shortest', () => {
  for (let seed = 1; seed <= 200; seed++) {
    const random = seeded(seed);
    const before = randomLines(random, 25);
    const after = edited(random, edited(random, before));
    const common = equalRuns(before, after).reduce((sum, { count }) => sum + count, 0);
    assert.equal(common, longestCommon(before, after), `seed ${seed}`);
  }
});

test('texts that are far apart are still told by what they have in common', () => {
  const before = Array.from({ length: 9000 }, (_, i) => `before ${i}\n`);
  const after = Array.from({ length: 9000 }, (_, i) =>
    i % 3000 === 1500 ? `before ${i}\n` : `after ${i}\n`,
  );
  const runs = equalRuns(before, after);
  assert.deepEqual(
    runs.map(({ oldStart }) => oldStart),
    [1500, 4500, 7500],
  );
  assert.equal(differencesOf(before, after).length, 4);
  assert.deepEqual(equalRuns(['a\n', 'a\n'], []), []);
});

test('git apply makes the same of a written diff, and our reader reads it back', () => {
  const git = new TemporaryGit();
  for (let seed = 1; seed <= 60; seed++) {
    const random = seeded(seed);
    const before = randomLines(random, 40);
    const [oldText, newText] = [before.join(''), edited(random, before).join('')];
    if (oldText === newText) continue;
    const diff = writeDiff({ ...modified, oldText, newText });
    git.write('x.c', oldText);
    const { isFine, errors } = git.run(['apply', '--whitespace=nowarn'], diff);
    assert.ok(isFine, `seed ${seed}: ${errors}\n${diff}`);
    assert.equal(git.read('x.c'), newText, `seed ${seed}`);
    const { patches, problems } = readPatches(bytesOf(diff));
    assert.deepEqual(problems, []);
    assert.deepEqual(patches[0]?.problems, []);
    assert.equal(patches[0]?.changes[0]?.oldBlob, modified.oldBlob);
  }
  git[Symbol.dispose]();
});

test('a function that is added is shown from its first line to its last', () => {
  const oldText = 'a()\n{\n\tx;\n}\n\nc()\n{\n}\n';
  const newText = 'a()\n{\n\tx;\n}\n\nb()\n{\n\ty;\n}\n\nc()\n{\n}\n';
  const [hunk] = hunksBetween(oldText, newText);
  const added = hunk?.lines.filter(({ kind }) => kind === 'added').map(({ text }) => text);
  assert.deepEqual(added, ['b()', '{', '\ty;', '}', '']);
});

test('every kind of change and every name is read back as it was', () => {
  const path = 'drivers/ac me/"x"\tü\\.c';
  const blobs = { oldBlob: modified.oldBlob, newBlob: modified.newBlob };
  const texts = { oldText: 'a\nb\n', newText: 'a\nc\n' };
  const changes: readonly WrittenChange[] = [
    { ...modified, ...texts, oldPath: path, newPath: path },
    { ...modified, ...texts, kind: 'renamed', oldPath: path, newPath: 'with blank.c' },
    { ...modified, kind: 'renamed', oldBlob: blobs.oldBlob, newBlob: blobs.oldBlob, newPath: 'y.c' },
    { ...modified, kind: 'added', ...texts, oldText: '', oldBlob: undefined, oldMode: undefined },
    { ...modified, kind: 'deleted', ...texts, newText: '', newBlob: undefined, newMode: undefined },
    { ...modified, oldText: 'a\0', newText: 'b\0', newPath: 'z.c', oldPath: 'z.c' },
    {
      ...modified,
      kind: 'added',
      oldText: '',
      oldBlob: undefined,
      oldMode: undefined,
      newPath: 'e',
      oldPath: 'e',
    },
  ];
  for (const change of changes) {
    const read = readPatches(bytesOf(writeDiff(change)));
    const [found, ...others] = read.patches[0]?.changes ?? [];
    const errors = read.patches[0]?.problems.filter(({ severity }) => severity === 'error');
    assert.deepEqual([others.length, errors], [0, []], writeDiff(change));
    assert.equal(found?.kind, change.kind);
    assert.equal(found?.oldPath, change.oldPath);
    assert.equal(found?.newPath, change.newPath);
    assert.equal(found?.isBinary, change.oldText === 'a\0');
  }
});

function longestCommon(a: readonly string[], b: readonly string[]): number {
  let row = new Array<number>(b.length + 1).fill(0);
  for (const line of a) {
    const next = [0];
    for (const [j, other] of b.entries())
      next.push(line === other ? row[j]! + 1 : Math.max(row[j + 1]!, next[j]!));
    row = next;
  }
  return row[b.length]!;
}
