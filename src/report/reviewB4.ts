// reviewB4.ts
// `--format b4`: what b4 takes from an external check, b4.review-perpatch-check-cmd or b4.review-series-check-cmd: a list
// of objects { "tool", "status": "pass|warn|fail", "summary", "details" }. The command gets a mail on stdin and may end
// with any status as long as it prints this. (docs/maintainer/review.rst of b4 0.15, "CI check integration".)
//
// `fail`: something of high confidence is introduced, or a patch does not apply. `warn`: something of lower confidence,
// or something lives within the series only.

import type { ReviewReport } from '../engine/reviewReport.ts';
import { isTransient } from '../review/reviewed.ts';
import type { ReviewedFinding } from '../review/reviewed.ts';
import { answerWords, isNew } from './reviewed.ts';
import { reviewText } from './reviewText.ts';
import { ruleCounts } from './ruleCounts.ts';

export function reviewB4(report: ReviewReport): string {
  const checks = [
    {
      tool: 'holdwait',
      status: statusOf(report),
      summary: summaryOf(report),
      details: reviewText(report),
    },
  ];
  return `${JSON.stringify(checks, null, 2)}\n`;
}

function statusOf({ findings, patches }: ReviewReport): 'pass' | 'warn' | 'fail' {
  const fresh = findings.filter(isNew);
  const isSure = fresh.some(({ confidence }) => confidence === 'high');
  if (isSure || patches.some(({ status }) => status === 'failed')) return 'fail';
  return fresh.length > 0 || findings.some(isTransient) ? 'warn' : 'pass';
}

// A summary is one line in a table; the details tell all.
const mostNamed = 3;

/** `New: 1 cycle: acme.io_lock / acme.reset_work`. */
function summaryOf(report: ReviewReport): string {
  const fresh = report.findings.filter(isNew);
  const isWhole = report.patches.every(({ status }) => status !== 'failed');
  if (fresh.length === 0 || !isWhole) return answerWords(report);
  const named = fresh.slice(0, mostNamed).map(classesOf).join('; ');
  const more = fresh.length > mostNamed ? ` and ${fresh.length - mostNamed} more` : '';
  return `New: ${ruleCounts(fresh)}: ${named}${more}`;
}

const classesOf = ({ edges }: ReviewedFinding): string =>
  [...new Set(edges.map(({ holds }) => holds.name))].join(' / ');
