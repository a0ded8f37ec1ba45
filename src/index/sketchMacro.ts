// sketchMacro.ts
// The part of a sketch that a `#define` gives: its name, what its body calls, which fields it fills.
// A directive is one token, so its body is cut into names here.

import {
  backslash,
  byteBlank,
  byteClass,
  byteDigit,
  byteLetter,
  closeParenthesis,
  doubleQuote,
  equals,
  hash,
  openParenthesis,
  singleQuote,
  slash,
  star,
} from '../syntax/bytes.ts';
import type { Tokeniser } from '../syntax/tokens.ts';
import { capitalsFlag, keywordFlag } from '../syntax/words.ts';
import type { NameSet } from './nameSet.ts';
import type { NameInText, SketchWriter } from './sketchWriter.ts';

export class MacroSketcher {
  readonly #tokeniser: Tokeniser;
  readonly #writer: SketchWriter;
  /** Of the macro that is read. */
  readonly #parameters: NameSet;

  constructor(tokeniser: Tokeniser, writer: SketchWriter) {
    this.#tokeniser = tokeniser;
    this.#writer = writer;
    this.#parameters = writer.parameters;
  }

  /** `word` is where `define` starts; `end` the end of the logical line. */
  sketch(bytes: Uint8Array, word: number, end: number): void {
    const nameStart = skipBlanks(bytes, endOfName(bytes, word, end), end);
    const nameEnd = endOfName(bytes, nameStart, end);
    if (nameEnd === nameStart) return;
    const isFunctionLike = nameEnd < end && bytes[nameEnd] === openParenthesis;
    if (!isFunctionLike && isPlainValue(bytes, nameEnd, end)) return;
    const name = this.#nameAt(bytes, nameStart, nameEnd);
    this.#writer.define(name, isFunctionLike ? 'macro' : 'object-macro', false);
    this.#parameters.clear();
    this.#readBody(bytes, isFunctionLike ? this.#readParameters(bytes, nameEnd, end) : nameEnd, end);
  }

  #readParameters(bytes: Uint8Array, open: number, end: number): number {
    let at = open + 1;
    while (at < end && bytes[at] !== closeParenthesis) {
      const nameEnd = endOfName(bytes, at, end);
      if (nameEnd > at) this.#parameters.add(this.#nameAt(bytes, at, nameEnd).id);
      at = Math.max(nameEnd, at + 1);
    }
    return at + 1;
  }

  #readBody(bytes: Uint8Array, start: number, end: number): void {
    let field: NameInText | undefined;
    let names = 0;
    let others = 0;
    let last: NameInText | undefined;
    for (let at = start; at < end;) {
      const next = afterText(bytes, at, end);
      if (next > at) {
        at = next;
        continue;
      }
      const nameEnd = endOfName(bytes, at, end);
      if (nameEnd === at) {
        if (!isBlank(bytes[at]!)) others++;
        at++;
        continue;
      }
      const name = this.#nameAt(bytes, at, nameEnd);
      const after = skipBlanks(bytes, nameEnd, end);
      const flags = this.#tokeniser.names.flags[name.id]!;
      const isPlain =
        (flags & keywordFlag) === 0 && !this.#parameters.has(name.id) && !isPasted(bytes, at, after, start);
      const isMember = isMemberAt(bytes, at, start);
      if (isPlain && !isMember && bytes[after] === openParenthesis && after < end) this.#writer.call(name);
      if (isPlain && !isMember && field && (flags & capitalsFlag) === 0 && endsItem(bytes, after, end)) {
        this.#writer.useInField(name, field);
      }
      field = isMember && bytes[after] === equals && bytes[after + 1] !== equals ? name : undefined;
      if (field) at = after + 1;
      else at = nameEnd;
      names++;
      if (isPlain) last = name;
    }
    // `#define mlx4_lock __mlx4_lock` hands every call on.
    if (names === 1 && others === 0 && last) this.#writer.call(last);
  }

  #nameAt(bytes: Uint8Array, start: number, end: number): NameInText {
    return { id: this.#tokeniser.names.intern(bytes, start, end), start, end };
  }
}

const dollar = 36;

const isBlank = (byte: number): boolean => byteClass[byte] === byteBlank || byte === backslash;

// In a macro `$` is nearly always a piece of assembly.
const beginsName = (byte: number): boolean => byteClass[byte] === byteLetter && byte !== dollar;

function endOfName(bytes: Uint8Array, start: number, end: number): number {
  return start < end && beginsName(bytes[start]!) ? endOfWord(bytes, start, end) : start;
}

function endOfWord(bytes: Uint8Array, start: number, end: number): number {
  let at = start + 1;
  while (at < end && byteClass[bytes[at]!]! >= byteLetter) at++;
  return at;
}

function skipBlanks(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && isBlank(bytes[at]!)) at++;
  return at;
}

/** The end of the string, comment or number that starts here; `at` itself if there is none. */
function afterText(bytes: Uint8Array, at: number, end: number): number {
  const byte = bytes[at]!;
  if (byteClass[byte] === byteDigit) return endOfWord(bytes, at, end);
  if (byte === doubleQuote || byte === singleQuote) {
    let after = at + 1;
    while (after < end && bytes[after] !== byte) after += bytes[after] === backslash ? 2 : 1;
    return Math.min(after + 1, end);
  }
  if (byte !== slash) return at;
  if (bytes[at + 1] === slash) return end;
  if (bytes[at + 1] !== star) return at;
  let after = at + 2;
  while (after < end && !(bytes[after] === slash && bytes[after - 1] === star)) after++;
  return Math.min(after + 1, end);
}

/**
 * `#define PORT_REG 0x1000`, and header guards: three quarters of all macros, and none says anything about calls.
 * Left out, the map of linux 6.12 holds 380,000 macros instead of 1.4 million.
 */
function isPlainValue(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end;) {
    const byte = bytes[at]!;
    if (beginsName(byte)) return false;
    at = byteClass[byte] === byteBlank ? at + 1 : Math.max(afterText(bytes, at, end), at + 1);
  }
  return true;
}

function isPasted(bytes: Uint8Array, start: number, after: number, bodyStart: number): boolean {
  if (bytes[after] === hash) return true;
  let before = start - 1;
  while (before > bodyStart && isBlank(bytes[before]!)) before--;
  return bytes[before] === hash;
}

function isMemberAt(bytes: Uint8Array, start: number, bodyStart: number): boolean {
  let before = start - 1;
  while (before > bodyStart && isBlank(bytes[before]!)) before--;
  if (before < bodyStart) return false;
  return bytes[before] === 46 || (bytes[before] === 62 && bytes[before - 1] === 45);
}

/** `,`, `;`, `}` or the end: the name before is all of the value. */
function endsItem(bytes: Uint8Array, after: number, end: number): boolean {
  if (after >= end) return true;
  return bytes[after] === 44 || bytes[after] === 59 || bytes[after] === 125;
}
