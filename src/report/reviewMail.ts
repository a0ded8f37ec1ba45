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

export function reviewMail(report: ReviewReport, { tellsAll = false }: ReviewMailOptions = {}): string {
  const told = report.findings.filter(
    (finding) => isNew(finding) && (tellsAll || finding.confidence !== 'low'),
  );
  const answers = report.patches.flatMap((result) => {
    const own = told.filter(({ introducedBy }) => introducedBy === result.patch.number);
    return own.length === 0 ? [] : [answerTo(result, own, report)];
  });
  const [only] = answers;
  if (only === undefined) return ended(nothingLines(report));
  if (answers.length === 1) return ended(only);
  return answers.map((lines) => ended([mboxLine, ...lines.map(asInMbox), ''])).join('');
}

/** One finding for the list; without the header of a mail. Empty where no patch introduces it. */
export function replyText(finding: ReviewedFinding, report: ReviewReport): string {
  const result = report.patches.find(({ patch }) => patch.number === finding.introducedBy);
  return result ? ended(bodyOf(result.patch, [replyTo(finding, result, report)], report)) : '';
}

/** No date: the same input gives the same bytes. */
const mboxLine = 'From mboxrd@z Thu Jan  1 00:00:00 1970';

const asInMbox = (line: string): string => (/^>*From /.test(line) ? `>${line}` : line);

function answerTo(
  result: PatchResult,
  findings: readonly ReviewedFinding[],
  report: ReviewReport,
): readonly string[] {
  const { patch } = result;
  const replies = findings.map((finding) => replyTo(finding, result, report)).sort(byPlace);
  const body = bodyOf(patch, replies, report);
  return patch.mail ? [...headerOf(patch, patch.mail, body), '', ...body] : body;
}

function headerOf(patch: Patch, mail: PatchMail, body: readonly string[]): string[] {
  const to = addressesIn(mail.from);
  const known = new Set(to.map(mailboxOf));
  const cc = [...addressesIn(mail.to), ...addressesIn(mail.cc)].filter((address) => {
    const isNewOne = !known.has(mailboxOf(address));
    known.add(mailboxOf(address));
    return isNewOne;
  });
  const ids = idsIn(mail.messageId);
  const subject = onOneLine(patch.fullSubject);
  const isAscii = body.every((line) => /^[\t\x20-\x7e]*$/.test(line));
  return [
    ...addressField('To', to),
    ...addressField('Cc', cc),
    ...textField('Subject', /^re:/i.test(subject) ? subject : `Re: ${subject}`),
    ...idField('In-Reply-To', ids),
    ...idField('References', ids.length === 0 ? [] : idsIn(`${mail.references} ${mail.messageId}`)),
    'MIME-Version: 1.0',
    `Content-Type: text/plain; charset=${isAscii ? 'us-ascii' : 'UTF-8'}`,
    `Content-Transfer-Encoding: ${isAscii ? '7bit' : '8bit'}`,
  ];
}

/** In the order of the patch; what two findings have in common is quoted once. */
function bodyOf({ mail, number }: Patch, replies: readonly Reply[], report: ReviewReport): string[] {
  let quoted = '';
  const parts = replies.map(({ quote, lines, shortly }) => {
    const text = quote?.lines.join('\n') ?? '';
    const isAgain = text !== '' && text === quoted;
    quoted = text;
    if (isAgain) return shortly;
    return quote === undefined ? lines : [...quote.lines, '', ...lines];
  });
  const attribution = mail ? attributionOf(mail) : [];
  const base = baseLines(number, replies.length, report);
  return [...attribution, ...parts.flatMap((part) => [...part, '']), ...base];
}

function attributionOf(mail: PatchMail): string[] {
  const name = nameOf(mail.author ?? mail.from);
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

const ended = (lines: readonly string[]): string => lines.map((line) => `${line.trimEnd()}\n`).join('');
