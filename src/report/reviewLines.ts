// reviewLines.ts
// `--format lines` of `review`: a line for each new finding, in the manner of other checkers. Nothing where there is none.

import type { ReviewReport } from '../engine/reviewReport.ts';
import { oneLine } from './findingText.ts';
import { courseWords, filesOf, isChangedFor } from './reviewed.ts';
import { toldFindings } from './toldFindings.ts';
import type { TellOptions } from './toldFindings.ts';

/** `file:line function() warn: title [rule, confidence] (introduced by 2/5)`; of a patch that stands alone without. */
export function reviewLines(report: ReviewReport, options: TellOptions = {}): string {
  const { patches } = report;
  const files = filesOf(report);
  const lines = toldFindings(report, options).map((finding) => {
    const isKnown = finding.status === 'introduced' && patches.length < 2;
    const course = isKnown ? '' : ` (${courseWords(finding, patches)})`;
    const suppressed = finding.suppression ? ` (suppressed as ${finding.suppression.status})` : '';
    return `${oneLine(finding, files, isChangedFor(finding, report))}${course}${suppressed}\n`;
  });
  return lines.join('');
}
