// fileLines.ts
// The text of a file by its lines, compared with lines of hunks where it lies.

import type { ByteString, Hunk, HunkLine } from './change.ts';

export class FileLines {
  readonly text: ByteString;
  /** How many lines were compared so far: a search must end some time. */
  compared = 0;
  /** Where each line begins in the text, and where the last one ends. */
  readonly #starts: readonly number[];

  constructor(text: ByteString) {
    const starts = [0];
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
    if (starts.at(-1)! < text.length) starts.push(text.length);
    this.text = text;
    this.#starts = starts;
  }

  get count(): number {
    return this.#starts.length - 1;
  }

  /** Where line `index` begins; at the count of lines, where the text ends. */
  startOf(index: number): number {
    return this.#starts[index]!;
  }

  /** Without its end; `undefined` behind the last line. */
  line(index: number): ByteString | undefined {
    const start = this.#starts[index];
    const end = this.#starts[index + 1];
    if (start === undefined || end === undefined) return undefined;
    return this.text.slice(start, this.text.charCodeAt(end - 1) === newline ? end - 1 : end);
  }

  isAt(index: number, line: HunkLine): boolean {
    const start = this.#starts[index];
    const end = this.#starts[index + 1];
    if (start === undefined || end === undefined) return false;
    const hasNewline = this.text.charCodeAt(end - 1) === newline;
    if (hasNewline === line.endsWithoutNewline) return false;
    return end - start - (hasNewline ? 1 : 0) === line.text.length && this.text.startsWith(line.text, start);
  }

  areAt(index: number, lines: readonly HunkLine[]): boolean {
    let i = 0;
    while (i < lines.length && this.isAt(index + i, lines[i]!)) i++;
    this.compared += i + 1;
    return i === lines.length;
  }
}

export const oldLines = ({ lines }: Hunk): readonly HunkLine[] =>
  lines.filter(({ kind }) => kind !== 'added');

/** What stands there afterwards. */
export function newText({ lines }: Hunk): ByteString {
  const pieces: string[] = [];
  for (const { kind, text, endsWithoutNewline } of lines) {
    if (kind === 'removed') continue;
    pieces.push(text);
    if (!endsWithoutNewline) pieces.push('\n');
  }
  return pieces.join('');
}

const newline = 10;
