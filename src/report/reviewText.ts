// reviewText.ts
// The answer to a review for people: what was applied to what, each new finding as a story, then in short what is
// fixed, what was there before and what changes besides. The last line is the answer in one sentence.

import { lineOf } from '../base/position.ts';
import type { ChangedChain, ReviewReport } from '../engine/reviewReport.ts';
import { isOfTheTreeBefore, isTransient } from '../review/reviewed.ts';
import type { ReviewedFinding } from '../review/reviewed.ts';
import { wrapped } from './columns.ts';
import { findingLines, oneLine } from './findingText.ts';
import { limitLines } from './limitsText.ts';
import { noPaint } from './paint.ts';
import type { Paint } from './paint.ts';
import { printable } from './printable.ts';
import { answerWords, courseWords, filesOf, isChangedFor, isNew, linesOf } from './reviewed.ts';
import { headLines } from './reviewHead.ts';
import type { StoryContext } from './story.ts';
import { counted } from './words.ts';

export interface ReviewTextOptions {
  readonly paint?: Paint;
  /** What was there before is told too, and findings of low confidence in full. */
  readonly tellsAll?: boolean;
}

export function reviewText(report: ReviewReport, options: ReviewTextOptions = {}): string {
  const paint = options.paint ?? noPaint;
  const tellsAll = options.tellsAll === true;
  const fresh = report.findings.filter(isNew);
  const told = fresh.filter(({ confidence }) => tellsAll || confidence !== 'low');
  const short = fresh.filter((finding) => !told.includes(finding));
  const limits = limitLines(report);
  const lines = [
    ...headLines(report),
    ...told.flatMap((finding, i) => ['', ...storyOf(finding, i + 1, report, paint)]),
    ...listOf('Introduced, of low confidence; --all tells these in full:', short, report),
    ...otherFindings(report, tellsAll, told.length, paint),
    ...chainLines(report.changedChains),
    ...staleLines(report.staleSuppressions),
    ...(limits.length === 0 ? [] : ['', 'Limits:', ...limits]),
    '',
    ...wrapped(`${answerWords(report)}.`, '', '    ').map(paint.strong),
  ];
  return lines.map((line) => `${line.trimEnd()}\n`).join('');
}

function storyOf(finding: ReviewedFinding, number: number, report: ReviewReport, paint: Paint): string[] {
  const course = courseWords(finding, report.patches);
  return [
    ...findingLines(finding, number, contextOf(finding, report, paint), course),
    ...suppressionLines(finding),
    ...fixesLines(finding, report),
  ];
}

function contextOf(finding: ReviewedFinding, report: ReviewReport, paint: Paint): StoryContext {
  const files = filesOf(report);
  return {
    inScope: (path) => files.has(path),
    lines: linesOf(finding, report),
    paint,
    isChanged: isChangedFor(finding, report),
    sign: isOfTheTreeBefore(finding) ? '-' : '+',
  };
}

function suppressionLines({ suppression }: ReviewedFinding): string[] {
  if (!suppression) return [];
  const whose = suppression.from === 'team' ? 'the team' : 'you';
  return wrapped(
    `Suppressed by ${whose} as ${suppression.status}: ${printable(suppression.reason)}`,
    '  ',
    '    ',
  );
}

/** Each group of findings that are not news, with its heading. */
function otherFindings(report: ReviewReport, tellsAll: boolean, numbered: number, paint: Paint): string[] {
  const { findings } = report;
  const existing = findings.filter(({ status }) => status === 'existing');
  const groups: readonly (readonly [heading: string, findings: readonly ReviewedFinding[]])[] = [
    ['Within the series only:', findings.filter(isTransient)],
    ['Fixed:', findings.filter(isOfTheTreeBefore)],
    ['Suppressed:', findings.filter(({ status, suppression }) => status === 'introduced' && suppression)],
  ];
  if (!tellsAll) {
    const left =
      existing.length === 0 ? [] : ['', `There before, and still: ${existing.length}; --all tells.`];
    return [...groups.flatMap(([heading, group]) => listOf(heading, group, report)), ...left];
  }
  let number = numbered;
  return [...groups, ['There before, and still:', existing] as const].flatMap(([heading, group]) =>
    group.length === 0
      ? []
      : ['', heading, ...group.flatMap((finding) => ['', ...storyOf(finding, ++number, report, paint)])],
  );
}

function listOf(heading: string, findings: readonly ReviewedFinding[], report: ReviewReport): string[] {
  if (findings.length === 0) return [];
  const files = filesOf(report);
  return [
    '',
    heading,
    ...findings.flatMap((finding) => {
      const { status, suppression } = finding;
      const isByAPatch = status === 'fixed' || report.patches.length > 1;
      const course = isByAPatch ? ` (${courseWords(finding, report.patches)})` : '';
      const why = suppression ? ` (${suppression.status}: ${printable(suppression.reason)})` : '';
      const told = `${oneLine(finding, files, isChangedFor(finding, report))}${course}${why}`;
      return [...wrapped(told, '  ', '    '), ...fixesLines(finding, report)];
    }),
  ];
}

/** To be copied into the patch, so it is one line however long. */
function fixesLines({ id }: ReviewedFinding, report: ReviewReport): string[] {
  const line = report.fixesLines.get(id);
  return line === undefined ? [] : [`    ${printable(line)}`];
}

const mostChains = 12;

function chainLines(chains: readonly ChangedChain[]): string[] {
  if (chains.length === 0) return [];
  const more =
    chains.length > mostChains ? [`  and ${counted(chains.length - mostChains, 'more function')}`] : [];
  return [
    '',
    'Lock chains that change:',
    ...chains.slice(0, mostChains).flatMap(({ path, fn, at, added, removed }) => {
      const now = added.length === 0 ? [] : [`now ${added.join(', ')}`];
      const before = removed.length === 0 ? [] : [`no longer ${removed.join(', ')}`];
      return wrapped(`${path}:${lineOf(at)} ${fn}() ${[...now, ...before].join('; ')}`, '  ', '    ');
    }),
    ...more,
  ];
}

const staleLines = (stale: readonly string[]): string[] =>
  stale.length === 0
    ? []
    : [
        '',
        'Suppressions that fit nothing any more:',
        ...stale.flatMap((text) => wrapped(printable(text), '  ', '    ')),
      ];
