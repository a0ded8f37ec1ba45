// mailHeader.ts
// The header fields of a mail, or of a part of one.

import type { ByteString } from './change.ts';
import { decodedField } from './encodedWords.ts';
import type { SourceText } from './sourceText.ts';
import { inputLine } from './sourceText.ts';

export interface MailHeader {
  /** By name in small letters; of fields that stand there twice the first. Unfolded, not decoded. */
  readonly fields: ReadonlyMap<string, ByteString>;
  readonly body: SourceText;
}

/** Reads up to the first empty line. What is no field ends the header too. */
export function readMailHeader(source: SourceText): MailHeader {
  const { text } = source;
  const fields = new Map<string, ByteString[]>();
  let last: ByteString[] = [];
  let at = 0;
  let index = 0;
  for (; at < text.length; index++) {
    const newline = text.indexOf('\n', at);
    const end = newline < 0 ? text.length : newline;
    const line = text.slice(at, end).replace(/\r$/, '');
    const isField = line.startsWith(' ') || line.startsWith('\t') || fieldName(line) !== undefined;
    if (line !== '' && !isField && !(index < 2 && /^>?From /.test(line))) break;
    at = Math.min(text.length, end + 1);
    if (line === '') {
      index++;
      break;
    }
    last = takeLine(line, fields, last);
  }
  const unfolded = new Map([...fields].map(([name, lines]) => [name, lines.join('').trim()]));
  return { fields: unfolded, body: restOf(source, at, index) };
}

/** A field as people read it; empty where there is none. */
export const fieldOf = ({ fields }: MailHeader, name: string): string =>
  decodedField(fields.get(name) ?? '').replace(/[\r\n\t ]+/g, ' ');

/** `charset` of `text/plain; charset="utf-8"`. */
export function parameterOf(field: ByteString, name: string): string | undefined {
  const match = new RegExp(`;\\s*${name}\\s*=\\s*(?:"([^"]*)"|([^;\\s]*))`, 'i').exec(
    field.slice(0, longestValue),
  );
  return match ? (match[1] ?? match[2]) : undefined;
}

const restOf = (source: SourceText, offset: number, lines: number): SourceText => ({
  text: source.text.slice(offset),
  firstLine: inputLine(source, lines),
  lines: source.lines?.slice(lines),
});

/** In small letters. */
export const fieldName = (line: ByteString): string | undefined =>
  /^([!-9;-~]{1,100}):/.exec(line.slice(0, 120))?.[1]?.toLowerCase();

const longestValue = 4000;

function takeLine(line: ByteString, fields: Map<string, ByteString[]>, last: ByteString[]): ByteString[] {
  if (line.startsWith(' ') || line.startsWith('\t')) {
    last.push(line.replace(/^[ \t]+/, ' '));
    return last;
  }
  const name = fieldName(line);
  const lines: ByteString[] = [];
  if (name === undefined) return lines;
  lines.push(line.slice(name.length + 1).trim());
  if (!fields.has(name)) fields.set(name, lines);
  return lines;
}
