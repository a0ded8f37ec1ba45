// sketchTokens.ts
// The tokens of one file as the sketch reads them: small questions about one token, and how to get over a group.

import { capitalsFlag, keywordFlag } from '../syntax/words.ts';
import { directiveToken, nameToken, type Tokeniser } from '../syntax/tokens.ts';
import type { NameInText } from './sketchWriter.ts';

export const char = {
  amp: 38,
  open: 40,
  close: 41,
  star: 42,
  comma: 44,
  minus: 45,
  dot: 46,
  colon: 58,
  semicolon: 59,
  equals: 61,
  greater: 62,
  openBracket: 91,
  closeBracket: 93,
  openBrace: 123,
  closeBrace: 125,
} as const;

const newline = 0x0a;

export class SketchTokens {
  readonly bytes: Uint8Array;
  readonly count: number;
  readonly kind: Uint8Array;
  /** The byte of a punctuator. */
  readonly char: Uint8Array;
  readonly start: Uint32Array;
  readonly end: Uint32Array;
  readonly #tokeniser: Tokeniser;

  constructor(tokeniser: Tokeniser, bytes: Uint8Array) {
    this.#tokeniser = tokeniser;
    this.bytes = bytes;
    this.count = tokeniser.cut(bytes, bytes.length);
    this.kind = tokeniser.kind;
    this.char = tokeniser.char;
    this.start = tokeniser.start;
    this.end = tokeniser.end;
  }

  isName(token: number): boolean {
    return token < this.count && this.kind[token] === nameToken;
  }

  isDirective(token: number): boolean {
    return token < this.count && this.kind[token] === directiveToken;
  }

  /** The byte of a punctuator, or the sort of a directive, which no character of C is; 0 for all else and beyond the end. */
  punctuator(token: number): number {
    return token < this.count ? this.char[token]! : 0;
  }

  /** The bits of words.ts; 0 for anything but a name. */
  flags(token: number): number {
    if (!this.isName(token)) return 0;
    const name = this.nameId(token);
    return this.#tokeniser.names.flags[name]!;
  }

  /** A name that is neither a keyword nor written in capitals, as functions and variables are. */
  isOrdinaryName(token: number): boolean {
    return this.isName(token) && (this.flags(token) & (keywordFlag | capitalsFlag)) === 0;
  }

  /** The number of a name. Most names of a body are never asked for it. */
  nameId(token: number): number {
    return this.#tokeniser.nameOf(token);
  }

  nameAt(token: number): NameInText {
    return { id: this.nameId(token), start: this.start[token]!, end: this.end[token]! };
  }

  /** Where the word of a directive starts. */
  wordOf(directive: number): number {
    return this.#tokeniser.name[directive]!;
  }

  text(token: number): string {
    return this.#tokeniser.names.text(this.nameId(token));
  }

  isAtLineStart(token: number): boolean {
    if (token >= this.count) return true;
    const start = this.start[token]!;
    return start === 0 || this.bytes[start - 1] === newline;
  }

  /** `x->name`, `x.name`: the name is a member, whatever it is called. */
  isMember(token: number): boolean {
    const before = this.punctuator(token - 1);
    if (before === char.dot) return true;
    return before === char.greater && this.punctuator(token - 2) === char.minus;
  }

  /** `=` that is no half of `==`. */
  isAssignment(token: number): boolean {
    return this.punctuator(token) === char.equals && this.punctuator(token + 1) !== char.equals;
  }
}
