// againstText.ts
// What became of the findings of an earlier version of a series, for people.

import type { ComparedReviews } from '../engine/compareReviews.ts';
import type { ReviewedFinding } from '../review/reviewed.ts';
import { wrapped } from './columns.ts';

/** `name` is what the earlier version was called on the command line. */
export function againstText(name: string, { gone, stillThere, fresh }: ComparedReviews): string {
  const counts = `${gone.length} gone, ${stillThere.length} still there, ${fresh.length} new`;
  const lines = [
    '',
    `Against ${name}: ${counts}.`,
    ...told('gone', gone),
    ...told('still there', stillThere),
    ...told('new', fresh),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

const told = (word: string, findings: readonly ReviewedFinding[]): string[] =>
  findings.flatMap(({ title, id }) => wrapped(`${word}: ${title} (${id})`, '  ', '    '));
