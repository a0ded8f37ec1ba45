// bytes.ts
// What single bytes mean in C, and where the things that they begin end. None of it throws or reads on for ever,
// whatever the bytes are. `end` is where the text ends, and nothing returned lies beyond it.

const byteOther = 0;
export const byteBlank = 1;
export const byteLetter = 2;
export const byteDigit = 3;

export const byteClass = new Uint8Array(256).map((_, byte) => {
  if (byte === 32 || (byte >= 9 && byte <= 13)) return byteBlank;
  if (byte >= 48 && byte <= 57) return byteDigit;
  const isAsciiLetter = (byte >= 65 && byte <= 90) || (byte >= 97 && byte <= 122);
  return isAsciiLetter || byte === 95 || byte === 36 || byte >= 128 ? byteLetter : byteOther;
});

export const tab = 9;
export const newline = 10;
export const carriageReturn = 13;
export const space = 32;
export const doubleQuote = 34;
export const hash = 35;
export const ampersand = 38;
export const singleQuote = 39;
export const openParenthesis = 40;
export const closeParenthesis = 41;
export const star = 42;
export const plus = 43;
export const comma = 44;
export const minus = 45;
export const dot = 46;
export const slash = 47;
export const digitZero = 48;
export const digitOne = 49;
export const colon = 58;
export const semicolon = 59;
export const equals = 61;
export const question = 63;
export const openSubscript = 91;
export const backslash = 92;
export const closeSubscript = 93;
export const underscore = 95;
export const openBrace = 123;
export const pipe = 124;
export const closeBrace = 125;

/** Numbers as the preprocessor cuts them, so `1000baseT` is one token and `1...2` is not. */
export function endOfNumber(bytes: Uint8Array, start: number, end: number): number {
  const isHexadecimal = start + 1 < end && (bytes[start + 1]! | 32) === 120;
  let at = start + 1;
  for (; at < end; at++) {
    const byte = bytes[at]!;
    if (byteClass[byte]! >= byteLetter) continue;
    if (byte === dot && bytes[at + 1] !== dot) continue;
    const isExponentSign =
      (byte === plus || byte === minus) && (bytes[at - 1]! | 32) === 101 && !isHexadecimal;
    if (!isExponentSign) break;
  }
  return at;
}

/** The end of a string or character: its closing quote, or the end of its line. */
export function endOfQuoted(bytes: Uint8Array, start: number, end: number): number {
  const quote = bytes[start];
  let at = start + 1;
  while (at < end) {
    const byte = bytes[at];
    if (byte === quote) return at + 1;
    if (byte === newline) return at;
    if (byte !== backslash) at++;
    else if (bytes[at + 1] === carriageReturn) at += 3;
    else at += 2;
  }
  return end;
}

/** The end of a comment that begins with a slash at `start`. */
export function endOfComment(bytes: Uint8Array, start: number, end: number): number {
  return bytes[start + 1] === star
    ? endOfBlockComment(bytes, start, end)
    : endOfLineComment(bytes, start, end);
}

function endOfBlockComment(bytes: Uint8Array, start: number, end: number): number {
  for (let at = start + 2; at + 1 < end; at++) {
    if (bytes[at] === star && bytes[at + 1] === slash) return at + 2;
  }
  return end;
}

function endOfLineComment(bytes: Uint8Array, start: number, end: number): number {
  let at = start + 2;
  while (at < end && bytes[at] !== newline) at += bytes[at] === backslash ? 2 : 1;
  return Math.min(at, end);
}

/** Whether a comment begins here. */
export function isComment(bytes: Uint8Array, at: number, end: number): boolean {
  if (bytes[at] !== slash || at + 1 >= end) return false;
  return bytes[at + 1] === star || bytes[at + 1] === slash;
}

/** After a backslash: the place after the line end that it hides, or after the byte that it escapes. */
export function afterBackslash(bytes: Uint8Array, at: number): number {
  return bytes[at + 1] === carriageReturn && bytes[at + 2] === newline ? at + 3 : at + 2;
}
