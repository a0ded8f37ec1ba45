// columns.ts
// Places in facts count bytes, editors count UTF-16 units. The two differ only on lines that hold other letters than
// ASCII, so a line is decoded only as far as it must be.

import { columnOf, lineOf, positionAt } from '../base/position.ts';
import type { Position } from '../base/position.ts';

export interface EditorPosition {
  /** 0-based. */
  readonly line: number;
  /** 0-based, in UTF-16 units. */
  readonly character: number;
}

const lineFeed = 10;

/** The bytes of one file, for turning many places of it into editor positions. */
export class ColumnConverter {
  readonly #bytes: Uint8Array;
  readonly #lineStarts: Uint32Array;
  // Bytes that are no UTF-8 become one replacement character each, which is also what editors show for them.
  readonly #decoder = new TextDecoder('utf-8');
  readonly #encoder = new TextEncoder();

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#lineStarts = findLineStarts(bytes);
  }

  toEditor(position: Position): EditorPosition {
    const line = lineOf(position) - 1;
    const start = this.#lineStarts[line];
    if (start === undefined) return { line, character: columnOf(position) };
    const end = Math.min(start + columnOf(position), this.#bytes.length);
    const before = this.#bytes.subarray(start, end);
    const isAscii = before.every((byte) => byte < 128);
    return { line, character: isAscii ? before.length : this.#decoder.decode(before).length };
  }

  fromEditor({ line, character }: EditorPosition): Position {
    const start = this.#lineStarts[line] ?? this.#bytes.length;
    const text = this.#decoder.decode(this.#bytes.subarray(start, this.#lineStarts[line + 1]));
    return positionAt(line + 1, this.#encoder.encode(text.slice(0, character)).length);
  }
}

/** Where the text of the file is not at hand: right wherever the line is ASCII up to the place. */
export const assumeAscii = (position: Position): EditorPosition => ({
  line: lineOf(position) - 1,
  character: columnOf(position),
});

function findLineStarts(bytes: Uint8Array): Uint32Array {
  const starts = [0];
  for (let at = bytes.indexOf(lineFeed); at >= 0; at = bytes.indexOf(lineFeed, at + 1)) starts.push(at + 1);
  return Uint32Array.from(starts);
}
