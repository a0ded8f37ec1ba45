// lineIndex.ts
// From byte offsets to lines and columns. Readers move mostly forward, so the last line found is tried first.

import { positionAt } from '../base/position.ts';
import type { Position } from '../base/position.ts';

const newline = 10;

export class LineIndex {
  /** Offset of the first byte of each line. */
  readonly #starts: Uint32Array;
  readonly #count: number;
  #last = 0;

  constructor(bytes: Uint8Array) {
    let count = 1;
    for (let at = bytes.indexOf(newline); at >= 0; at = bytes.indexOf(newline, at + 1)) count++;
    const starts = new Uint32Array(count);
    let line = 1;
    for (let at = bytes.indexOf(newline); at >= 0; at = bytes.indexOf(newline, at + 1))
      starts[line++] = at + 1;
    this.#starts = starts;
    this.#count = count;
  }

  at(offset: number): Position {
    let row = this.#last;
    if (this.#starts[row]! > offset || offset - this.#starts[row]! > 400) row = this.#search(offset);
    while (row + 1 < this.#count && this.#starts[row + 1]! <= offset) row++;
    this.#last = row;
    return positionAt(row + 1, offset - this.#starts[row]!);
  }

  #search(offset: number): number {
    let low = 0;
    let high = this.#count - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#starts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
