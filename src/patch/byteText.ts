// byteText.ts
// Byte strings: text with one character for each byte. Slices of one share its memory, however large the input is.

import type { ByteString } from './change.ts';

// Strings end at half a gigabyte in today's engines; what is larger is no patch.
export const longestText = 400 * 1024 * 1024;

const chunk = 8192;

export function byteStringOf(bytes: Uint8Array): ByteString {
  const pieces: string[] = [];
  for (let at = 0; at < bytes.length; at += chunk)
    pieces.push(String.fromCharCode(...bytes.subarray(at, at + chunk)));
  return pieces.join('');
}

export function bytesOf(text: ByteString): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}

/** As people read it. Bytes that are wrong in `charset`, or in UTF-8 where none is named, are read as Latin-1. */
export function decodedText(text: ByteString, charset = 'utf-8'): string {
  if (isAscii(text)) return text;
  return decodedBy(charset, text) ?? decodedBy('utf-8', text) ?? text;
}

function decodedBy(charset: string, text: ByteString): string | undefined {
  try {
    return new TextDecoder(charset, { fatal: true }).decode(bytesOf(text));
  } catch {
    // A name of a charset that nobody knows, or bytes that are none of it.
    return undefined;
  }
}

const isAscii = (text: ByteString): boolean => !/[\x80-\xff]/.test(text);
