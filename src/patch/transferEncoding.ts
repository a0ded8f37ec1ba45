// transferEncoding.ts
// Bodies of mails as their bytes: quoted-printable and base64, with the line of the input for each line of the result.

import type { ByteString } from './change.ts';
import { inputLine } from './sourceText.ts';
import type { SourceText } from './sourceText.ts';

/** `encoding` as the header field has it. What is not known is taken as it is. */
export function decodedBody(source: SourceText, encoding: string): SourceText {
  switch (encoding.trim().toLowerCase()) {
    case 'quoted-printable':
      return decodedLines(source, quotedLine);
    case 'base64':
      return decodedBase64(source);
  }
  return source;
}

export function base64Bytes(text: ByteString): ByteString {
  return new Base64().take(text);
}

export const quotedBytes = (text: ByteString): ByteString =>
  text.replace(/=([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));

/** A soft line break at the end joins a line with the next. Blanks at the end stay: diffs are full of them. */
function quotedLine(line: ByteString): ByteString {
  const text = line.endsWith('\r') ? line.slice(0, -1) : line;
  const soft = /=[ \t]*$/.exec(text);
  return soft ? quotedBytes(text.slice(0, soft.index)) : `${quotedBytes(text)}\n`;
}

function decodedBase64(source: SourceText): SourceText {
  const base64 = new Base64();
  return decodedLines(source, (line) => base64.take(line));
}

function decodedLines(source: SourceText, decode: (line: ByteString) => ByteString): SourceText {
  const { text } = source;
  const pieces: string[] = [];
  const lines: number[] = [];
  let isInLine = false;
  let at = 0;
  for (let index = 0; at < text.length; index++) {
    const end = text.indexOf('\n', at);
    const piece = decode(text.slice(at, end < 0 ? text.length : end));
    at = end < 0 ? text.length : end + 1;
    pieces.push(piece);
    const line = inputLine(source, index);
    for (let next = 0; next < piece.length;) {
      if (!isInLine) lines.push(line);
      const newline = piece.indexOf('\n', next);
      isInLine = newline < 0;
      next = isInLine ? piece.length : newline + 1;
    }
  }
  return { text: pieces.join(''), firstLine: source.firstLine, lines };
}

const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const values = new Int8Array(256).fill(-1);
for (let i = 0; i < digits.length; i++) values[digits.charCodeAt(i)] = i;

/** Groups of four letters may go over the end of a line. */
class Base64 {
  #bits = 0;
  #count = 0;

  take(text: ByteString): ByteString {
    const codes: number[] = [];
    const pieces: string[] = [];
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      const value = values[code]!;
      if (code === padding) this.#count = 0;
      if (value < 0) continue;
      this.#bits = ((this.#bits << 6) | value) & 0xffffff;
      this.#count += 6;
      if (this.#count < 8) continue;
      this.#count -= 8;
      codes.push((this.#bits >> this.#count) & 255);
      if (codes.length === chunk) pieces.push(String.fromCharCode(...codes.splice(0)));
    }
    return pieces.length === 0
      ? String.fromCharCode(...codes)
      : pieces.join('') + String.fromCharCode(...codes);
  }
}

const padding = 61;
const chunk = 4096;
