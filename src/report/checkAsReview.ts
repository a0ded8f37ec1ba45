// checkAsReview.ts
// A check is a review of no patch: formats that know reviews print checks too.

import type { CheckReport } from '../engine/checkReport.ts';
import type { ReviewReport } from '../engine/reviewReport.ts';

export function checkAsReview(report: CheckReport): ReviewReport {
  const { findings, lines } = report;
  return {
    ...report,
    base: { kind: 'tree', commit: undefined },
    cover: undefined,
    patches: [],
    problems: [],
    findings: findings.map((finding) => ({
      ...finding,
      introducedBy: undefined,
      goneBy: undefined,
      closedBy: [],
    })),
    changedChains: [],
    linesBefore: lines,
    linesWithin: new Map(),
    fixesLines: new Map(),
    isAdded: () => false,
    isRemoved: () => false,
    texts: [],
  };
}
