// readMail.ts
// One mail: who sent it, what it says, and the diffs in it or attached to it.

import type { FileChange, PatchMail } from './change.ts';
import { damageOf } from './damage.ts';
import { fieldOf, readMailHeader } from './mailHeader.ts';
import type { MailHeader } from './mailHeader.ts';
import { mailParts } from './mailParts.ts';
import type { MailPart } from './mailParts.ts';
import { baseCommitIn, cleanedMessage } from './message.ts';
import type { PatchDraft } from './patchDraft.ts';
import type { PatchProblem } from './problem.ts';
import { diffOffset, readDiff } from './readDiff.ts';
import { sectionsOf } from './sections.ts';
import type { SourceText } from './sourceText.ts';
import { readSubject } from './subject.ts';

/** The mail, and the mails that are attached to it. */
export function readMail(source: SourceText): readonly PatchDraft[] {
  const header = readMailHeader(source);
  const { parts, passedOver } = mailParts(header);
  const attached: PatchDraft[] = [];
  const problems: PatchProblem[] = [];
  const changes: FileChange[] = [];
  for (const part of parts) {
    const mails = part.isAttached ? attachedMails(part, header) : undefined;
    if (!mails) takeChanges(part, changes, problems);
    for (const mail of mails ?? []) attached.push(mail);
  }
  const body = parts.find(({ isAttached }) => !isAttached);
  if (!body && passedOver.includes('text/html')) problems.push(htmlOnly(source.firstLine));
  const draft = draftOf(header, body, { changes, problems, line: source.firstLine });
  return attached.length > 0 && changes.length === 0 ? attached : [draft, ...attached];
}

interface Content {
  readonly changes: readonly FileChange[];
  readonly problems: readonly PatchProblem[];
  readonly line: number;
}

function draftOf(header: MailHeader, body: MailPart | undefined, content: Content): PatchDraft {
  const fullSubject = fieldOf(header, 'subject').trim();
  const text = body?.source.text ?? '';
  const raw = text.slice(0, diffOffset(text));
  const { message, fields } = cleanedMessage(raw, body?.charset ?? 'utf-8');
  const inner = fields.get('subject');
  const subject = readSubject(fullSubject);
  const from = fieldOf(header, 'from');
  const author = fields.get('from') ?? from;
  return {
    ...content,
    fullSubject,
    subject: inner === undefined ? subject : { ...subject, text: readSubject(inner).text },
    mail: { ...answerFields(header), from, message, ...(author === from ? {} : { author }) },
    baseCommit: baseCommitIn(text),
  };
}

const answerFields = (header: MailHeader): Omit<PatchMail, 'from' | 'message'> => ({
  to: fieldOf(header, 'to'),
  cc: fieldOf(header, 'cc'),
  date: fieldOf(header, 'date'),
  messageId: fieldOf(header, 'message-id'),
  references: fieldOf(header, 'references') || fieldOf(header, 'in-reply-to'),
});

function takeChanges(part: MailPart, changes: FileChange[], problems: PatchProblem[]): void {
  const read = readDiff(part.source);
  const known = new Map(changes.map((change) => [change.newPath, change]));
  const isKnown = (change: FileChange): boolean => isSame(change, known.get(change.newPath));
  const isRepeated = read.changes.length > 0 && read.changes.every(isKnown);
  if (isRepeated) {
    const text = 'the same diff is in the mail twice, and taken once';
    problems.push({ severity: 'note', line: part.source.firstLine, text });
    return;
  }
  for (const change of read.changes) changes.push(change);
  problems.push(...read.problems, ...damageOf(part, read));
}

const isSame = (a: FileChange, b: FileChange | undefined): boolean =>
  a.kind === b?.kind && JSON.stringify(hunkLines(a)) === JSON.stringify(hunkLines(b));

const hunkLines = ({ hunks }: FileChange): unknown => hunks.map(({ lines }) => lines);

/** `git format-patch` output sent as a file. An answer goes to the mail that carried it. */
function attachedMails(part: MailPart, carrier: MailHeader): readonly PatchDraft[] | undefined {
  const sections = sectionsOf(part.source);
  if (!sections.some(({ kind }) => kind === 'mail')) return undefined;
  const { to, cc, date, messageId, references } = answerFields(carrier);
  return sections.flatMap((section) =>
    readMail(section.source).map((draft) => ({
      ...draft,
      mail: draft.mail && {
        ...draft.mail,
        from: draft.mail.messageId === '' ? fieldOf(carrier, 'from') : draft.mail.from,
        to: draft.mail.to || to,
        cc: draft.mail.cc || cc,
        date: draft.mail.date || date,
        messageId: draft.mail.messageId || messageId,
        references: draft.mail.references || references,
      },
    })),
  );
}

const htmlOnly = (line: number): PatchProblem => ({
  severity: 'error',
  line,
  text: 'the mail is HTML only; ask for it as plain text, as git send-email sends it',
});
