// findingMail.ts
// What one says on the list about a finding in code that is in the tree already: a question, who does what in order of
// time, and where that stands. 78 columns.

import type { Finding } from '../waits/finding.ts';
import { wrapped } from './columns.ts';
import type { RowContext } from './cycleRows.ts';
import { edgesFrom, questionText } from './question.ts';
import { placesText, replyWidth } from './replyText.ts';
import { scenarioLines } from './scenario.ts';

export function findingMail(
  finding: Finding,
  { inScope, lines }: Pick<RowContext, 'inScope' | 'lines'>,
): string {
  const nothingQuoted = (): boolean => false;
  const edges = edgesFrom(finding, nothingQuoted);
  const scenario = scenarioLines(finding.rule, edges, { inScope, lines, indent: '    ', width: replyWidth });
  const question = wrapped(questionText(finding, edges, nothingQuoted), '', '', replyWidth);
  const all = [...question, '', ...scenario, '', ...placesText(edges)];
  return all.map((line) => `${line.trimEnd()}\n`).join('');
}
