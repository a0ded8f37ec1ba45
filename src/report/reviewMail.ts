// reviewMail.ts
// `--format mail`: answers for the list, one to each patch that introduces something. A single answer is a mail as
// `git send-email` and `mutt -H` take it; several are an mbox, which `git mailsplit -o DIR` takes apart. Whoever sends it
// adds From, Date and Message-ID. A patch that came without a mail gets the text alone.
//
// Where there is nothing to say on the list, what is printed is no mail: it has no header, begins with the answer, and
// nobody can send it by accident. The exit status says the same: 1, there is a mail.

import type { PatchMail, Patch } from '../patch/change.ts';
import type { PatchResult, ReviewReport } from '../engine/reviewReport.ts';
import type { ReviewedFinding } from '../review/reviewed.ts';
import { wrapped } from './columns.ts';
import { mailText } from './mailDraft.ts';
import type { MailAnswers, MailDraft, MailPiece } from './mailDraft.ts';
import { addressField, addressesIn, idField, idsIn, mailboxOf, nameOf, textField } from './mailHeader.ts';
import { onOneLine } from './printable.ts';
import { baseLines, replyTo, replyWidth } from './replyText.ts';
import type { Reply } from './replyText.ts';
import { answerWords, isNew, shortBase } from './reviewed.ts';
import { lookedAt } from './reviewHead.ts';

export interface ReviewMailOptions {
  /** Findings of low confidence are told too. */
  readonly tellsAll?: boolean;
}

export const reviewMail = (report: ReviewReport, options: ReviewMailOptions = {}): string =>
  mailText(reviewAnswers(report, options));

/** The same in pieces, so that somebody can say it in other words. */
export function reviewAnswers(
  report: ReviewReport,
  { tellsAll = false }: ReviewMailOptions = {},
): MailAnswers {
  const told = report.findings.filter(
    (finding) => isNew(finding) && (tellsAll || finding.confidence !== 'low'),
  );
  const drafts = report.patches.flatMap((result) => {
    const own = told.filter(({ introducedBy }) => introducedBy === result.patch.number);
    return own.length === 0 ? [] : [answerTo(result, own, report)];
  });
  return drafts.length === 0 ? { kind: 'nothing', lines: nothingLines(report) } : { kind: 'answers', drafts };
}

/** One finding for the list; without the header of a mail. Empty where no patch introduces it. */
export function replyText(finding: ReviewedFinding, report: ReviewReport): string {
  const result = report.patches.find(({ patch }) => patch.number === finding.introducedBy);
  if (!result) return '';
  const body = bodyOf(result.patch, [replyOf(finding, result, report)], report);
  return mailText({ kind: 'answers', drafts: [{ body }] });
}

interface ReplyOf extends Reply {
  readonly id: string;
}

const replyOf = (finding: ReviewedFinding, result: PatchResult, report: ReviewReport): ReplyOf => ({
  ...replyTo(finding, result, report),
  id: finding.id,
});

function answerTo(
  result: PatchResult,
  findings: readonly ReviewedFinding[],
  report: ReviewReport,
): MailDraft {
  const { patch } = result;
  const replies = findings.map((finding) => replyOf(finding, result, report)).sort(byPlace);
  const body = bodyOf(patch, replies, report);
  return patch.mail ? { header: headerOf(patch, patch.mail), body } : { body };
}

function headerOf(patch: Patch, mail: PatchMail): string[] {
  const to = addressesIn(mail.from);
  const known = new Set(to.map(mailboxOf));
  const cc = [...addressesIn(mail.to), ...addressesIn(mail.cc)].filter((address) => {
    const isNewOne = !known.has(mailboxOf(address));
    known.add(mailboxOf(address));
    return isNewOne;
  });
  const ids = idsIn(mail.messageId);
  const subject = onOneLine(patch.fullSubject);
  return [
    ...addressField('To', to),
    ...addressField('Cc', cc),
    ...textField('Subject', /^re:/i.test(subject) ? subject : `Re: ${subject}`),
    ...idField('In-Reply-To', ids),
    ...idField('References', ids.length === 0 ? [] : idsIn(`${mail.references} ${mail.messageId}`)),
  ];
}

/** In the order of the patch; what two findings have in common is quoted once. */
function bodyOf(
  { mail, number }: Patch,
  replies: readonly ReplyOf[],
  report: ReviewReport,
): readonly MailPiece[] {
  let quoted = '';
  const parts = replies.flatMap(({ id, quote, lines, shortly }): MailPiece[] => {
    const text = quote?.lines.join('\n') ?? '';
    const isAgain = text !== '' && text === quoted;
    quoted = text;
    const isQuoted = quote !== undefined && !isAgain;
    return [
      ...(isQuoted ? [{ lines: [...quote.lines, ''] }] : []),
      { finding: id, lines: isAgain ? shortly : lines },
      { lines: [''] },
    ];
  });
  const attribution = mail ? attributionOf(mail) : [];
  return [{ lines: attribution }, ...parts, { lines: baseLines(number, replies.length, report) }];
}

function attributionOf(mail: PatchMail): string[] {
  const name = nameOf(mail.author ?? mail.from);
  if (name === '') return [];
  const date = onOneLine(mail.date);
  return wrapped(`${date === '' ? '' : `On ${date}, `}${name} wrote:`, '', '', replyWidth);
}

function byPlace(a: Reply, b: Reply): number {
  const [x, y] = [a.quote?.order ?? [], b.quote?.order ?? []];
  for (let i = 0; i < Math.max(x.length, y.length); i++)
    if (x[i] !== y[i]) return (x[i] ?? Infinity) - (y[i] ?? Infinity);
  return 0;
}

function nothingLines(report: ReviewReport): string[] {
  const low = report.findings.filter(isNew).length;
  const more = low === 0 ? '' : ' Of low confidence only, which is not for the list; --all tells it.';
  const base = `Base: ${shortBase(report.base, report.kernel)}.`;
  return wrapped(`${answerWords(report)}.${more} ${lookedAt(report)} ${base}`, '', '', replyWidth);
}
