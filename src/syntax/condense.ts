// condense.ts
// Shortens text before it is parsed: every name becomes one letter, every number one digit, strings lose their
// contents, blanks and comments go, and so do the preprocessor lines that are no conditionals. The tree is the same but
// for the nodes of what went; its places are mapped back afterwards. A third of the length is left, and the
// parser, which looks at every letter of a name twice and in tables of Unicode ranges, needs a fifth less time.

import {
  afterBackslash,
  backslash,
  byteBlank,
  byteClass,
  byteDigit,
  byteLetter,
  closeBrace,
  closeParenthesis,
  closeSubscript,
  colon,
  comma,
  digitOne,
  dot,
  doubleQuote,
  endOfComment,
  endOfNumber,
  endOfQuoted,
  hash,
  isComment,
  minus,
  newline,
  openBrace,
  openParenthesis,
  openSubscript,
  plus,
  semicolon,
  singleQuote,
  space,
  tab,
} from './bytes.ts';
import type { FlatArrays } from './flatArrays.ts';
import { isGrammarWord, isTypeName } from './grammarWords.ts';

const letterA = 97;
const letterE = 101;
const letterI = 105;

/** How two neighbours decide whether the blank between them may go. */
const endsWord = 1;
const standsAlone = 2;
const mayJoin = 3;

const joining = new Uint8Array(256).fill(mayJoin).map((_, byte) => {
  if (byteClass[byte]! >= byteLetter) return endsWord;
  const alone = [
    openParenthesis,
    closeParenthesis,
    comma,
    semicolon,
    openSubscript,
    closeSubscript,
    colon,
    openBrace,
    closeBrace,
  ];
  return alone.includes(byte) || byte === newline ? standsAlone : mayJoin;
});

/** The short text; owned by a parser and overwritten by its next parse. */
export class CondensedText {
  bytes = new Uint8Array(0);
  length = 0;
  /** Where each byte of the short text comes from. */
  #starts = new Uint32Array(0);
  #ends = new Uint32Array(0);
  #text: Uint8Array = new Uint8Array(0);

  /** Takes in a text. */
  read(text: Uint8Array): void {
    // A directive brings a line end before it and one after it; quotes are closed: never more than twice the length.
    const needed = text.length * 2 + 16;
    if (this.bytes.length < needed) {
      const size = Math.max(needed, 1 << 16);
      this.bytes = new Uint8Array(size);
      this.#starts = new Uint32Array(size);
      this.#ends = new Uint32Array(size);
    }
    this.#text = text;
    this.length = 0;
    this.#readLines(0, text.length);
    this.#put(newline, text.length, text.length);
  }

  /** Maps the places of a tree of the short text to those of the text. */
  place(tree: FlatArrays): void {
    const { start, end, next, count } = tree;
    const starts = this.#starts;
    const ends = this.#ends;
    const last = this.length;
    for (let node = 0; node < count; node++) {
      const from = start[node]!;
      const to = end[node]!;
      if (to > from) {
        start[node] = starts[from]!;
        end[node] = ends[to - 1]!;
      } else {
        // A missing token: it stands directly after what is before it, but never before the node that it begins.
        const after = from === 0 ? 0 : from > last ? this.#text.length : ends[from - 1]!;
        const isFirstChild = node > 0 && next[node - 1]! > node;
        const place = isFirstChild ? Math.max(after, start[node - 1]!) : after;
        start[node] = place;
        end[node] = place;
      }
    }
  }

