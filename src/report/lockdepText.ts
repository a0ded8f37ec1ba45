// lockdepText.ts
// The inside of a splat: what is wanted, what is held, the chain from the one to the other, and a scenario.

import { lineOf } from '../base/position.ts';
import type { Hop } from '../effects/results.ts';
import { lockKinds } from '../effects/tables.ts';
import type { ReviewReport } from '../engine/reviewReport.ts';
import type { ReviewedFinding } from '../review/reviewed.ts';
import type { Edge } from '../waits/finding.ts';
import { stackLines } from './callStack.ts';
import { edgesFrom } from './question.ts';
import { filesOf, isChangedFor, linesOf } from './reviewed.ts';
import { scenarioLines } from './scenario.ts';
import { isInterrupted, isOwnWord, isReturn } from './steps.ts';
import { waitableWords } from './words.ts';

export function lockdepLines(finding: ReviewedFinding, report: ReviewReport, width: number): string[] {
  const isChanged = isChangedFor(finding, report);
  const edges = edgesFrom(finding, ({ path, at }) => isChanged(path, lineOf(at)));
  const files = filesOf(report);
  const inScope = (path: string): boolean => files.has(path);
  const scenario = scenarioLines(finding.rule, edges, {
    inScope,
    lines: linesOf(finding, report),
    indent: '  ',
    width,
  });
  return [
    ...headLines(finding, edges),
    '',
    ...chainLines(finding, edges, inScope),
    ...(edges.length < 2 ? [] : ['', ' Possible unsafe scenario:', '', ...scenario]),
  ];
}

function headLines({ rule }: ReviewedFinding, edges: readonly Edge[]): string[] {
  const [first, second] = edges;
  if (!first) return [];
  const last = first.steps.at(-1);
  switch (rule) {
    case 'lock-cycle':
    case 'wait-cycle':
      return [...wantLines(first), ...heldLines(first, 'but'), dependsWords(first)];
    case 'self-deadlock':
      return [...wantLines(first), ...heldLines(first, 'but')];
    case 'irq-deadlock':
      return isInterrupted(rule, first) && second
        ? [...wantLines(second), `but what it interrupts, ${first.root.fn}(), may hold it:`, takenAt(first)]
        : [...wantLines(first), ...heldLines(first, 'but'), dependsWords(first)];
    case 'sleep-in-atomic':
      return [
        `${first.root.fn}() may sleep:`,
        `  in ${last?.target ?? ''}, at ${last ? placeOf(last) : ''}`,
        ...heldLines(first, 'but'),
      ];
    case 'lock-leak':
      return leakLines(first);
  }
}

function wantLines({ root, wants, steps }: Edge): string[] {
  const last = steps.at(-1);
  const call = last === undefined || isOwnWord(last) ? '' : `${last.target} `;
  return [
    `${root.fn}() ${last?.action === 'wait' ? 'waits for' : 'is trying to acquire'}:`,
    `  ${waitableWords(wants)}${last ? `, at ${call}${placeOf(last)}` : ''}`,
  ];
}

function heldLines(edge: Edge, word: string): string[] {
  const { holds, origin } = edge;
  switch (origin) {
    case 'taken':
    case 'tried':
    case 'asserted':
      return [`${word} it already holds:`, takenAt(edge)];
    case 'caller':
      return [
        `${word} it ${holds.kind === 'cpu' ? 'runs in a' : 'is called with'}:`,
        `  ${waitableWords(holds)}`,
      ];
    case 'running':
      return [`${word} it runs as:`, `  ${waitableWords(holds)}`];
    case 'given':
      return [`${word} it was given:`, takenAt(edge)];
  }
}

function takenAt({ holds, steps, origin }: Edge): string {
  const taking = origin === 'given' ? steps.find(({ action }) => action === 'get') : steps[0];
  return `  ${waitableWords(holds)}${taking ? `, at ${placeOf(taking)}` : ''}`;
}

const dependsWords = ({ steps, wants }: Edge): string =>
  steps.at(-1)?.action === 'wait' && !lockKinds.has(wants.kind)
    ? 'which the awaited side needs.'
    : 'which already depends on it.';

function leakLines({ root, steps, holds }: Edge): string[] {
  const returns = steps.find(isReturn);
  const release = steps.find(({ action }) => action === 'release');
  const taking = steps[0];
  return [
    `${root.fn}() returns${returns ? ` at ${placeOf(returns)}` : ''} and leaves held:`,
    `  ${waitableWords(holds)}${taking ? `, at ${placeOf(taking)}` : ''}`,
    ...(release ? [`which another way out lets go, at ${placeOf(release)}.`] : []),
  ];
}

/** As lockdep does, the oldest dependency first; #0 is the one that closes the circle. */
function chainLines(
  { rule }: ReviewedFinding,
  edges: readonly Edge[],
  inScope: (path: string) => boolean,
): string[] {
  if (rule === 'lock-leak' || rule === 'sleep-in-atomic' || edges.length === 1)
    return ['call stack:', ...(edges[0] ? stackOf(rule, edges[0], inScope) : [])];
  const numbered = edges.map((edge, i) => {
    const what = rule === 'irq-deadlock' && isInterrupted(rule, edge) ? edge.holds : edge.wants;
    return [`-> #${i} ${waitableWords(what)}:`, ...stackOf(rule, edge, inScope)];
  });
  const title = edges.some((edge) => isInterrupted(rule, edge))
    ? 'the lock is taken'
    : 'the dependency chain';
  return [`${title}, in reverse order:`, '', ...numbered.toReversed().flat()];
}

function stackOf(rule: ReviewedFinding['rule'], edge: Edge, inScope: (path: string) => boolean): string[] {
  const end = rule === 'lock-leak' ? edge.steps.findIndex(isReturn) + 1 : 0;
  const steps = end > 0 ? edge.steps.slice(0, end) : edge.steps;
  return stackLines(steps, inScope).map((line) => `     ${line}`);
}

const placeOf = ({ path, at }: Hop): string => `${path}:${lineOf(at)}`;
