// inputText.ts
// The bytes that somebody hands in as one byte string: without a mark of their encoding, and out of UTF-16, which some
// shells write into files.

import { byteStringOf, longestText } from './byteText.ts';
import type { ByteString } from './change.ts';
import type { PatchProblem } from './problem.ts';

export interface InputText {
  readonly text: ByteString;
  readonly problems: readonly PatchProblem[];
}

export function inputText(bytes: Uint8Array): InputText {
  const refuse = (text: string): InputText => ({
    text: '',
    problems: [{ severity: 'error', line: 0, text }],
  });
  if (bytes.length > longestText) return refuse('the patch is longer than 400 megabytes; give it in pieces');
  if (startsWith(bytes, [0x1f, 0x8b])) return refuse('this is compressed; unpack it with gunzip first');
  if (startsWith(bytes, [0xef, 0xbb, 0xbf])) return { text: byteStringOf(bytes.subarray(3)), problems: [] };
  if (startsWith(bytes, [0xff, 0xfe])) return fromUtf16(bytes, 'utf-16le');
  if (startsWith(bytes, [0xfe, 0xff])) return fromUtf16(bytes, 'utf-16be');
  return { text: byteStringOf(bytes), problems: [] };
}

const startsWith = (bytes: Uint8Array, start: readonly number[]): boolean =>
  start.every((byte, i) => bytes[i] === byte);

function fromUtf16(bytes: Uint8Array, encoding: string): InputText {
  const text = byteStringOf(new TextEncoder().encode(new TextDecoder(encoding).decode(bytes)));
  const note =
    'the text is in UTF-16, as some shells write it; it is read, but bytes of files may have been lost';
  return { text, problems: [{ severity: 'note', line: 0, text: note }] };
}
