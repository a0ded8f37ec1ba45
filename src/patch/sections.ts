// sections.ts
// Cuts what was read into mails, commits as `git log -p` shows them, or one bare diff.

import { fieldName } from './mailHeader.ts';
import { LineCursor } from './sourceText.ts';
import type { SourceText } from './sourceText.ts';

export interface Section {
  readonly kind: 'mail' | 'commit' | 'diff';
  readonly source: SourceText;
}

export function sectionsOf(source: SourceText): readonly Section[] {
  if (!/\S/.test(source.text)) return [];
  const cuts = cutsOf(source);
  return cuts.map(({ kind, offset, line }, i) => ({
    kind,
    source: {
      text: source.text.slice(offset, cuts[i + 1]?.offset ?? source.text.length),
      firstLine: line,
      lines: source.lines?.slice(line - source.firstLine),
    },
  }));
}

interface Cut {
  readonly kind: Section['kind'];
  readonly offset: number;
  readonly line: number;
}

function cutsOf(source: SourceText): readonly Cut[] {
  const cursor = new LineCursor({ text: source.text, firstLine: source.firstLine }, true);
  while (!cursor.isAtEnd && cursor.text.trim() === '') cursor.advance();
  let kind = firstKind(cursor);
  const cuts: Cut[] = [{ kind, offset: cursor.offset, line: cursor.line }];
  for (cursor.advance(); !cursor.isAtEnd; cursor.advance()) {
    // Mails quote commits; a commit's message is indented and quotes nothing at the beginning of a line.
    const begun = beginsMail(cursor)
      ? 'mail'
      : kind !== 'mail' && beginsCommit(cursor)
        ? 'commit'
        : undefined;
    if (begun) cuts.push({ kind: begun, offset: cursor.offset, line: cursor.line });
    kind = begun ?? kind;
  }
  return cuts;
}

function firstKind(cursor: LineCursor): Section['kind'] {
  if (beginsCommit(cursor)) return 'commit';
  if (beginsMail(cursor)) return 'mail';
  const name = fieldName(cursor.text);
  return name !== undefined && (knownFields.has(name) || name.startsWith('x-')) ? 'mail' : 'diff';
}

// What a mail without its "From " line can begin with. "Note: this fixes" is prose.
const knownFields: ReadonlySet<string> = new Set([
  ...['from', 'to', 'cc', 'subject', 'date', 'message-id', 'in-reply-to', 'references', 'sender', 'reply-to'],
  ...['return-path', 'received', 'delivered-to', 'mime-version', 'content-type', 'content-transfer-encoding'],
  ...[
    'authentication-results',
    'dkim-signature',
    'envelope-to',
    'list-id',
    'precedence',
    'mailing-list',
    'user-agent',
  ],
  ...['arc-seal', 'arc-message-signature', 'arc-authentication-results', 'status', 'errors-to', 'origin'],
]);

/** A line of the mbox: who sent it and when. Prose that begins so has no fields below it. */
function beginsMail(cursor: LineCursor): boolean {
  if (!cursor.startsWith('From ')) return false;
  if (!/^From \S.*\d\d?:\d\d(?::\d\d)? .*\b\d{4}\b/.test(cursor.text.slice(0, 300))) return false;
  const next = cursor.peek(1);
  return fieldName(next) !== undefined || next.startsWith('>From ');
}

const commitLine = /^commit [0-9a-f]{7,64}(?: |$)/;

const beginsCommit = (cursor: LineCursor): boolean =>
  cursor.startsWith('commit ') &&
  commitLine.test(cursor.text.slice(0, 100)) &&
  /^(?:Author|AuthorDate|Merge|tree|Reflog)\b/.test(cursor.peek(1).slice(0, 20));
