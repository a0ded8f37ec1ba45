// findingText.ts
// One finding for people: as a story with all that a reader has to know besides, or on one line in the manner of other
// checkers.

import { lineOf } from '../base/position.ts';
import type { Edge, Finding } from '../waits/finding.ts';
import { wrapped } from './columns.ts';
import { mainStep } from './mainStep.ts';
import type { Paint } from './paint.ts';
import { storyLines } from './story.ts';
import type { StoryContext } from './story.ts';
import { alsoHeld } from './threadWords.ts';

/** `about`: what stands behind rule and confidence, such as `introduced by 2/5`. */
export function findingLines(finding: Finding, number: number, context: StoryContext, about = ''): string[] {
  const { paint } = context;
  const [title = '', ...moreTitle] = wrapped(`${number}. ${finding.title}`, '', '   ');
  const confidence = `${finding.rule}, ${finding.confidence} confidence${about === '' ? '' : `, ${about}`}`;
  return [
    paint.strong(title),
    ...moreTitle.map(paint.strong),
    ...sentences(finding.reasons.length === 0 ? confidence : `${confidence}: ${finding.reasons.join(' ')}`),
    ...finding.edges.flatMap((edge) => [
      '',
      ...storyLines(finding.rule, edge, context),
      ...heldToo(edge).map((text) => `    ${paint.faint(text)}`),
    ]),
    ...tail(finding, paint),
  ];
}

/** What a reader has to know besides: each on lines of its own, and none that says nothing. */
function tail(finding: Finding, paint: Paint): string[] {
  const { assumptions, unseenByLockdep, alsoFrom, id } = finding;
  return [
    '',
    ...(alsoFrom.length === 0 ? [] : sentences(`Also from ${alsoFrom.join(', ')}.`)),
    ...assumptions.flatMap((text) => sentences(`Assumed: ${text}`)),
    ...(unseenByLockdep === undefined ? [] : sentences(unseenByLockdep)),
    `  ${paint.faint(`id ${id}`)}`,
  ];
}

function heldToo(edge: Edge): string[] {
  const others = alsoHeld(edge);
  return others.length === 0 ? [] : [`holding ${others.join(', ')} too`];
}

const sentences = (text: string): string[] => wrapped(text, '  ', '    ');

/** `file:line function() warn: title [rule, confidence]`, at the step that stands for all. */
export function oneLine(
  finding: Finding,
  files: ReadonlySet<string>,
  isChanged: (path: string, line: number) => boolean = () => false,
): string {
  const { title, rule, confidence, edges } = finding;
  const place = mainStep(finding, files, isChanged) ?? edges[0]?.root;
  const where = place ? `${place.path}:${lineOf(place.at)} ${place.fn}() ` : '';
  return `${where}warn: ${title} [${rule}, ${confidence}]`;
}
