// columns.ts
// Lines of a chain: a word, what it is about, and at the end of each line the place, where terminals and editors can
// jump to it. Places stand in one column; a long name pushes only its own place to the right.

import type { Paint } from './paint.ts';

const widest = 100;
// So much wider may a text get to keep its places in one column.
const tolerance = 12;

/** What is left for word and object, with their margin, where the widest place is that wide. */
export const widthBeside = (placeWidth: number): number => widest + tolerance - placeWidth - 2;

export interface ChainLine {
  readonly depth: number;
  readonly word: string;
  readonly object: string;
  readonly place: string;
  readonly paintWord: (text: string) => string;
}

export function alignedLines(lines: readonly ChainLine[], paint: Paint): string[] {
  const wordWidth = Math.max(...lines.map((line) => line.word.length)) + 2;
  const leftOf = (line: ChainLine): number => 2 * line.depth + wordWidth + line.object.length;
  const placeWidth = Math.max(...lines.map((line) => line.place.length));
  const most = widthBeside(placeWidth);
  const column = Math.max(...lines.map(leftOf).filter((left) => left <= most), 0) + 2;
  return lines.map((line) => {
    const word = line.paintWord(line.word) + ' '.repeat(wordWidth - line.word.length);
    const text = `${'  '.repeat(line.depth)}${word}${line.object}`;
    return `${text}${' '.repeat(Math.max(column - leftOf(line), 2))}${paint.faint(line.place)}`;
  });
}

/** Whole words over as many lines as they need, the first one indented so, the others so. */
export function wrapped(text: string, first: string, others = first, width = widest): string[] {
  const lines: string[] = [];
  let line = first;
  let isNew = true;
  for (const word of text.split(' ')) {
    if (!isNew && line.length + 1 + word.length > width) {
      lines.push(line);
      line = others;
      isNew = true;
    }
    line += isNew ? word : ` ${word}`;
    isNew = false;
  }
  return [...lines, line];
}
