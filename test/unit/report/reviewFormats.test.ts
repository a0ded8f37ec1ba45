// reviewFormats.test.ts
// Formats for other programs: fields that they go by, and that a check can be told in them too.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import type { ReviewReport } from '../../../src/engine/reviewReport.ts';
import { b4ReviewFiles } from '../../../src/report/b4ReviewFiles.ts';
import { checkAsReview } from '../../../src/report/checkAsReview.ts';
import { reviewB4 } from '../../../src/report/reviewB4.ts';
import { reviewJson } from '../../../src/report/reviewJson.ts';
import { reviewLines } from '../../../src/report/reviewLines.ts';
import { reviewLockdep } from '../../../src/report/reviewLockdep.ts';
import { finding as checked, report as check } from '../../support/finding.ts';
import { reviewFixture, reviewSituations } from '../../support/reviewedFixture.ts';

const situation = (name: string): Promise<ReviewReport> => reviewFixture(reviewSituations[name]!);

interface B4Check {
  readonly tool: string;
  readonly status: string;
  readonly summary: string;
  readonly details: string;
}

const b4Of = (report: ReviewReport): B4Check => {
  const checks = JSON.parse(reviewB4(report)) as readonly B4Check[];
  assert.equal(checks.length, 1);
  return checks[0]!;
};

test('b4 gets pass, warn or fail', async () => {
  const cycle = await situation('cycle');
  assert.equal(b4Of(cycle).status, 'fail');
  assert.equal(b4Of(cycle).tool, 'holdwait');
  assert.equal(b4Of(cycle).summary, 'New: 1 cycle: acme.io_lock / acme.reset_work');
  const findings = cycle.findings.map((one) => ({ ...one, confidence: 'medium' as const }));
  assert.equal(b4Of({ ...cycle, findings }).status, 'warn');
  assert.equal(b4Of(await situation('transient')).status, 'warn');
  assert.equal(b4Of(await situation('nothing')).status, 'pass');
  assert.equal(b4Of(await situation('suppressed')).status, 'pass');
  const conflict = await situation('conflict');
  assert.equal(b4Of({ ...conflict, findings: [] }).status, 'fail');
});

test('review files quote every line of the diff, and nothing else begins with a quote', async () => {
  const report = await situation('rules');
  const file = b4ReviewFiles(report).find(({ name }) => name === '0001.txt');
  const quoted = file!.text.split('\n').filter((line) => line.startsWith('>'));
  const lines = report.patches[0]!.patch.changes.flatMap(({ hunks }) => hunks.flatMap((hunk) => hunk.lines));
  const changed = quoted.filter((line) => /^> (?:[-+ ]|$)/.test(line) || line === '>');
  assert.equal(changed.length, lines.length + '--- +++'.split(' ').length);
  assert.equal(quoted.filter((line) => line.startsWith('> @@ ')).length, 6);
  // Each comment stands right below the line that it is about.
  assert.match(file!.text, /\n> \+\tflush_work\(&ring->poll\);\n\nCan this wait forever\?/);
});

test('only patches that introduce something get a review file', async () => {
  const names = async (name: string): Promise<readonly string[]> =>
    b4ReviewFiles(await situation(name)).map((file) => file.name);
  assert.deepEqual(await names('cycle'), ['identity.txt', 'series.txt', '0002.txt']);
  assert.deepEqual(await names('nothing'), ['identity.txt', 'series.txt']);
});

test('JSON has the fields that are promised, and says what the patch adds', async () => {
  const answer = JSON.parse(reviewJson(await situation('cycle'))) as Record<string, unknown>;
  assert.equal(answer['format'], 'holdwait-report/1');
  const patches = answer['patches'] as readonly Record<string, unknown>[];
  const { index, subject, files, status } = patches[1]!;
  assert.deepEqual(
    { index, subject, files, status },
    {
      index: 2,
      subject: 'acme: no reset after suspend',
      files: ['drivers/net/acme/main.c'],
      status: 'applied',
    },
  );
  const [found] = answer['findings'] as readonly Record<string, unknown>[];
  assert.deepEqual([found!['status'], found!['introducedBy'], found!['goneBy']], ['introduced', 2, null]);
  const cycle = found!['cycle'] as readonly { steps: readonly { inPatch: boolean; line: number }[] }[];
  const inPatch = cycle.flatMap(({ steps }) => steps).filter((step) => step.inPatch);
  assert.deepEqual(
    inPatch.map(({ line }) => line),
    [37],
  );
});

test('a check is told in the order of lockdep too', () => {
  const report = checkAsReview(check);
  assert.match(
    reviewLockdep(report),
    /^=+\nSTATIC: possible circular locking dependency\ndrivers\/net\/acme\/main\.c in linux 6\.12\.117\n-+\nacme_suspend\(\) waits for:\n/,
  );
  assert.equal(reviewLockdep({ ...report, findings: [] }), 'Nothing found.\n');
  const low = checkAsReview({ ...check, findings: [{ ...checked, confidence: 'low' }] });
  assert.equal(reviewLockdep(low), '1 finding, of low confidence.\n');
  assert.match(reviewLockdep(low, { tellsAll: true }), /^=+\n/);
  assert.match(reviewLines(report), /^drivers\/net\/acme\/main\.c:20 acme_stop\(\) warn: /);
});
