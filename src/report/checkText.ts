// checkText.ts
// The answer to a check for people: each finding told as a story, then how many there are, then what could not be
// looked at. `checkLines` has a line for each finding, in the manner of other checkers.

import { lineOf } from '../base/position.ts';
import { lockKinds } from '../effects/tables.ts';
import type { CheckReport, ReportedFinding } from '../engine/checkReport.ts';
import { confidences } from '../waits/finding.ts';
import type { Confidence } from '../waits/finding.ts';
import { wrapped } from './columns.ts';
import { noPaint } from './paint.ts';
import type { Paint } from './paint.ts';
import { isReturn, storyLines } from './story.ts';
import type { StoryContext } from './story.ts';
import { waitableWords } from './words.ts';

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

function findingLines(finding: ReportedFinding, number: number, context: StoryContext): string[] {
  const { paint } = context;
  const [title = '', ...moreTitle] = wrapped(`${number}. ${finding.title}`, '', '   ');
  const confidence = `${finding.rule}, ${finding.confidence} confidence`;
  return [
    paint.strong(title),
    ...moreTitle.map(paint.strong),
    ...sentences(finding.reasons.length === 0 ? confidence : `${confidence}: ${finding.reasons.join(' ')}`),
    ...finding.edges.flatMap((edge) => [
      '',
      ...storyLines(finding.rule, edge, context),
      ...alsoHeld(edge).map((text) => `    ${paint.faint(text)}`),
    ]),
    ...tail(finding, paint),
  ];
}

/** What a reader has to know besides: each on lines of its own, and none that says nothing. */
function tail(finding: ReportedFinding, paint: Paint): string[] {
  const { assumptions, unseenByLockdep, alsoFrom, id } = finding;
  return [
    '',
    ...(alsoFrom.length === 0 ? [] : sentences(`Also from ${alsoFrom.join(', ')}.`)),
    ...assumptions.flatMap((text) => sentences(`Assumed: ${text}`)),
    ...(unseenByLockdep === undefined ? [] : sentences(unseenByLockdep)),
    `  ${paint.faint(`id ${id}`)}`,
  ];
}

const sentences = (text: string): string[] => wrapped(text, '  ', '    ');

/** Locks held at the end besides what makes the cycle. */
function alsoHeld({ held, holds, wants }: ReportedFinding['edges'][number]): string[] {
  const others = held
    .filter(({ key, kind }) => lockKinds.has(kind) && key !== holds.key && key !== wants.key)
    .map(waitableWords);
  return others.length === 0 ? [] : [`holding ${[...new Set(others)].join(', ')} too`];
}

/** At the last step of the first thread in the files that were asked for; where a lock is left behind, not let go. */
function oneLine({ edges, title, rule, confidence }: ReportedFinding, files: ReadonlySet<string>): string {
  const steps = edges[0]?.steps ?? [];
  const own = steps.filter(({ path }) => files.has(path));
  const place = steps.find(isReturn) ?? own.at(-1) ?? steps.at(-1) ?? edges[0]?.root;
  const where = place ? `${place.path}:${lineOf(place.at)} ${place.fn}() ` : '';
  return `${where}warn: ${title} [${rule}, ${confidence}]`;
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

const mostNames = 12;
const mostGivenUp = 8;

function limitLines({ unresolvedCalls, unresolved, givenUp, skipped }: CheckReport): string[] {
  const lines: string[] = [];
  if (unresolvedCalls > 0) {
    const names = unresolved
      .slice(0, mostNames)
      .map(({ name, count }) => (count > 1 ? `${name} (${count})` : name));
    const more =
      unresolved.length > mostNames ? ` and ${counted(unresolved.length - mostNames, 'other name')}` : '';
    lines.push(
      ...wrapped(`Not followed: ${counted(unresolvedCalls, 'call')}: ${names.join(', ')}${more}`, '  '),
    );
  }
  lines.push(
    ...listed(
      'Given up',
      givenUp.map(({ path, fn, reason }) => `${placed(path, fn)}${reason}`),
    ),
  );
  lines.push(
    ...listed(
      'Not read',
      skipped.map(({ path, reason }) => `${path}: ${reason}`),
    ),
  );
  return lines;
}

function placed(path: string, fn: string): string {
  if (path === '') return fn === '' ? '' : `${fn}: `;
  return fn === '' ? `${path}: ` : `${path} ${fn}(): `;
}

function listed(heading: string, items: readonly string[]): string[] {
  if (items.length === 0) return [];
  const more = items.length > mostGivenUp ? [`  and ${items.length - mostGivenUp} more`] : [];
  return [`${heading}:`, ...items.slice(0, mostGivenUp).map((item) => `  ${item}`), ...more];
}

/** `1 file`, `1,066 functions`. */
function counted(count: number, noun: string): string {
  const plural = noun === 'more' ? noun : `${noun}s`;
  return `${count.toLocaleString('en-US')} ${count === 1 ? noun : plural}`;
}

const ended = (lines: readonly string[]): string => lines.map((line) => `${line.trimEnd()}\n`).join('');
