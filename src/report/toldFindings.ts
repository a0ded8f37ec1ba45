// toldFindings.ts
// Which findings formats for people and for other tools tell: of a review what is new, of a check all that is there.

import type { ReviewReport } from '../engine/reviewReport.ts';
import type { ReviewedFinding } from '../review/reviewed.ts';
import { isNew } from './reviewed.ts';

export interface TellOptions {
  /** What was there before or has been suppressed is told too, and what is gone. */
  readonly tellsAll?: boolean;
}

export function toldFindings(
  { findings, patches }: ReviewReport,
  { tellsAll = false }: TellOptions = {},
): readonly ReviewedFinding[] {
  if (tellsAll) return findings;
  return patches.length === 0 ? findings.filter(({ suppression }) => !suppression) : findings.filter(isNew);
}
