// encodedWords.ts
// Header fields as people read them: `=?utf-8?q?caf=C3=A9?=` (RFC 2047).

import { decodedText } from './byteText.ts';
import type { ByteString } from './change.ts';
import { base64Bytes, quotedBytes } from './transferEncoding.ts';

// Fields of mails are short; what is longer is not searched for words.
const longestField = 64 * 1024;

/** Bytes outside of such words are read as UTF-8. */
export function decodedField(field: ByteString): string {
  if (!field.includes('=?') || field.length > longestField) return decodedText(field);
  let result = '';
  let at = 0;
  let run: Run | undefined;
  for (const match of field.matchAll(word)) {
    const between = field.slice(at, match.index);
    at = match.index + match[0].length;
    const next = { charset: match[1]!.toLowerCase(), bytes: wordBytes(match[2]!, match[3]!) };
    // Blanks between two words are not the text's. A letter of several bytes may be cut by the end of a word.
    if (run && /^\s*$/.test(between)) {
      if (run.charset === next.charset) {
        run.bytes += next.bytes;
        continue;
      }
      result += decodedText(run.bytes, run.charset);
    } else {
      result += (run ? decodedText(run.bytes, run.charset) : '') + decodedText(between);
    }
    run = next;
  }
  return result + (run ? decodedText(run.bytes, run.charset) : '') + decodedText(field.slice(at));
}

interface Run {
  readonly charset: string;
  bytes: ByteString;
}

// The charset may name a language behind a star.
const word = /=\?([\w.:-]+)(?:\*[\w-]*)?\?([bq])\?([^?\s]*)\?=/gi;

const wordBytes = (encoding: string, text: ByteString): ByteString =>
  encoding.toLowerCase() === 'b' ? base64Bytes(text) : quotedBytes(text.replaceAll('_', ' '));
