// replyText.ts
// What one says on the list about one finding: the lines of the patch that matter, a question, who does what in order
// of time, where that stands, and what speaks against it. 78 columns, but for quoted lines.

import { lineOf } from '../base/position.ts';
import type { Hop } from '../effects/results.ts';
import type { PatchResult, ReviewReport } from '../engine/reviewReport.ts';
import type { ReviewedFinding } from '../review/reviewed.ts';
import type { Edge } from '../waits/finding.ts';
import { wrapped } from './columns.ts';
import { edgesFrom, questionText, reasonText } from './question.ts';
import { quoteFor } from './quotedHunk.ts';
import type { Quote } from './quotedHunk.ts';
import { filesOf, isChangedFor, linesOf, patchWords, shortBase } from './reviewed.ts';
import { scenarioLines } from './scenario.ts';
import { isOwnWord, isReturn } from './steps.ts';
import { enumerated } from './words.ts';

export const replyWidth = 78;

export interface Reply {
  readonly quote: Quote | undefined;
  /** What stands below the quote. */
  readonly lines: readonly string[];
  /** The same where another finding has been told below the same quote. */
  readonly shortly: readonly string[];
}

export function replyTo(finding: ReviewedFinding, { patch }: PatchResult, report: ReviewReport): Reply {
  const quote = quoteFor(finding, finding.closedBy, patch);
  const isChanged = isChangedFor(finding, report);
  const isQuoted = ({ path, at }: Hop): boolean => quote !== undefined && isChanged(path, lineOf(at));
  const edges = edgesFrom(finding, isQuoted);
  const files = filesOf(report);
  const scenario = scenarioLines(finding.rule, edges, {
    inScope: (path) => files.has(path),
    lines: linesOf(finding, report),
    indent: '    ',
    width: replyWidth,
  });
  const question = paragraph(questionText(finding, edges, isQuoted));
  const doubts = doubtLines(finding);
  return {
    quote,
    lines: [...question, '', ...scenario, '', ...placeLines(edges, report), ...doubts],
    shortly: [...paragraph(`And ${reasonText(finding, edges, isQuoted)}:`), '', ...scenario, ...doubts],
  };
}

const paragraph = (text: string): string[] => wrapped(text, '', '', replyWidth);

function placeLines(edges: readonly Edge[], { patches }: ReviewReport): string[] {
  const state = patches.length === 1 ? 'the patch' : 'the series';
  return [`With ${state} applied:`, '', ...placesText(edges)];
}

/** Where the steps stand that are more than a call: by file, in the order of the story. */
export function placesText(edges: readonly Edge[]): string[] {
  const steps = edges.flatMap((edge) => edge.steps).filter(isEvidence);
  const byFile = new Map<string, Map<string, Hop>>();
  for (const step of steps) {
    const known = byFile.get(step.path) ?? new Map<string, Hop>();
    byFile.set(step.path, known.set(`${step.at} ${step.target}`, step));
  }
  const width = Math.max(0, ...steps.map(({ at }) => String(lineOf(at)).length));
  return [...byFile].flatMap(([path, found]) => [
    `    ${path}`,
    ...[...found.values()].map(
      (step) => `      ${String(lineOf(step.at)).padStart(width)}  ${evidenceText(step)}`,
    ),
  ]);
}

const isEvidence = (step: Hop): boolean => step.action !== 'call' || isReturn(step);

function evidenceText(step: Hop): string {
  const { fn, target, via, action } = step;
  if (isReturn(step)) return `${fn}() returns with it`;
  if (action === 'release') return `${fn}() lets go of it`;
  const what = isOwnWord(step) ? 'waits' : `${target}()`;
  return via === undefined ? `${what} in ${fn}()` : `${what} via ${via}`;
}

/** Nothing where nothing speaks against it. */
function doubtLines({
  confidence,
  reasons,
  assumptions,
  unseenByLockdep,
  alsoFrom,
}: ReviewedFinding): string[] {
  const paragraphs = [
    ...(unseenByLockdep === undefined ? [] : [unseenByLockdep]),
    ...(alsoFrom.length === 0 ? [] : [`The same from ${namesOf(alsoFrom)}.`]),
    ...(confidence === 'high' ? [] : [`How sure: ${confidence}.  ${reasons.join('  ')}`]),
    ...(assumptions.length === 0 ? [] : [`Taken for granted: ${assumptions.join('  ')}`]),
  ];
  return paragraphs.flatMap((text) => ['', ...paragraph(text)]);
}

const mostNames = 4;

const namesOf = (names: readonly string[]): string =>
  names.length <= mostNames
    ? enumerated(names)
    : `${names.slice(0, mostNames).join(', ')} and ${names.length - mostNames} more`;

/** `Base: linux 6.12.117, patch 2/5 introduces it.` Once for all findings of a patch. */
export function baseLines(number: number, findings: number, report: ReviewReport): string[] {
  const name = patchWords(number, report.patches);
  const who = name === 'the patch' ? name : `patch ${name}`;
  const what = findings === 1 ? 'it' : findings === 2 ? 'both' : `all ${findings}`;
  return paragraph(`Base: ${shortBase(report.base, report.kernel)}, ${who} introduces ${what}.`);
}
