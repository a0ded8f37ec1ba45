// reviewRows.test.ts
// The rows of the Review view, from reviews as the server answers them.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  firstIntroduced,
  reviewHeading,
  reviewRows,
  rowsBelow,
  threadWords,
} from '../../../extension/reviewRows.ts';
import type { ReviewRow } from '../../../extension/reviewRows.ts';
import { reviewForTest } from '../../support/reviewForTest.ts';

/** Rows as text, each level two blanks further to the right. */
function drawn(rows: readonly ReviewRow[], indent = ''): readonly string[] {
  return rows.flatMap((row) => [`${indent}${textOf(row)}`, ...drawn(rowsBelow(row), `${indent}  `)]);
}

function textOf(row: ReviewRow): string {
  switch (row.kind) {
    case 'patch':
      return `${row.patch.name} ${row.patch.subject} [${row.patch.outcome}]`;
    case 'problem':
      return `${row.problem.severity}: ${row.problem.text}`;
    case 'note':
      return row.text;
    case 'group':
      return row.label;
    case 'finding':
      return `${row.finding.view.rule}: ${row.finding.view.course}`;
    case 'thread':
      return `${row.thread.fn}() ${threadWords(row.thread)}`;
    case 'step':
      return `${row.step.word} ${row.step.code}${row.step.isChanged ? ' +' : ''}`;
    case 'fold':
      return `through ${row.fold.through}`;
  }
}

test('patch by patch, what it brings in, and who does what', async () => {
  const review = await reviewForTest('cycle');
  const rows = drawn(reviewRows(review));
  assert.ok(
    rows.some((row) => /^2\/5 .*\[introduces 1 cycle\]$/.test(row)),
    rows.join('\n'),
  );
  const finding = rows.indexOf('  wait-cycle: introduced by 2/5');
  assert.ok(finding > 0, rows.join('\n'));
  assert.match(rows[finding + 1]!, /^ {4}\w+\(\) (?:holds|runs as) .* and (?:waits for|wants) /);
  assert.ok(
    rows.some((row) => / {6}(?:takes|waits for) .* \+$/.test(row)),
    'a line of the patch',
  );
  assert.equal(firstIntroduced(review)?.view.course, 'introduced by 2/5');
});

test('the heading says the answer, what was looked at, and the base', async () => {
  const heading = reviewHeading(await reviewForTest('cycle'));
  assert.match(
    heading,
    /1 cycle introduced by 2\/5\. Looked at \d+ files?, .*\. Base: linux 6\.12\.117, the tree as it is\.$/,
  );
});

test('a patch that does not apply says where, below its own row', async () => {
  const rows = drawn(reviewRows(await reviewForTest('conflict')));
  assert.ok(
    rows.some((row) => /^ {2}error: patch \d\/5 does not apply to .* at .*:\d+: /.test(row)),
    rows.join('\n'),
  );
});

test('what is suppressed is no news', async () => {
  const review = await reviewForTest('suppressed');
  assert.equal(firstIntroduced(review), undefined);
  assert.ok(drawn(reviewRows(review)).includes('Suppressed (1)'));
});

test('what a patch fixes stands below it', async () => {
  const rows = drawn(reviewRows(await reviewForTest('fixed')));
  assert.ok(
    rows.some((row) => / {2}[\w-]+: fixed by /.test(row)),
    rows.join('\n'),
  );
});
