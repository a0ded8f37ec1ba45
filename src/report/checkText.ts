// checkText.ts
// The answer to a check for people: each finding told as a story, then how many there are, then what could not be
// looked at. `checkLines` has a line for each finding, in the manner of other checkers.

import type { CheckReport, ReportedFinding } from '../engine/checkReport.ts';
import { confidences } from '../waits/finding.ts';
import type { Confidence } from '../waits/finding.ts';
import { findingLines, oneLine } from './findingText.ts';
import { limitLines } from './limitsText.ts';
import { noPaint } from './paint.ts';
import type { Paint } from './paint.ts';
import type { StoryContext } from './story.ts';
import { counted } from './words.ts';

export interface CheckTextOptions {
  readonly paint?: Paint;
  /** Findings of low confidence are told in full too. */
  readonly tellsAll?: boolean;
}

export function checkText(report: CheckReport, options: CheckTextOptions = {}): string {
  const paint = options.paint ?? noPaint;
  const files = new Set(report.files);
  const context: StoryContext = { inScope: (path) => files.has(path), lines: report.lines, paint };
  const told = report.findings.filter((finding) => options.tellsAll === true || finding.confidence !== 'low');
  const short = report.findings.filter((finding) => !told.includes(finding));
  const lines = [
    headLine(report),
    ...told.flatMap((finding, i) => ['', ...findingLines(finding, i + 1, context)]),
    ...(short.length === 0
      ? []
      : [
          '',
          'Low confidence; --all tells these in full:',
          ...short.map((finding) => oneLine(finding, files)),
        ]),
    '',
    summaryLine(report.findings),
    ...limitLines(report),
  ];
  return ended(lines);
}

/** `file:line function() warn: title`. */
export function checkLines(report: CheckReport): string {
  const files = new Set(report.files);
  return ended(report.findings.map((finding) => oneLine(finding, files)));
}

function headLine({ kernel, scope, files, functions, reached }: CheckReport): string {
  const tree = kernel === '' ? '' : `linux ${kernel}, `;
  const about = scope.length === 0 ? 'the whole tree' : scope.join(', ');
  const more = reached > functions ? `, and ${counted(reached - functions, 'more')} that they reach` : '';
  return `${tree}${about}: ${counted(files.length, 'file')}, ${counted(functions, 'function')}${more}`;
}

function summaryLine(findings: readonly ReportedFinding[]): string {
  if (findings.length === 0) return 'Nothing found.';
  const of = (confidence: Confidence): number =>
    findings.filter((finding) => finding.confidence === confidence).length;
  const parts = confidences.flatMap((confidence) =>
    of(confidence) === 0 ? [] : [`${of(confidence)} of ${confidence} confidence`],
  );
  return `${counted(findings.length, 'finding')}: ${parts.join(', ')}.`;
}

const ended = (lines: readonly string[]): string => lines.map((line) => `${line.trimEnd()}\n`).join('');
