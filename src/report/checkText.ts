// checkText.ts
// The answer to a check for people: each finding told as a story, then how many there are, then what could not be
// looked at. `checkLines` has a line for each finding, in the manner of other checkers.

import type { CheckReport, ReportedFinding } from '../engine/checkReport.ts';
import { confidences } from '../waits/finding.ts';
import type { Confidence } from '../waits/finding.ts';
import { wrapped } from './columns.ts';
import { findingLines, oneLine } from './findingText.ts';
import { limitLines } from './limitsText.ts';
import { noPaint } from './paint.ts';
import type { Paint } from './paint.ts';
import type { StoryContext } from './story.ts';
import { counted } from './words.ts';

export interface CheckTextOptions {
  readonly paint?: Paint;
  /** Findings of low confidence are told in full too, and suppressed ones. */
  readonly tellsAll?: boolean;
}

export function checkText(report: CheckReport, options: CheckTextOptions = {}): string {
  const paint = options.paint ?? noPaint;
  const files = new Set(report.files);
  const context: StoryContext = { inScope: (path) => files.has(path), lines: report.lines, paint };
  const tellsAll = options.tellsAll === true;
  const open = report.findings.filter((finding) => !finding.suppression);
  const hidden = report.findings.filter((finding) => finding.suppression);
  const told = open.filter((finding) => tellsAll || finding.confidence !== 'low');
  const short = open.filter((finding) => !told.includes(finding));
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
    ...(tellsAll ? suppressedLines(hidden, told.length, context) : []),
    ...staleLines(report.staleSuppressions),
    '',
    summaryLine(open, hidden.length),
    ...limitLines(report),
  ];
  return ended(lines);
}

/** `file:line function() warn: title`. */
export function checkLines(report: CheckReport, { tellsAll = false }: CheckTextOptions = {}): string {
  const files = new Set(report.files);
  const told = report.findings.filter(({ suppression }) => tellsAll || !suppression);
  return ended(told.map((finding) => `${oneLine(finding, files)}${suppressedWords(finding)}`));
}

const suppressedWords = ({ suppression }: ReportedFinding): string =>
  suppression ? ` (suppressed as ${suppression.status}: ${suppression.reason})` : '';

function suppressedLines(
  findings: readonly ReportedFinding[],
  numbered: number,
  context: StoryContext,
): string[] {
  if (findings.length === 0) return [];
  return [
    '',
    'Suppressed:',
    ...findings.flatMap((finding, i) => [
      '',
      ...findingLines(finding, numbered + i + 1, context, `suppressed as ${finding.suppression?.status}`),
      ...wrapped(`Suppressed by ${whose(finding)}: ${finding.suppression?.reason}`, '  ', '    '),
    ]),
  ];
}

const whose = ({ suppression }: ReportedFinding): string =>
  suppression?.from === 'personal' ? 'you' : 'the team';

const staleLines = (stale: readonly string[]): string[] =>
  stale.length === 0
    ? []
    : [
        '',
        'Suppressions that fit nothing any more; holdwait suppress ID --remove takes one out:',
        ...stale.flatMap((text) => wrapped(text, '  ', '    ')),
      ];

function headLine({ kernel, scope, files, functions, reached }: CheckReport): string {
  const tree = kernel === '' ? '' : `linux ${kernel}, `;
  const about = scope.length === 0 ? 'the whole tree' : scope.join(', ');
  const more = reached > functions ? `, and ${counted(reached - functions, 'more')} that they reach` : '';
  return `${tree}${about}: ${counted(files.length, 'file')}, ${counted(functions, 'function')}${more}`;
}

function summaryLine(findings: readonly ReportedFinding[], hidden: number): string {
  const besides = hidden === 0 ? '' : `; ${hidden} suppressed`;
  if (findings.length === 0) return `Nothing found${besides}.`;
  const of = (confidence: Confidence): number =>
    findings.filter((finding) => finding.confidence === confidence).length;
  const parts = confidences.flatMap((confidence) =>
    of(confidence) === 0 ? [] : [`${of(confidence)} of ${confidence} confidence`],
  );
  return `${counted(findings.length, 'finding')}: ${parts.join(', ')}${besides}.`;
}

const ended = (lines: readonly string[]): string => lines.map((line) => `${line.trimEnd()}\n`).join('');
