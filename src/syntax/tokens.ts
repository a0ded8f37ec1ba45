// tokens.ts
// Cuts C text into tokens, in typed arrays. Comments are skipped (their places are kept), a preprocessor line with
// its continuation lines is one token. Any bytes will do: what is no C becomes punctuators, an unterminated string
// ends with its line, an unterminated comment ends with the text.

import { addToNameHash, finishNameHash, startNameHash } from '../base/nameTable.ts';
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
  space,
  tab,
} from './bytes.ts';
import { ClassifiedNames } from './names.ts';
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
  readonly names = new ClassifiedNames(classifyName);
  #kind = new Uint8Array(1 << 14);
  #char = new Uint8Array(1 << 14);
  #start = new Uint32Array(1 << 14);
  #end = new Uint32Array(1 << 14);
  #name = new Int32Array(1 << 14);
  #count = 0;
  #commentStart = new Uint32Array(1 << 10);
  #commentEnd = new Uint32Array(1 << 10);
  #commentCount = 0;

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

  /** The number of a name in `names`; for a directive, where its word starts (`ifdef` of `#  ifdef`). */
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
    this.#count = 0;
    this.#commentCount = 0;
    let atLineStart = true;
    let at = 0;
    while (at < length) {
      const byte = bytes[at]!;
      switch (byteClass[byte]!) {
        case byteBlank:
          if (byte === newline) atLineStart = true;
          at++;
          continue;
        case byteLetter:
          at = this.#readName(bytes, at, length);
          break;
        case byteDigit:
          at = this.#addPlain(numberToken, at, endOfNumber(bytes, at, length));
          break;
        default: {
          if (isComment(bytes, at, length)) {
            const end = endOfComment(bytes, at, length);
            this.#addComment(at, end);
            at = end;
            continue;
          }
          // A backslash before a line end joins lines; elsewhere it means nothing to us either.
          if (byte === backslash) {
            at++;
            continue;
          }
          if (byte === hash && atLineStart) {
            at = this.#readDirective(bytes, at, length);
            continue;
          }
          if (byte === doubleQuote) at = this.#addPlain(stringToken, at, endOfQuoted(bytes, at, length));
          else if (byte === singleQuote)
            at = this.#addPlain(characterToken, at, endOfQuoted(bytes, at, length));
          else at = this.#add(punctuatorToken, byte, at, at + 1, -1);
        }
      }
      atLineStart = false;
    }
    return this.#count;
  }

  #readName(bytes: Uint8Array, start: number, length: number): number {
    let nameHash = startNameHash(bytes[start]!);
    let at = start + 1;
    for (; at < length; at++) {
      const byte = bytes[at]!;
      if (byteClass[byte]! < byteLetter) break;
      nameHash = addToNameHash(nameHash, byte);
    }
    const name = this.names.intern(bytes, start, at, finishNameHash(nameHash));
    return this.#add(nameToken, 0, start, at, name);
  }

  #readDirective(bytes: Uint8Array, start: number, length: number): number {
    let word = start + 1;
    while (word < length && (bytes[word] === space || bytes[word] === tab)) word++;
    const directive = directiveOf(bytes, word, length);
    const end = this.#endOfDirective(bytes, word, length, directive === defineDirective);
    return this.#add(directiveToken, directive, start, end, word);
  }

  /** Where the logical line ends: before the first newline that no backslash and no comment hides. */
  #endOfDirective(bytes: Uint8Array, start: number, length: number, hasStrings: boolean): number {
    let at = start;
    while (at < length) {
      const byte = bytes[at];
      if (byte === newline) return at;
      if (byte === backslash) {
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

  #addPlain(kind: number, start: number, end: number): number {
    return this.#add(kind, 0, start, end, -1);
  }

  #add(kind: number, char: number, start: number, end: number, name: number): number {
    const token = this.#count;
    if (token === this.#kind.length) this.#grow();
    this.#kind[token] = kind;
    this.#char[token] = char;
    this.#start[token] = start;
    this.#end[token] = end;
    this.#name[token] = name;
    this.#count = token + 1;
    return end;
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
  const at = bytes.indexOf(newline, start);
  return at >= 0 && at < end;
}

/** By the first letters, as `if`, `ifdef` and `ifndef` are one sort here. */
function directiveOf(bytes: Uint8Array, word: number, length: number): number {
  if (word + 1 >= length) return otherDirective;
  const letters = String.fromCharCode(bytes[word]!, bytes[word + 1]!, bytes[word + 2] ?? 0);
  if (letters.startsWith('if')) return ifDirective;
  if (letters === 'eli') return elifDirective;
  if (letters === 'els') return elseDirective;
  if (letters.startsWith('en')) return endifDirective;
  return letters.startsWith('de') ? defineDirective : otherDirective;
}
