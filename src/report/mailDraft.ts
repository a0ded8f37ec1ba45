// mailDraft.ts
// Answers for the list in pieces, and the text that they make together: whoever sends them may say about a finding what
// they like, and header and form still fit. Plain data that crosses to an editor.

export type MailAnswers =
  | { readonly kind: 'answers'; readonly drafts: readonly MailDraft[] }
  /** There is nothing to say on the list: what is printed then is no mail. */
  | { readonly kind: 'nothing'; readonly lines: readonly string[] };

export interface MailDraft {
  /** Without the lines that depend on the body; absent: the patch came without a mail. */
  readonly header?: readonly string[];
  readonly body: readonly MailPiece[];
}

export interface MailPiece {
  /** The id of the finding that it is about; absent: what stands around. */
  readonly finding?: string;
  readonly lines: readonly string[];
}

/** Of a finding that is told. */
export type OtherWords = (finding: string) => string | undefined;

/** A single answer is a mail, several are an mbox. */
export function mailText(answers: MailAnswers, otherWords: OtherWords = () => undefined): string {
  if (answers.kind === 'nothing') return ended(answers.lines);
  const mails = answers.drafts.map((draft) => linesOf(draft, otherWords));
  const [only] = mails;
  if (only && mails.length === 1) return ended(only);
  return mails.map((lines) => ended([mboxLine, ...lines.map(asInMbox), ''])).join('');
}

/** What is said about a finding, as a paragraph of its own; `undefined`: it is not told. */
export function wordsAbout(answers: MailAnswers, finding: string): string | undefined {
  if (answers.kind === 'nothing') return undefined;
  const piece = answers.drafts.flatMap(({ body }) => body).find((one) => one.finding === finding);
  return piece && ended(piece.lines);
}

/** No date: the same input gives the same bytes. */
const mboxLine = 'From mboxrd@z Thu Jan  1 00:00:00 1970';

const asInMbox = (line: string): string => (/^>*From /.test(line) ? `>${line}` : line);

function linesOf({ header, body }: MailDraft, otherWords: OtherWords): readonly string[] {
  const lines = body.flatMap(({ finding, lines: own }) => {
    const words = finding === undefined ? undefined : otherWords(finding);
    return words === undefined ? own : words.trimEnd().split(/\r?\n/);
  });
  return header ? [...header, ...formOf(lines), '', ...lines] : lines;
}

function formOf(body: readonly string[]): readonly string[] {
  const isAscii = body.every((line) => /^[\t\x20-\x7e]*$/.test(line));
  return [
    'MIME-Version: 1.0',
    `Content-Type: text/plain; charset=${isAscii ? 'us-ascii' : 'UTF-8'}`,
    `Content-Transfer-Encoding: ${isAscii ? '7bit' : '8bit'}`,
  ];
}

const ended = (lines: readonly string[]): string => lines.map((line) => `${line.trimEnd()}\n`).join('');
