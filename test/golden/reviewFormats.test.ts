// reviewFormats.test.ts
// What `holdwait review` prints, in every format, beside the mailboxes that it is about. All kinds of findings in all
// formats; of the other situations those formats in which they differ.

import { join } from 'node:path';
import { test } from 'node:test';

import type { ReviewReport } from '../../src/engine/reviewReport.ts';
import { b4ReviewFiles } from '../../src/report/b4ReviewFiles.ts';
import { reviewB4 } from '../../src/report/reviewB4.ts';
import { reviewJson } from '../../src/report/reviewJson.ts';
import { reviewLines } from '../../src/report/reviewLines.ts';
import { reviewLockdep } from '../../src/report/reviewLockdep.ts';
import { reviewMail } from '../../src/report/reviewMail.ts';
import { reviewSarif } from '../../src/report/reviewSarif.ts';
import { reviewText } from '../../src/report/reviewText.ts';
import { checkGolden } from '../support/golden.ts';
import { reviewFixture, reviewSituations, reviewsFolder } from '../support/reviewedFixture.ts';

const formats: Readonly<Record<string, (report: ReviewReport) => string>> = {
  'text.txt': (report) => reviewText(report),
  'all.txt': (report) => reviewText(report, { tellsAll: true }),
  'mail.txt': (report) => reviewMail(report),
  'lockdep.txt': (report) => reviewLockdep(report),
  'lines.txt': (report) => reviewLines(report),
  'report.json': (report) => reviewJson(report),
  'report.sarif': (report) => reviewSarif(report, { version: '1.2.3' }),
  'b4.json': (report) => reviewB4(report),
  'b4-review.txt': (report) =>
    b4ReviewFiles(report)
      .map(({ name, text }) => `==> ${name} <==\n${text}`)
      .join('\n'),
};

const every = Object.keys(formats);
const wanted: Readonly<Record<string, readonly string[]>> = {
  cycle: every,
  rules: every,
  transient: ['text.txt', 'all.txt', 'mail.txt', 'lines.txt', 'b4.json', 'report.sarif'],
  fixed: ['text.txt', 'all.txt', 'mail.txt', 'report.sarif'],
  nothing: ['text.txt', 'mail.txt', 'lockdep.txt', 'lines.txt', 'b4.json', 'b4-review.txt'],
  conflict: ['text.txt', 'mail.txt', 'report.json', 'report.sarif', 'b4.json'],
  suppressed: ['text.txt', 'all.txt', 'mail.txt', 'lines.txt', 'report.sarif', 'b4.json'],
  threads: ['text.txt', 'mail.txt', 'lockdep.txt', 'lines.txt'],
  handler: ['text.txt', 'mail.txt', 'lockdep.txt', 'b4-review.txt'],
};

for (const [situation, fixture] of Object.entries(reviewSituations)) {
  const report = await reviewFixture(fixture);
  for (const name of wanted[situation] ?? []) {
    test(`${situation}: ${name}`, () => {
      checkGolden(join(reviewsFolder, situation, name), formats[name]!(report));
    });
  }
}
