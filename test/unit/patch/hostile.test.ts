// Input that means harm, or that is only very large: an answer comes in seconds, and nothing is thrown.

import assert from 'node:assert/strict';
import test from 'node:test';
import { bytesOf } from '../../../src/patch/byteText.ts';
import type { PatchSeries } from '../../../src/patch/change.ts';
import { readPatches } from '../../../src/patch/readPatches.ts';
import { fuzzPatches } from '../../support/fuzzPatches.ts';
import { acmeMailbox, acmeMails } from './acmeSeries.ts';
import { applied, numberedLines } from './support.ts';

const secondsOf = (work: () => unknown): number => {
  const started = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(started);
  return (user + system) / 1e6;
};

test('damaged mails and diffs throw nothing and hang nowhere', async () => {
  const seeds = [acmeMailbox, ...Object.values(acmeMails)];
  const { rounds, failures } = await fuzzPatches({ seeds, firstSeed: 1, milliseconds: 2000 });
  assert.deepEqual(failures, []);
  assert.ok(rounds > 50, `${rounds} rounds`);
});

test('many hunks of one file are read and put in', async () => {
  const count = 30_000;
  const hunks = Array.from({ length: count }, (_, i) => {
    const at = 1 + i * 4;
    return `@@ -${at},3 +${at},3 @@\n line ${at}\n-line ${at + 1}\n+changed\n line ${at + 2}\n`;
  });
  const bytes = bytesOf(`--- a/x.c\n+++ b/x.c\n${hunks.join('')}`);
  const tree = { 'x.c': numberedLines(4 * count) };
  const started = process.cpuUsage();
  const [patch] = readPatches(bytes).patches;
  assert.equal(patch?.changes[0]?.hunks.length, count);
  const { tree: after, refused } = await applied(patch.changes, tree);
  assert.deepEqual(refused, []);
  assert.equal(after['x.c']?.split('changed').length, count + 1);
  const { user, system } = process.cpuUsage(started);
  assert.ok((user + system) / 1e6 < 10, `${(user + system) / 1e6} s`);
});

// Each is a megabyte or two of what would take minutes if its pairs were looked at.
const large: readonly (readonly [what: string, text: () => string])[] = [
  ['one long line', () => 'x'.repeat(2e6)],
  ['a long name', () => `diff --git "${'a/\\\\'.repeat(5e5)}`],
  ['a name of blanks', () => `diff --git ${' '.repeat(2e6)}`],
  ['a long header of a hunk', () => `--- a/x\n+++ b/x\n@@ -1 +1 @@ ${'x'.repeat(2e6)}\n-a\n+b\n`],
  ['empty lines', () => '\n'.repeat(3e5)],
  ['headers of diffs', () => '--- a/x\n+++ b/x\n'.repeat(7e4)],
  ['headers of hunks', () => `--- a/x\n+++ b/x\n${'@@ -1 +1 @@\n'.repeat(1e5)}`],
  ['headers of git', () => 'diff --git a/x b/x\n'.repeat(7e4)],
  ['a subject of brackets', () => `From: a@b\nSubject: ${'[ '.repeat(3e5)}\n\n`],
  ['a subject of replies', () => `From: a@b\nSubject: ${'Re: '.repeat(3e5)}\n\n`],
  ['a subject of encoded words', () => `From: a@b\nSubject: ${'=?utf-8?q?a?= '.repeat(1e5)}\n\n`],
  ['a folded field', () => `From: a@b\nSubject: ${'\n x'.repeat(5e5)}\n\n`],
  ['fields', () => `From: a@b\n${Array.from({ length: 1e5 }, (_, i) => `X-${i}: x`).join('\n')}\n\n`],
  [
    'first patches',
    () =>
      Array.from(
        { length: 8e3 },
        (_, i) =>
          `From a@b Mon Sep 17 00:00:00 2001\nFrom: a\nSubject: [PATCH v${i % 9} 1/2] ${i}\n\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n`,
      ).join(''),
  ],
  [
    'a series of millions',
    () => 'From: a@b\nSubject: [PATCH 1/999999] x\n\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n',
  ],
  [
    'nested parts',
    () =>
      Array.from(
        { length: 1000 },
        (_, i) => `Content-Type: multipart/mixed; boundary=b${i}\n\n--b${i}\n`,
      ).join(''),
  ],
  ['parts', () => `From: a@b\nContent-Type: multipart/mixed; boundary=b\n\n${'--b\n\ntext\n'.repeat(7e4)}`],
  ['base64', () => `From: a@b\nContent-Transfer-Encoding: base64\n\n${'QUFB\n'.repeat(3e5)}`],
  [
    'soft line breaks',
    () => `From: a@b\nContent-Transfer-Encoding: quoted-printable\n\n${'a=\n'.repeat(3e5)}`,
  ],
  ['base commits', () => `From: a@b\n\n${'base-commit: x\n'.repeat(1e5)}`],
  ['commits', () => 'commit 0123456789\nAuthor: a\n\n    x\n\n'.repeat(4e4)],
];

for (const [what, text] of large)
  test(`${what} without end`, () => {
    const bytes = bytesOf(text());
    let series: PatchSeries | undefined;
    const seconds = secondsOf(() => {
      series = readPatches(bytes);
    });
    assert.ok(series);
    assert.ok(seconds < 10, `${seconds} s`);
  });

test('a hunk that fits nowhere in a long file of equal lines is given up', async () => {
  const context = ' a\n'.repeat(2000);
  const hunk = `@@ -50000,4001 +50000,4001 @@\n${context}-b\n+c\n${context}`;
  const bytes = bytesOf(`--- a/x\n+++ b/x\n${hunk}`);
  const started = process.cpuUsage();
  const { refused } = await applied(readPatches(bytes).patches[0]!.changes, { x: 'a\n'.repeat(200_000) });
  const { user, system } = process.cpuUsage(started);
  assert.equal(refused.length, 1);
  assert.ok((user + system) / 1e6 < 10, `${(user + system) / 1e6} s`);
});
