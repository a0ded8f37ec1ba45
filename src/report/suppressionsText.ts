// suppressionsText.ts
// Lists of suppressions for people.

import type { SuppressionEntry } from '../review/suppressionList.ts';
import { wrapped } from './columns.ts';
import { counted } from './words.ts';

export interface ShownList {
  /** `the team's, in FILE`. */
  readonly name: string;
  readonly entries: readonly SuppressionEntry[];
}

export function suppressionsText(lists: readonly ShownList[]): string {
  const lines = lists.flatMap(({ name, entries }) => [
    `${counted(entries.length, 'suppression')} in ${name}`,
    ...entries.flatMap(entryLines),
  ]);
  return lines.map((line) => `${line}\n`).join('');
}

const entryLines = ({ id, status, reason, title, files = [] }: SuppressionEntry): string[] => [
  ...wrapped(`${id} ${status}: ${title ?? 'its title is not known'}`, '  ', '      '),
  ...wrapped(`because: ${reason}`, '      ', '        '),
  ...files.map((path) => `      ${path}`),
];

/** `0123456789ab (known) acme_suspend() holds ...`. */
export const suppressionLine = ({ id, status, title, files = [] }: SuppressionEntry): string =>
  `${id} (${status})${title === undefined ? '' : ` ${title}`}${files.length === 0 ? '' : `, in ${files.join(', ')}`}`;
