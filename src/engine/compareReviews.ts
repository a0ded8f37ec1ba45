// compareReviews.ts
// A new version of a series against the one before: which of the findings that the old one brought in are gone, which
// are still there, and which are new.

import type { ReviewedFinding } from '../review/reviewed.ts';
import type { ReviewReport } from './reviewReport.ts';

export interface ComparedReviews {
  readonly gone: readonly ReviewedFinding[];
  readonly stillThere: readonly ReviewedFinding[];
  readonly fresh: readonly ReviewedFinding[];
}

export function comparedReviews(before: ReviewReport, after: ReviewReport): ComparedReviews {
  const old = introducedBy(before);
  const now = introducedBy(after);
  const isIn = (findings: readonly ReviewedFinding[], { id }: ReviewedFinding): boolean =>
    findings.some((finding) => finding.id === id);
  return {
    gone: old.filter((finding) => !isIn(now, finding)),
    stillThere: now.filter((finding) => isIn(old, finding)),
    fresh: now.filter((finding) => !isIn(old, finding)),
  };
}

const introducedBy = ({ findings }: ReviewReport): readonly ReviewedFinding[] =>
  findings.filter(({ status }) => status === 'introduced');
