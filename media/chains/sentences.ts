// sentences.ts
// What the page says in words around the list.

import type { ChainRow, FunctionChains } from '../../src/server/protocol.ts';
import { fileName } from '../shared/paths.ts';
import { wordsFor } from './words.ts';

export function emptySentence({ name, unresolved }: FunctionChains): string {
  const nothing = `${name}() takes no lock, waits for nothing and calls no function that does`;
  return unresolved.length === 0 ? `${nothing}.` : `${nothing}, as far as its calls could be followed.`;
}

export const partialSentence =
  'The tree is still being read; calls into other folders are followed as soon as their names are known.';

export function unresolvedSentence(count: number): string {
  return count === 1
    ? 'One call could not be followed; what it takes or waits for is not in this list:'
    : `${count} calls could not be followed; what they take or wait for is not in this list:`;
}

/** A row as a screen reader says it. */
export function spokenRow(row: ChainRow): string {
  const place = `line ${row.line + 1} of ${fileName(row.path)}`;
  switch (row.kind) {
    case 'operation':
      return `${wordsFor(row.effect).verb} ${row.object}, ${row.objectKind}, ${row.primitive}, ${place}`;
    case 'call':
      return `calls ${row.callee}, ${place}`;
  }
}
