// tokens.ts
// Cuts C text into tokens, in typed arrays. Comments are skipped (their places are kept), a preprocessor line with
// its continuation lines is one token. Any bytes will do: what is no C becomes punctuators, an unterminated string
// ends with its line, an unterminated comment ends with the text.

import {
  afterBackslash,
  backslash,
  byteBlank,
  byteClass,
  byteDigit,
  byteLetter,
  doubleQuote,
  endOfComment,
  endOfNumber,
  endOfQuoted,
  hash,
  isComment,
  newline,
  singleQuote,
  slash,
  space,
  tab,
} from './bytes.ts';
import { ClassifiedNames, type ClassifyName } from './names.ts';
import { classifyName } from './words.ts';

export const nameToken = 0;
export const numberToken = 1;
export const stringToken = 2;
const characterToken = 3;
export const punctuatorToken = 4;
export const directiveToken = 5;

/** What `char` holds for a directive token. */
export const ifDirective = 1;
export const elifDirective = 2;
export const elseDirective = 3;
export const endifDirective = 4;
export const defineDirective = 5;
const otherDirective = 6;

/** One per thread; its arrays hold the tokens of the last text and are overwritten by the next `run`. */
export class Tokeniser {
  readonly names: ClassifiedNames;
  #kind = new Uint8Array(1 << 14);
  #char = new Uint8Array(1 << 14);
  #start = new Uint32Array(1 << 14);
  #end = new Uint32Array(1 << 14);
  #name = new Int32Array(1 << 14);
  #count = 0;
  #commentStart = new Uint32Array(1 << 10);
  #commentEnd = new Uint32Array(1 << 10);
  #commentCount = 0;
  #isAtLineStart = true;
  #bytes: Uint8Array = new Uint8Array(0);

  constructor(classify: ClassifyName = classifyName) {
    this.names = new ClassifiedNames(classify);
  }

  get count(): number {
    return this.#count;
  }

  /** `nameToken` .. `directiveToken`. */
  get kind(): Uint8Array {
    return this.#kind;
  }

  /** The byte of a punctuator (each is one byte: `->` is two tokens), the sort of a directive. */
  get char(): Uint8Array {
    return this.#char;
  }

  get start(): Uint32Array {
    return this.#start;
  }

  get end(): Uint32Array {
    return this.#end;
  }

  /** After `run`, the number of a name in `names`; for a directive, where its word starts (`ifdef` of `#  ifdef`). */
  get name(): Int32Array {
    return this.#name;
  }

  /** Comments in order, except those that run over several lines of a directive. */
  get commentCount(): number {
    return this.#commentCount;
  }

  get commentStart(): Uint32Array {
    return this.#commentStart;
  }

  get commentEnd(): Uint32Array {
    return this.#commentEnd;
  }

  /** Reads the first `length` bytes and gives the number of tokens. */
  run(bytes: Uint8Array, length: number): number {
    this.cut(bytes, length);
    for (let token = 0; token < this.#count; token++) if (this.#kind[token] === nameToken) this.nameOf(token);
    return this.#count;
  }

  /** The same without the numbers of names: for who asks `nameOf` for a few of them. */
  cut(bytes: Uint8Array, length: number): number {
    this.#bytes = bytes;
    this.#count = 0;
    this.#commentCount = 0;
    this.#isAtLineStart = true;
    let at = this.#read(bytes, 0, length);
    while (at < length) {
      this.#grow();
      at = this.#read(bytes, at, length);
    }
    return this.#count;
  }

  /** The number of this name, whatever `run` or `cut` read it. */
  nameOf(token: number): number {
    const known = this.#name[token]!;
    if (known >= 0) return known;
    return (this.#name[token] = this.names.intern(this.#bytes, this.#start[token]!, this.#end[token]!));
  }

  /**
   * Reads on until the text ends or the arrays are full, and gives the place after. All of a kernel's text goes through
   * here token by token; so what it needs at each is in variables, and one look at a byte says what begins there. Blanks
   * and names, of which there is most, are told before all else.
   */
  #read(bytes: Uint8Array, from: number, length: number): number {
    const kinds = this.#kind;
    const chars = this.#char;
    const starts = this.#start;
    const ends = this.#end;
    const names = this.#name;
    let isAtLineStart = this.#isAtLineStart;
    let token = this.#count;
    let at = from;
    while (at < length && token < kinds.length) {
      const start = at;
      const byte = bytes[at++]!;
      const begins = beginning[byte]!;
      if (begins === beginsNothing) {
        if (byte === newline) {
          isAtLineStart = true;
          while (at < length && bytes[at] === tab) at++;
        }
        continue;
      }
      if (begins === beginsName) {
        while (at < length && byteClass[bytes[at]!]! >= byteLetter) at++;
        kinds[token] = nameToken;
        chars[token] = 0;
        starts[token] = start;
        ends[token] = at;
        names[token] = -1;
        token++;
        isAtLineStart = false;
        continue;
      }
      let kind = punctuatorToken;
      let char = 0;
      let name = -1;
      switch (begins) {
        case beginsNumber:
          kind = numberToken;
          at = endOfNumber(bytes, start, length);
          break;
        case beginsQuoted:
          kind = byte === doubleQuote ? stringToken : characterToken;
          at = endOfQuoted(bytes, start, length);
          break;
        case mayBeginComment:
          if (isComment(bytes, start, length)) {
            at = endOfComment(bytes, start, length);
            this.#addComment(start, at);
            continue;
          }
          char = byte;
          break;
        case mayBeginDirective:
          if (isAtLineStart) {
            kind = directiveToken;
            name = afterBlanks(bytes, at, length);
            char = directiveOf(bytes, name, length);
            at = this.#endOfDirective(bytes, name, length, char === defineDirective);
            break;
          }
          char = byte;
          break;
        default:
          char = byte;
      }
      kinds[token] = kind;
      chars[token] = char;
      starts[token] = start;
      ends[token] = at;
      names[token] = name;
      token++;
      isAtLineStart = false;
    }
    this.#isAtLineStart = isAtLineStart;
    this.#count = token;
    return at;
  }

  /** Where the logical line ends: before the first newline that no backslash and no comment hides. */
  #endOfDirective(bytes: Uint8Array, start: number, length: number, hasStrings: boolean): number {
    let at = start;
    while (at < length) {
      const byte = bytes[at]!;
      if (isPlainInDirective[byte] === 1) {
        at++;
      } else if (byte === newline) {
        return at;
      } else if (byte === backslash) {
        at = afterBackslash(bytes, at);
      } else if (isComment(bytes, at, length)) {
        const end = endOfComment(bytes, at, length);
        if (!hasNewline(bytes, at, end)) this.#addComment(at, end);
        at = end;
      } else if (byte === doubleQuote && hasStrings) {
        at = endOfQuoted(bytes, at, length);
      } else {
        at++;
      }
    }
    return length;
  }

