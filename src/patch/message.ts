// message.ts
// The text of a mail in front of its diff.

import { decodedText } from './byteText.ts';
import type { ByteString } from './change.ts';
import { decodedField } from './encodedWords.ts';

export interface Message {
  readonly message: string;
  /** Of the author, where another sends it: `From:`, `Subject:` and `Date:` at the top of the text. */
  readonly fields: ReadonlyMap<string, string>;
}

export function cleanedMessage(text: ByteString, charset: string): Message {
  const lines = text.split('\n').map((line) => line.replace(/\r$/, '').replace(/^>(>*From )/, '$1'));
  const fields = new Map<string, string>();
  let at = lines.findIndex((line) => line.trim() !== '');
  if (at < 0) return { message: '', fields };
  for (; at < lines.length; at++) {
    const match = /^(From|Subject|Date): (.*)$/.exec(lines[at]!);
    if (!match) break;
    const value = match[2]!.trim();
    fields.set(
      match[1]!.toLowerCase(),
      value.includes('=?') ? decodedField(value) : decodedText(value, charset),
    );
  }
  return { message: decodedText(lines.slice(at).join('\n').trim(), charset), fields };
}

/** `git format-patch --base` writes it below the diff. */
export function baseCommitIn(text: ByteString): string | undefined {
  for (let at = text.indexOf(start); at >= 0; at = text.indexOf(start, at + 1)) {
    if (at > 0 && text[at - 1] !== '\n') continue;
    const match = /^([0-9a-f]{7,64})\s/.exec(`${text.slice(at + start.length, at + start.length + 70)}\n`);
    if (match) return match[1];
  }
  return undefined;
}

const start = 'base-commit: ';
