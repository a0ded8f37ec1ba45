// underCursor.ts
// What a place in a text means: the word there, and the call around it.

import type { Position } from '../base/position.ts';
import { columnOf, lineOf } from '../base/position.ts';

const isWord = (byte: number | undefined): boolean =>
  byte !== undefined &&
  ((byte >= 48 && byte <= 57) || (byte >= 65 && byte <= 90) || byte === 95 || (byte >= 97 && byte <= 122));

const newline = 10;
const quote = 34;
const backslash = 92;
const open = 40;
const close = 41;
const space = 32;

export function offsetOf(bytes: Uint8Array, place: Position): number {
  let offset = 0;
  for (let line = lineOf(place); line > 1; line--) {
    const next = bytes.indexOf(newline, offset);
    if (next < 0) break;
    offset = next + 1;
  }
  return offset + columnOf(place);
}

/** The name that the place is in or behind; empty where there is none. */
export function wordAt(bytes: Uint8Array, offset: number): string {
  let start = offset;
  let end = offset;
  while (isWord(bytes[start - 1])) start--;
  while (isWord(bytes[end])) end++;
  const word = new TextDecoder('latin1').decode(bytes.subarray(start, end));
  return /^\d/.test(word) ? '' : word;
}

/** Where the call that starts at `from` ends: behind its last parenthesis, `guard(mutex)(&x)` has two pairs. */
export function endOfCall(bytes: Uint8Array, from: number): number {
  let depth = 0;
  for (let at = from; at < bytes.length; at++) {
    const byte = bytes[at];
    if (byte === quote) at = endOfString(bytes, at);
    else if (byte === open) depth++;
    else if (byte === close && --depth <= 0) {
      let next = at + 1;
      while (bytes[next] === space) next++;
      if (bytes[next] !== open) return at + 1;
    }
  }
  return bytes.length;
}

function endOfString(bytes: Uint8Array, from: number): number {
  let at = from + 1;
  while (at < bytes.length && bytes[at] !== quote && bytes[at] !== newline)
    at += bytes[at] === backslash ? 2 : 1;
  return at;
}
