// reviewText.ts
// The answer to a review for people: what was applied to what, each new finding as a story, then in short what is
// fixed, what was there before and what changes besides. The last line is the answer in one sentence.

import { lineOf } from '../base/position.ts';
import type { ChangedChain, PatchResult, ReviewReport } from '../engine/reviewReport.ts';
import type { ReviewedFinding } from '../review/reviewed.ts';
import { wrapped } from './columns.ts';
import { findingLines, oneLine } from './findingText.ts';
import { limitLines } from './limitsText.ts';
import { noPaint } from './paint.ts';
import type { Paint } from './paint.ts';
import { answerWords, baseWords, courseWords, isNew, isOfTheTreeBefore, patchWords } from './reviewed.ts';
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
  const lines = [
    ...headLines(report),
    ...told.flatMap((finding, i) => ['', ...storyOf(finding, i + 1, report, paint)]),
    ...listOf('Introduced, of low confidence; --all tells these in full:', short, report),
    ...otherFindings(report, tellsAll, told.length, paint),
    ...chainLines(report.changedChains),
    ...staleLines(report.staleSuppressions),
    '',
    ...limitLines(report),
    paint.strong(`${answerWords(report)}.`),
  ];
  return lines.map((line) => `${line.trimEnd()}\n`).join('');
}

function headLines(report: ReviewReport): string[] {
  const { files, functions, reached, patches, problems } = report;
  const more = reached > functions ? `, and ${counted(reached - functions, 'more')} that they reach` : '';
  const looked =
    files.length === 0
      ? 'No code changes, so nothing was looked at.'
      : `Looked at ${counted(files.length, 'file')}, ${counted(functions, 'function')}${more}.`;
  return [
    ...patches.flatMap((result) => patchLines(result, report)),
    ...problems.flatMap(({ text }) => wrapped(`note: ${text}`, '  ', '    ')),
    `Base: ${baseWords(report.base, report.kernel)}. ${looked}`,
  ];
}

function patchLines(result: PatchResult, { patches, base, kernel }: ReviewReport): string[] {
  const { patch, status, conflicts, notes } = result;
  const name = patches.length === 1 ? '' : `${patchWords(patch.number, patches)} `;
  const subject =
    patch.subject === '' ? patch.changes.map(({ newPath }) => newPath).join(', ') : patch.subject;
  const state = status === 'applied' ? '' : status === 'empty' ? ' (changes no file)' : ' (not applied)';
  return [
    ...wrapped(`${name}${subject}${state}`, '', '    '),
    ...conflicts.flatMap((conflict) => [
      ...wrapped(
        `patch ${patchWords(patch.number, patches).replace('the patch', '').trim()} does not apply to ${baseWords(base, kernel)}: ${conflict.text}`.replace(
          'patch  does',
          'it does',
        ),
        '  ',
        '    ',
      ),
      ...(conflict.expected === undefined ? [] : [`    the patch has: ${conflict.expected}`]),
      ...(conflict.line === 0 ? [] : [`    the tree has:  ${conflict.found ?? '(the end of the file)'}`]),
    ]),
    ...patch.problems.flatMap(({ severity, line, text }) =>
      wrapped(`${severity}: ${line > 0 ? `line ${line}: ` : ''}${text}`, '  ', '    '),
    ),
    ...notes.flatMap((note) => wrapped(`note: ${note}`, '  ', '    ')),
  ];
}

function storyOf(finding: ReviewedFinding, number: number, report: ReviewReport, paint: Paint): string[] {
  return findingLines(
    finding,
    number,
    contextOf(finding, report, paint),
    courseWords(finding, report.patches),
  );
}

function contextOf(finding: ReviewedFinding, report: ReviewReport, paint: Paint): StoryContext {
  const files = new Set(report.files);
  const isBefore = isOfTheTreeBefore(finding);
  return {
    inScope: (path) => files.has(path),
    lines: isBefore ? report.linesBefore : report.lines,
    paint,
    isChanged: isBefore ? report.isRemoved : report.isAdded,
    sign: isBefore ? '-' : '+',
  };
}

function otherFindings(report: ReviewReport, tellsAll: boolean, numbered: number, paint: Paint): string[] {
  const fixed = report.findings.filter(({ status }) => status === 'fixed');
  const existing = report.findings.filter(({ status }) => status === 'existing');
  const hidden = report.findings.filter(({ status, suppression }) => status === 'introduced' && suppression);
  if (!tellsAll)
    return [...listOf('No longer there:', fixed, report), ...listOf('Suppressed:', hidden, report)];
  let number = numbered;
  const tell = (heading: string, findings: readonly ReviewedFinding[]): string[] =>
    findings.length === 0
      ? []
      : ['', heading, ...findings.flatMap((finding) => ['', ...storyOf(finding, ++number, report, paint)])];
  return [
    ...tell('No longer there:', fixed),
    ...tell('Suppressed:', hidden),
    ...tell('There before, and still:', existing),
  ];
}

function listOf(heading: string, findings: readonly ReviewedFinding[], report: ReviewReport): string[] {
  if (findings.length === 0) return [];
  const files = new Set(report.files);
  return [
    '',
    heading,
    ...findings.flatMap((finding) => {
      const course = finding.status === 'fixed' ? ` (${courseWords(finding, report.patches)})` : '';
      const why = finding.suppression
        ? ` (${finding.suppression.status}: ${finding.suppression.reason})`
        : '';
      return wrapped(`${oneLine(finding, files)}${course}${why}`, '  ', '    ');
    }),
  ];
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
    : ['', 'Suppressions that fit nothing any more:', ...stale.map((text) => `  ${text}`)];