  #addComment(start: number, end: number): void {
    if (this.#commentCount === this.#commentStart.length) {
      this.#commentStart = grown(this.#commentStart, new Uint32Array(this.#commentCount * 2));
      this.#commentEnd = grown(this.#commentEnd, new Uint32Array(this.#commentCount * 2));
    }
    this.#commentStart[this.#commentCount] = start;
    this.#commentEnd[this.#commentCount] = end;
    this.#commentCount++;
  }

  #grow(): void {
    const size = this.#kind.length * 2;
    this.#kind = grown(this.#kind, new Uint8Array(size));
    this.#char = grown(this.#char, new Uint8Array(size));
    this.#start = grown(this.#start, new Uint32Array(size));
    this.#end = grown(this.#end, new Uint32Array(size));
    this.#name = grown(this.#name, new Int32Array(size));
  }
}

function grown<T extends Uint8Array | Uint32Array | Int32Array>(from: T, into: T): T {
  into.set(from);
  return into;
}

function hasNewline(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (bytes[at] === newline) return true;
  return false;
}

function afterBlanks(bytes: Uint8Array, start: number, length: number): number {
  let at = start;
  while (at < length && (bytes[at] === space || bytes[at] === tab)) at++;
  return at;
}

/** By the first letters, as `if`, `ifdef` and `ifndef` are one sort here. */
function directiveOf(bytes: Uint8Array, word: number, length: number): number {
  if (word + 1 >= length) return otherDirective;
  const letters = lettersOf(bytes[word]!, bytes[word + 1]!);
  if (letters === lettersOfDefine) return defineDirective;
  if (letters === lettersOfIf) return ifDirective;
  if (letters === lettersOfEndif) return endifDirective;
  if (letters !== lettersOfElse) return otherDirective;
  const third = bytes[word + 2];
  return third === letterI ? elifDirective : third === letterS ? elseDirective : otherDirective;
}

const lettersOf = (first: number, second: number): number => (first << 8) | second;
const letterI = 105;
const letterS = 115;
const lettersOfDefine = lettersOf(100, 101);
const lettersOfIf = lettersOf(letterI, 102);
const lettersOfEndif = lettersOf(101, 110);
/** `else` and `elif`. */
const lettersOfElse = lettersOf(101, 108);

const beginsPunctuator = 0;
const beginsNothing = 1;
const beginsName = 2;
const beginsNumber = 3;
const beginsQuoted = 4;
const mayBeginComment = 5;
const mayBeginDirective = 6;

/** By byte. A backslash before a line end joins lines; elsewhere it means nothing to us either. */
const beginning = byteClass.map((ofByte, byte) => {
  if (byte === doubleQuote || byte === singleQuote) return beginsQuoted;
  if (byte === slash) return mayBeginComment;
  if (byte === hash) return mayBeginDirective;
  if (ofByte === byteBlank || byte === backslash) return beginsNothing;
  return ofByte === byteLetter ? beginsName : ofByte === byteDigit ? beginsNumber : beginsPunctuator;
});

const isPlainInDirective = new Uint8Array(256)
  .fill(1)
  .map((_, byte) =>
    byte === newline || byte === backslash || byte === slash || byte === doubleQuote ? 0 : 1,
  );
