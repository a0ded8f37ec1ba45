// mailParts.ts
// The texts that a mail carries: its body, or the parts of it that can hold a diff, decoded.

import type { ByteString } from './change.ts';
import { decodedField } from './encodedWords.ts';
import { parameterOf, readMailHeader } from './mailHeader.ts';
import type { MailHeader } from './mailHeader.ts';
import { inputLine } from './sourceText.ts';
import type { SourceText } from './sourceText.ts';
import { decodedBody } from './transferEncoding.ts';

export interface MailPart {
  readonly source: SourceText;
  readonly charset: string;
  /** The sender's program may have moved the ends of lines. */
  readonly isFlowed: boolean;
  /** A file of its own, that may be a mail again. */
  readonly isAttached: boolean;
}

export interface MailParts {
  readonly parts: readonly MailPart[];
  /** Kinds of content that were passed over: `text/html`. */
  readonly passedOver: readonly string[];
}

// Deeper than any program nests them.
const deepest = 8;

export function mailParts(header: MailHeader): MailParts {
  const parts: MailPart[] = [];
  const passedOver: string[] = [];
  collect(header, 0, parts, passedOver);
  return { parts, passedOver };
}

function collect(header: MailHeader, depth: number, parts: MailPart[], passedOver: string[]): void {
  const content = header.fields.get('content-type') ?? 'text/plain';
  const type = content.split(';')[0]!.trim().toLowerCase();
  const boundary = type.startsWith('multipart/') ? parameterOf(content, 'boundary') : undefined;
  if (boundary) {
    if (depth >= deepest) passedOver.push(type);
    else
      for (const part of between(header.body, boundary))
        collect(readMailHeader(part), depth + 1, parts, passedOver);
    return;
  }
  const disposition = header.fields.get('content-disposition') ?? '';
  const name = decodedField(parameterOf(disposition, 'filename') ?? parameterOf(content, 'name') ?? '');
  const isFile =
    /\.(?:patch|diff|mbox|eml)(?:\.txt)?$/i.test(name) || diffTypes.test(type) || type === 'message/rfc822';
  if (!isFile && (!type.startsWith('text/') || unreadable.has(type))) {
    passedOver.push(type);
    return;
  }
  const isInline = disposition === '' || /^inline\b/i.test(disposition);
  parts.push({
    source: decodedBody(header.body, header.fields.get('content-transfer-encoding') ?? ''),
    charset: parameterOf(content, 'charset') ?? 'utf-8',
    isFlowed: /^flowed$/i.test(parameterOf(content, 'format') ?? ''),
    isAttached: depth > 0 && (isFile || !isInline),
  });
}

const diffTypes = /^(?:text|application)\/(?:x-)?(?:patch|diff)$/;
const unreadable: ReadonlySet<string> = new Set(['text/html', 'text/calendar', 'text/enriched', 'text/rtf']);

/** The texts between the lines with the boundary, without what stands before the first and behind the last. */
function between(source: SourceText, boundary: ByteString): readonly SourceText[] {
  const { text } = source;
  const parts: SourceText[] = [];
  let begin: { readonly offset: number; readonly index: number } | undefined;
  let at = 0;
  const close = (end: number): void => {
    if (begin) parts.push(partOf(source, begin.offset, end, begin.index));
  };
  for (let index = 0; at < text.length; index++) {
    const newline = text.indexOf('\n', at);
    const next = newline < 0 ? text.length : newline + 1;
    if (text.startsWith('--', at) && text.startsWith(boundary, at + 2)) {
      const rest = text.slice(at + 2 + boundary.length, Math.min(next, at + boundary.length + 100)).trim();
      if (rest === '' || rest === '--') {
        // The line end before the boundary belongs to the boundary, but diffs end with one.
        close(at);
        begin = rest === '' ? { offset: next, index: index + 1 } : undefined;
        if (rest === '--') return parts;
      }
    }
    at = next;
  }
  close(text.length);
  return parts;
}

const partOf = (source: SourceText, start: number, end: number, index: number): SourceText => ({
  text: source.text.slice(start, end),
  firstLine: inputLine(source, index),
  lines: source.lines?.slice(index),
});