  #readLines(from: number, to: number): void {
    const text = this.#text;
    let at = from;
    let atLineStart = true;
    let hadBlank = false;
    while (at < to) {
      const byte = text[at]!;
      const sort = byteClass[byte];
      if (sort === byteBlank) {
        if (byte === newline) atLineStart = true;
        hadBlank = true;
        at++;
        continue;
      }
      if (byte === hash && atLineStart) {
        at = this.#readDirective(at, to);
        hadBlank = false;
        continue;
      }
      if (isComment(text, at, to)) {
        at = endOfComment(text, at, to);
        hadBlank = true;
        continue;
      }
      if (byte === backslash) {
        hadBlank = true;
        at++;
        continue;
      }
      atLineStart = false;
      if (hadBlank) {
        this.#putBlankBefore(byte, at);
        hadBlank = false;
      }
      at = this.#readToken(at, to, byte);
    }
  }

  #readToken(at: number, to: number, byte: number): number {
    switch (byteClass[byte]!) {
      case byteLetter:
        return this.#readName(at, to);
      case byteDigit: {
        const end = Math.min(endOfNumber(this.#text, at, to), to);
        this.#put(digitOne, at, end);
        return end;
      }
      default:
        if (byte === doubleQuote || byte === singleQuote) return this.#readQuoted(at, to, byte);
        this.#put(byte, at, at + 1);
        return at + 1;
    }
  }

  #readName(start: number, to: number): number {
    const text = this.#text;
    let end = start + 1;
    while (end < to && byteClass[text[end]!]! >= byteLetter) end++;
    const following = end < to ? text[end] : 0;
    const isPrefix =
      (following === doubleQuote || following === singleQuote) && isStringPrefix(text, start, end);
    if (isPrefix || isGrammarWord(text, start, end)) {
      for (let at = start; at < end; at++) this.#put(text[at]!, at, at + 1);
    } else if (this.#isCastType(start, end, to)) {
      for (const letter of int) this.#put(letter, start, end);
    } else {
      this.#put(letterA, start, end);
    }
    return end;
  }

  /** `(u32)(x)` would read as a call of `u32` otherwise. */
  #isCastType(start: number, end: number, to: number): boolean {
    if (this.length === 0 || this.bytes[this.length - 1] !== openParenthesis) return false;
    const text = this.#text;
    const closing = afterBlanks(text, end, to);
    if (closing >= to || text[closing] !== closeParenthesis || !isTypeName(text, start, end)) return false;
    const operand = afterBlanks(text, closing + 1, to);
    return operand < to && text[operand] === openParenthesis;
  }

  /** `"..."` becomes `""`, a character becomes `'a'`; what is not closed is closed. */
  #readQuoted(start: number, to: number, quote: number): number {
    const end = Math.min(endOfQuoted(this.#text, start, to), to);
    const closing = end - start > 1 && this.#text[end - 1] === quote ? end - 1 : end;
    this.#put(quote, start, start + 1);
    if (quote === singleQuote) this.#put(letterA, start + 1, closing);
    this.#put(quote, closing, end);
    return end;
  }

  /** Keeps `#if` and its kind on a line of their own; all other directives go. */
  #readDirective(start: number, to: number): number {
    const text = this.#text;
    const end = endOfDirective(text, start, to);
    let word = start + 1;
    while (word < end && (text[word] === space || text[word] === tab)) word++;
    let wordEnd = word;
    while (wordEnd < end && byteClass[text[wordEnd]!] === byteLetter) wordEnd++;
    if (!isConditional(text, word)) return end;
    // A label before `#endif` has no statement, which the grammar asks for.
    if (this.length > 0 && this.bytes[this.length - 1] === colon) this.#put(semicolon, start, start);
    if (this.length > 0 && this.bytes[this.length - 1] !== newline) {
      const lineStart = lineStartBefore(text, start);
      this.#put(newline, lineStart - 1, lineStart);
    }
    this.#put(hash, start, start + 1);
    for (let at = word; at < wordEnd; at++) this.#put(text[at]!, at, at + 1);
    // What stands after `#else` and `#endif` is a comment to the compiler too.
    if (!isBare(text, word)) this.#readLines(wordEnd, end);
    this.#put(newline, end, Math.min(end + 1, to));
    return end;
  }

  /** A blank stays where two neighbours would otherwise be read as one token. */
  #putBlankBefore(byte: number, at: number): void {
    if (this.length === 0) return;
    const before = this.bytes[this.length - 1]!;
    const left = joining[before];
    const right = joining[byte];
    if (left === standsAlone || right === standsAlone) return;
    const isSign = (before === plus || before === minus) && byteClass[byte] === byteDigit;
    const isDot = before === dot || byte === dot;
    if (left === right || isSign || isDot) this.#put(space, at - 1, at);
  }

  #put(byte: number, start: number, end: number): void {
    const at = this.length++;
    this.bytes[at] = byte;
    this.#starts[at] = start;
    this.#ends[at] = end;
  }
}

/** The end of the logical line, before its newline. */
function endOfDirective(text: Uint8Array, start: number, to: number): number {
  let at = start;
  while (at < to) {
    const byte = text[at];
    if (byte === newline) return at;
    if (byte === backslash) at = afterBackslash(text, at);
    else if (isComment(text, at, to)) at = endOfComment(text, at, to);
    else at++;
  }
  return to;
}

function afterBlanks(text: Uint8Array, at: number, to: number): number {
  while (at < to && byteClass[text[at]!] === byteBlank) at++;
  return at;
}

function lineStartBefore(text: Uint8Array, at: number): number {
  const before = text.lastIndexOf(newline, at);
  return before + 1;
}

const letters = (word: string): readonly number[] => Array.from(word, (letter) => letter.charCodeAt(0));

const int = letters('int');

const conditionalPrefixes = ['if', 'el', 'endif'].map(letters);

function isConditional(text: Uint8Array, word: number): boolean {
  return conditionalPrefixes.some((prefix) => prefix.every((letter, i) => text[word + i] === letter));
}

/** `#else` and `#endif`, not `#elif` and not `#if`. */
function isBare(text: Uint8Array, word: number): boolean {
  return text[word] === letterE && text[word + 2] !== letterI;
}

const stringPrefixes = ['L', 'u', 'U', 'u8'].map(letters);

function isStringPrefix(text: Uint8Array, start: number, end: number): boolean {
  return stringPrefixes.some(
    (prefix) => prefix.length === end - start && prefix.every((letter, i) => text[start + i] === letter),
  );
}
