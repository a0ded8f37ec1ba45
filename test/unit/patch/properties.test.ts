// What must hold for every text and every change of it: applying makes the new text, the reverse takes it back, and no
// form of mail changes what is read.

import assert from 'node:assert/strict';
import test from 'node:test';
import type { FileChange } from '../../../src/patch/change.ts';
import { hunkHeader } from '../../../src/patch/hunkHeader.ts';
import { reversedChanges } from '../../../src/patch/reverse.ts';
import { edited, pick, randomLines, seeded, unifiedDiff } from '../../support/unifiedDiff.ts';
import type { Random } from '../../support/unifiedDiff.ts';
import { applied, changesIn, read } from './support.ts';
import type { Tree } from './support.ts';

interface Edit {
  readonly before: Tree;
  readonly after: Tree;
  /** One diff for each file. */
  readonly diffs: readonly string[];
}

test('applying a diff makes the new text, and undoing it the old one', async () => {
  for (let seed = 1; seed <= 400; seed++) {
    const random = seeded(seed);
    const { before, after, diffs } = randomEdit(random, 3);
    const changes = changesIn(diffs.join(''));
    const forth = await applied(changes, before);
    assert.deepEqual(forth, { tree: after, refused: [] }, `seed ${seed}`);
    assert.deepEqual(
      await applied(changes, after, { reverse: true }),
      { tree: before, refused: [] },
      `seed ${seed}`,
    );
    assert.deepEqual(
      await applied(reversedChanges(changes), after),
      { tree: before, refused: [] },
      `seed ${seed}`,
    );
    assert.deepEqual(reversedChanges(reversedChanges(changes)), changes, `seed ${seed}`);
    for (const { lines } of reversedChanges(changes).flatMap(({ hunks }) => hunks))
      assert.doesNotMatch(lines.map(({ kind }) => kind).join(' '), /added removed/, `seed ${seed}`);
  }
});

test('the order of files in a diff is of no importance', async () => {
  for (let seed = 1; seed <= 100; seed++) {
    const { before, after, diffs } = randomEdit(seeded(seed), 4);
    assert.deepEqual(await applied(changesIn(diffs.toReversed().join('')), before), {
      tree: after,
      refused: [],
    });
  }
});

test('every encoding of a mail holds the same patch', () => {
  for (let seed = 1; seed <= 150; seed++) {
    const random = seeded(seed);
    const { diffs } = randomEdit(random, 2);
    const expected = withoutLines(changesIn(diffs.join('')));
    const text = `Text before.\n---\n${diffs.join('')}-- \n2.39.2\n`;
    const [encoding, body] = pick(random, [
      ['8bit', text],
      [
        'base64',
        Buffer.from(text, 'latin1')
          .toString('base64')
          .replace(/.{1,72}/g, '$&\n'),
      ],
      ['quoted-printable', quotedPrintable(text)],
    ] as const);
    const mail = `From: a@b\nSubject: [PATCH] x\nContent-Transfer-Encoding: ${encoding}\n\n${body}\n`;
    // Where the encoding keeps carriage returns, those of the transport say nothing about those of the file.
    const sent = encoding !== '8bit' && random(2) === 0 ? mail.replaceAll('\n', '\r\n') : mail;
    assert.deepEqual(withoutLines(changesIn(sent)), expected, `seed ${seed}`);
  }
});

test('the header of a hunk is written as it was read', () => {
  for (let seed = 1; seed <= 100; seed++) {
    const text = randomEdit(seeded(seed), 1).diffs.join('');
    const hunks = changesIn(text).flatMap((change) => change.hunks);
    const lines = text.split('\n');
    for (const hunk of hunks) assert.equal(hunkHeader(hunk), lines[hunk.line - 1]);
  }
});

/** At least one file differs. */
function randomEdit(random: Random, most: number): Edit {
  const before: Record<string, string> = {};
  const after: Record<string, string> = {};
  const diffs: string[] = [];
  for (let i = 0; i < most || diffs.length === 0; i++) {
    const path = `dir/${i}.c`;
    const lines = randomLines(random);
    const changed = edited(random, lines);
    const diff = unifiedDiff(path, lines, changed, 1 + random(4));
    if (diff === '') continue;
    before[path] = lines.join('');
    after[path] = changed.join('');
    diffs.push(diff);
  }
  return { before, after, diffs };
}

const withoutLines = (changes: readonly FileChange[]): unknown =>
  changes.map((change) => ({
    ...change,
    line: 0,
    hunks: change.hunks.map((hunk) => ({ ...hunk, line: 0 })),
  }));

function quotedPrintable(text: string): string {
  const escaped = (letter: string): string =>
    `=${letter.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
  return text
    .split('\n')
    .map((line) => line.replace(/[=\r\x80-\xff]|[ \t]$/g, escaped).replace(/.{60}(?!$)(?<!=.?)/g, '$&=\n'))
    .join('\n');
}

test('an empty diff changes nothing', () => {
  assert.deepEqual(read('').patches, []);
});
