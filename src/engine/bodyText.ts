// bodyText.ts
// The braces and semicolons of one function, for telling to which statement a place in its text belongs.

import { positionAt } from '../base/position.ts';
import type { Position } from '../base/position.ts';
import { punctuatorToken, Tokeniser } from '../syntax/tokens.ts';

const openBrace = 123;
const closeBrace = 125;
const semicolon = 59;
const newline = 10;

// Its arrays hold the tokens of the last text only.
const tokeniser = new Tokeniser();

export class BodyText {
  /** In order: where `{`, `}` and `;` stand. */
  readonly #places: Position[] = [];
  readonly #chars: number[] = [];
  /** Of the lines that hold something else than blanks: the line, and the place of its first letter. */
  readonly #firsts = new Map<number, Position>();

  /** `bytes`: of the function alone, from the start of its first line. */
  constructor(bytes: Uint8Array, firstLine: number) {
    tokeniser.run(bytes, bytes.length);
    let line = firstLine;
    let lineStart = 0;
    for (let i = 0; i < tokeniser.count; i++) {
      const start = tokeniser.start[i]!;
      for (let at = bytes.indexOf(newline, lineStart); at >= 0 && at < start;) {
        line++;
        lineStart = at + 1;
        at = bytes.indexOf(newline, lineStart);
      }
      const place = positionAt(line, start - lineStart);
      if (!this.#firsts.has(line)) this.#firsts.set(line, place);
      const char = tokeniser.char[i]!;
      const isWanted = char === openBrace || char === closeBrace || char === semicolon;
      if (tokeniser.kind[i] !== punctuatorToken || !isWanted) continue;
      this.#places.push(place);
      this.#chars.push(char);
    }
  }

  /** `undefined`: nothing but blanks and comments. */
  firstOf(line: number): Position | undefined {
    return this.#firsts.get(line);
  }

  /** Whether a statement ends right before `to`, with nothing of another one between. */
  hasSemicolon(from: Position, to: Position): boolean {
    return this.#charsBetween(from, to).includes(semicolon);
  }

  /** Whether a block that is open at `from` is closed before `to`. */
  closesBlock(from: Position, to: Position): boolean {
    let depth = 0;
    for (const char of this.#charsBetween(from, to)) {
      if (char === openBrace) depth++;
      if (char === closeBrace && --depth < 0) return true;
    }
    return false;
  }

  #charsBetween(from: Position, to: Position): readonly number[] {
    return this.#chars.slice(this.#firstFrom(from), this.#firstFrom(to));
  }

  #firstFrom(place: Position): number {
    let low = 0;
    let high = this.#places.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#places[middle]! < place) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
