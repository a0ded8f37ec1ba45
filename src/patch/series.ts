// series.ts
// Mails put in the order in which their patches apply: covers and replies told apart, the newest version taken, and what
// is missing or there twice said.

import type { Patch, PatchSeries } from './change.ts';
import { holdsDiff } from './patchDraft.ts';
import type { PatchDraft } from './patchDraft.ts';
import type { PatchProblem } from './problem.ts';

export function seriesOf(drafts: readonly PatchDraft[]): PatchSeries {
  const problems: PatchProblem[] = [];
  const sent = withoutReplies(drafts, problems);
  const covers = sent.filter(isCover);
  const others = sent.filter((draft) => !isCover(draft));
  const meant = others.filter((draft) => holdsDiff(draft) || draft.subject.isPatch || others.length === 1);
  sayLeftOut(others.length - meant.length, 'mail without a diff', problems, others[0]?.line ?? 0);
  const groups = newestGroups(groupsOf(meant), problems);
  const taken = groups.flatMap((group) => inOrder(group, problems));
  const newest = Math.max(...groups.map(({ version }) => version));
  const cover =
    covers.findLast(({ subject }) => subject.version === newest) ??
    (taken.length === 0 ? covers.at(-1) : undefined);
  if (taken.length === 0) problems.push({ severity: 'error', line: 0, text: nothingFound(drafts) });
  return {
    patches: numbered(taken),
    cover: cover?.subject.text,
    baseCommit: cover?.baseCommit ?? taken.find(({ baseCommit }) => baseCommit !== undefined)?.baseCommit,
    problems,
  };
}

const isCover = (draft: PatchDraft): boolean => draft.subject.number === 0 && !holdsDiff(draft);

/** A reply is a patch only where it is alone: in a thread its diff is a suggestion. */
function withoutReplies(drafts: readonly PatchDraft[], problems: PatchProblem[]): readonly PatchDraft[] {
  const replies = drafts.filter(({ subject }) => subject.isReply);
  if (drafts.length === 1 || replies.length === 0) return drafts;
  const sent = drafts.filter(({ subject }) => !subject.isReply);
  if (!sent.some(holdsDiff) && replies.some(holdsDiff)) return drafts;
  sayLeftOut(replies.length, 'reply', problems, replies[0]?.line ?? 0);
  for (const reply of replies.filter(holdsDiff)) {
    const text = `the reply "${reply.fullSubject}" holds a diff of its own, which is not taken`;
    problems.push({ severity: 'note', line: reply.line, text });
  }
  return sent;
}

function sayLeftOut(count: number, what: string, problems: PatchProblem[], line: number): void {
  if (count === 0) return;
  const many = what.replace(/^mail/, 'mails').replace(/y$/, 'ies');
  const text = count === 1 ? `1 ${what} is left out` : `${count} ${many} are left out`;
  problems.push({ severity: 'note', line, text });
}

interface Group {
  readonly version: number;
  /** Absent: mails without a number, in the order in which they came. */
  readonly total: number | undefined;
  readonly drafts: PatchDraft[];
}

/** Mails of one series and version. Two series of the same length are told apart by their subjects. */
function groupsOf(drafts: readonly PatchDraft[]): readonly Group[] {
  const groups: Group[] = [];
  for (const draft of drafts) {
    const { version, total, number, text } = draft.subject;
    const group = groups.find(
      (other) =>
        other.version === version &&
        other.total === total &&
        (number === undefined ||
          other.drafts.every(({ subject }) => subject.number !== number || subject.text === text)),
    );
    if (group) group.drafts.push(draft);
    else groups.push({ version, total, drafts: [draft] });
  }
  return groups;
}

/** Without the groups of which a newer version is there. */
function newestGroups(groups: readonly Group[], problems: PatchProblem[]): readonly Group[] {
  return groups.filter((group) => {
    const newer = groups.find((other) => other.version > group.version && areVersions(group, other));
    if (newer) {
      const text = `version ${group.version} of the series is left out: version ${newer.version} is there too`;
      problems.push({ severity: 'note', line: group.drafts[0]?.line ?? 0, text });
    }
    return !newer;
  });
}

/** They share a subject, a file or a thread. */
function areVersions(a: Group, b: Group): boolean {
  const known = new Set(a.drafts.flatMap(marksOf));
  return b.drafts.flatMap(marksOf).some((mark) => known.has(mark));
}

function marksOf({ subject, changes, mail }: PatchDraft): readonly string[] {
  const thread = mail ? [mail.messageId, ...mail.references.split(/\s+/)] : [];
  const paths = changes.map(({ newPath }) => newPath);
  return [subject.text, ...paths, ...thread].filter((mark) => mark !== '');
}

function inOrder({ drafts, total }: Group, problems: PatchProblem[]): readonly PatchDraft[] {
  if (total === undefined) return drafts;
  const byNumber = new Map<number, PatchDraft>();
  for (const draft of drafts) {
    const number = draft.subject.number ?? 0;
    if (byNumber.has(number)) {
      const text = `patch ${number}/${total} is there twice; the later one is taken`;
      problems.push({ severity: 'note', line: draft.line, text });
    }
    byNumber.set(number, draft);
  }
  sayMissing(byNumber, total, problems);
  return [...byNumber].sort(([a], [b]) => a - b).map(([, draft]) => draft);
}

/** One of a series may be looked at alone. */
function sayMissing(found: ReadonlyMap<number, PatchDraft>, total: number, problems: PatchProblem[]): void {
  const missing: number[] = [];
  for (let number = 1; number <= total && missing.length < 20; number++)
    if (!found.has(number)) missing.push(number);
  if (missing.length === 0) return;
  const severity = found.size === 1 ? 'note' : 'error';
  const names = missing.slice(0, 10).map((number) => `${number}/${total}`);
  const rest = missing.length > names.length ? ' and more' : '';
  const are = missing.length === 1 ? `patch ${names[0]} is` : `patches ${names.join(', ')}${rest} are`;
  problems.push({ severity, line: 0, text: `${are} missing from the series` });
}

/** Numbers are those of the subjects where these are different; otherwise the places in the input. */
function numbered(drafts: readonly PatchDraft[]): readonly Patch[] {
  const numbers = drafts.map(({ subject }) => subject.number);
  const areTold = new Set(numbers).size === numbers.length && !numbers.includes(undefined);
  return drafts.map(({ subject, fullSubject, mail, changes, baseCommit, problems }, i) => ({
    number: (areTold ? subject.number : undefined) ?? i + 1,
    total: areTold ? subject.total : undefined,
    version: subject.version,
    subject: subject.text,
    fullSubject,
    mail,
    changes,
    baseCommit,
    problems,
  }));
}

function nothingFound(drafts: readonly PatchDraft[]): string {
  if (drafts.length === 0) return 'there is nothing to read';
  if (drafts.every(({ subject }) => subject.isReply))
    return 'no diff was found: this is a reply, and diffs that it quotes are not read';
  return 'no diff was found';
}
