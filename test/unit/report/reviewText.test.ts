// reviewText.test.ts
// A review as people read it: the base, what did not apply, what is told by default and what with --all.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import type { Base, ReviewReport } from '../../../src/engine/reviewReport.ts';
import { answerWords, baseWords, courseWords } from '../../../src/report/reviewed.ts';
import { terminalPaint } from '../../../src/report/paint.ts';
import { reviewLines } from '../../../src/report/reviewLines.ts';
import { reviewText } from '../../../src/report/reviewText.ts';
import type { ReviewedFinding } from '../../../src/review/reviewed.ts';
import { reviewFixture, reviewSituations } from '../../support/reviewedFixture.ts';

const cycle = await reviewFixture(reviewSituations['cycle']!);
const conflict = await reviewFixture(reviewSituations['conflict']!);
const finding = cycle.findings[0]!;

const withFinding = (over: Partial<ReviewedFinding>): ReviewReport => ({
  ...cycle,
  findings: [{ ...finding, ...over }],
});

test('the base is told, and where it comes from', () => {
  const commit = '0123456789abcdef0123456789abcdef01234567';
  const told = (base: Base): string => baseWords(base, '6.12.117');
  assert.equal(told({ kind: 'tree', commit: undefined }), 'linux 6.12.117, the tree as it is');
  assert.equal(
    told({ kind: 'tree', commit }),
    'linux 6.12.117, the tree as it is (0123456789ab is checked out)',
  );
  assert.equal(told({ kind: 'commit', commit, from: 'range' }), 'linux 6.12.117, commit 0123456789ab');
  assert.match(
    told({ kind: 'commit', commit, from: 'base-commit' }),
    /0123456789ab \(named by the series\)$/,
  );
  assert.match(
    told({ kind: 'commit', commit, from: 'blobs' }),
    /\(it has the contents that the patches name\)$/,
  );
});

test('what does not apply is shown with both lines, and is part of the answer', () => {
  const text = reviewText(conflict);
  assert.match(
    text,
    /\n {2}patch 3\/5 does not apply to linux 6\.12\.117 at drivers\/net\/acme\/main\.c:26: /,
  );
  assert.match(text, /\n {4}the patch has: \tacme->is_up = true;\n {4}the tree has: {2}\tWRITE_ONCE/);
  assert.match(text, /\n1 cycle introduced by 2\/5; 3\/5 does not apply\.\n$/);
  const nothing = { ...conflict, findings: [] };
  assert.equal(answerWords(nothing), 'Nothing introduced before 3/5: 3/5 does not apply');
  const [, , failed] = conflict.patches;
  const alone = { ...nothing, patches: [failed!], files: [], functions: 0 };
  assert.equal(answerWords(alone), 'Not reviewed: the patch does not apply');
  assert.match(reviewText(alone), /\nNothing was looked at\.\n/);
  const skipped = [{ path: 'drivers/net/acme/table.c', reason: 'larger than 8 MB' }];
  const unread = reviewText({ ...alone, skipped, patches: conflict.patches.slice(0, 1) });
  assert.match(unread, /\nNothing was looked at\.\n/);
  assert.match(unread, /\nNot reviewed: drivers\/net\/acme\/table\.c could not be read\.\n$/);
  assert.match(unread, /Not read:\s+drivers\/net\/acme\/table\.c: larger than 8 MB/);
});

test('findings that were there before are counted, and told with --all', () => {
  const report = withFinding({ status: 'existing', introducedBy: undefined });
  assert.match(reviewText(report), /\nThere before, and still: 1; --all tells\.\n/);
  assert.doesNotMatch(reviewText(report), /acme_reset_work/);
  const all = reviewText(report, { tellsAll: true });
  assert.match(all, /\nThere before, and still:\n\n1\. acme_suspend\(\) holds/);
  assert.match(all, /\nNothing introduced\.\n$/);
});

test('low confidence is one line, and a story with --all', () => {
  const report = withFinding({ confidence: 'low' });
  assert.match(
    reviewText(report),
    /\nIntroduced, of low confidence; --all tells these in full:\n {2}drivers/,
  );
  assert.match(reviewText(report, { tellsAll: true }), /\n1\. acme_suspend/);
});

test('the course of a finding', () => {
  const course = (over: Partial<ReviewedFinding>): string =>
    courseWords({ ...finding, introducedBy: undefined, ...over }, cycle.patches);
  assert.equal(course({ introducedBy: 2 }), 'introduced by 2/5');
  assert.equal(course({ status: 'fixed', introducedBy: 2, goneBy: 4 }), 'introduced by 2/5, gone by 4/5');
  assert.equal(course({ status: 'fixed', goneBy: 4 }), 'fixed by 4/5');
  assert.equal(course({ status: 'existing' }), 'existing');
});

test('nothing of a patch or a tree moves the cursor of a terminal', () => {
  const evil = 'up\u001b[2J\u202e\r\nnew';
  const patches = conflict.patches.map((result) => ({
    ...result,
    patch: { ...result.patch, subject: evil, problems: [{ severity: 'note' as const, line: 3, text: evil }] },
    conflicts: result.conflicts.map((one) => ({ ...one, expected: evil, found: evil, text: evil })),
    notes: [evil],
  }));
  const problems = [{ severity: 'note' as const, line: 0, text: evil }];
  const suppressed = { status: 'known' as const, reason: evil, from: 'team' as const };
  const report: ReviewReport = {
    ...conflict,
    cover: evil,
    patches,
    problems,
    staleSuppressions: [evil],
    findings: [finding, { ...finding, suppression: suppressed }],
    lines: () => `cancel_work_sync(${evil})`,
  };
  for (const tellsAll of [false, true]) {
    const text = reviewText(report, { tellsAll });
    for (const wrong of ['\u001b', '\u202e', '\r', '\nnew'])
      assert.ok(!text.includes(wrong), JSON.stringify(wrong));
  }
});

test('colour changes no letter', () => {
  const painted = reviewText(cycle, { paint: terminalPaint });
  assert.notEqual(painted, reviewText(cycle));
  assert.equal(unpainted(painted), reviewText(cycle));
});

test('100 columns, or a little more', async () => {
  for (const fixture of Object.values(reviewSituations)) {
    const text = reviewText(await reviewFixture(fixture), { tellsAll: true });
    assert.deepEqual(
      text.split('\n').filter((line) => line.length > 112),
      [],
    );
  }
});

test('a line for each finding stands where the patch does it', async () => {
  const threads = await reviewFixture(reviewSituations['threads']!);
  assert.match(
    reviewLines(threads),
    /^drivers\/net\/acme\/config\.c:39 acme_forget\(\) warn: .* \[lock-cycle, high\]\n$/,
  );
  assert.match(reviewLines(cycle), / \(introduced by 2\/5\)\n$/);
  const fixed = await reviewFixture(reviewSituations['fixed']!);
  assert.equal(reviewLines(fixed), '');
  assert.match(reviewLines(fixed, { tellsAll: true }), / \(fixed by the patch\)\n$/);
});

/** Without what terminalPaint puts around words. */
const unpainted = (text: string): string =>
  text
    .split('\u001b[')
    .map((part, i) => (i === 0 ? part : part.slice(part.indexOf('m') + 1)))
    .join('');
