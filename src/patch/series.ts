// series.ts
// Mails put in the order in which their patches apply: covers and replies told apart, the newest version taken, and what
// is missing or there twice said.

import type { Patch, PatchSeries } from './change.ts';
import { holdsDiff } from './patchDraft.ts';
import type { PatchDraft } from './patchDraft.ts';
import type { PatchProblem } from './problem.ts';

/** `notes`: what else there is to say about it; empty ones say nothing. */
export const withNotes = (series: PatchSeries, notes: readonly string[]): PatchSeries => ({
  ...series,
  problems: [
    ...series.problems,
    ...notes.filter((text) => text !== '').map((text) => ({ severity: 'note' as const, line: 0, text })),
  ],
});

/** `known` is what is wrong with the input as a whole. */
export function seriesOf(drafts: readonly PatchDraft[], known: readonly PatchProblem[]): PatchSeries {
  const problems = [...known];
  const sent = withoutReplies(drafts, problems);
  const covers = sent.filter(isCover);
  const others = sent.filter((draft) => !isCover(draft));
  const meant = others.filter(
    (draft) => holdsDiff(draft) || (draft.subject.isPatch && !draft.subject.isReply),
  );
  const isMeant = new Set(meant);
  const leftOut = others.filter((draft) => draft.mail && !isMeant.has(draft));
  if (meant.length > 0) sayLeftOut(leftOut, 'mail without a diff', problems);
  const groups = newestGroups(groupsOf(meant), problems);
  const taken = groups.flatMap((group) => inOrder(group, problems));
  const newest = groups.reduce((most, { version }) => Math.max(most, version), 1);
  const cover =
    covers.findLast(({ subject }) => subject.version === newest) ??
    (taken.length === 0 ? covers.at(-1) : undefined);
  const isSaid = known.some(({ severity }) => severity === 'error');
  if (taken.length === 0 && !isSaid)
    problems.push({ severity: 'error', line: 0, text: nothingFound(drafts) });
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
  sayLeftOut(replies, 'reply', problems);
  for (const reply of replies.filter(holdsDiff)) {
    const text = `the reply "${reply.fullSubject}" holds a diff of its own, which is not taken`;
    problems.push({ severity: 'note', line: reply.line, text });
  }
  return sent;
}

function sayLeftOut(drafts: readonly PatchDraft[], what: string, problems: PatchProblem[]): void {
  const [first] = drafts;
  if (!first) return;
  const many = what.replace(/^mail/, 'mails').replace(/y$/, 'ies');
  const text = drafts.length === 1 ? `1 ${what} is left out` : `${drafts.length} ${many} are left out`;
  problems.push({ severity: 'note', line: first.line, text });
}

interface Group {
  readonly version: number;
  /** Absent: mails without a number, in the order in which they came. */
  readonly total: number | undefined;
  readonly drafts: PatchDraft[];
  /** Subjects by number. */
  readonly subjects: Map<number, string>;
}

// Mails of one series lie near each other. A mailbox of nothing but first patches must not take time for each pair.
const mostOpen = 16;

/** Mails of one series and version. Two series of the same length are told apart by their subjects. */
function groupsOf(drafts: readonly PatchDraft[]): readonly Group[] {
  const groups: Group[] = [];
  const open = new Map<string, Group[]>();
  for (const draft of drafts) {
    const { version, total, number = 0, text } = draft.subject;
    const key = `${version} ${total}`;
    const near = open.get(key) ?? [];
    const known = near.find(
      ({ subjects }) => total === undefined || !subjects.has(number) || subjects.get(number) === text,
    );
    const group = known ?? { version, total, drafts: [], subjects: new Map<number, string>() };
    group.drafts.push(draft);
    group.subjects.set(number, text);
    if (known) continue;
    groups.push(group);
    open.set(key, [group, ...near].slice(0, mostOpen));
  }
  return groups;
}

/** Without the groups of which a newer version is there: one that shares a subject, a file or a thread. */
function newestGroups(groups: readonly Group[], problems: PatchProblem[]): readonly Group[] {
  const newest = new Map<string, number>();
  for (const { version, drafts } of groups)
    for (const mark of drafts.flatMap(marksOf)) newest.set(mark, Math.max(version, newest.get(mark) ?? 0));
  return groups.filter(({ version, drafts }) => {
    const newer = drafts
      .flatMap(marksOf)
      .reduce((most, mark) => Math.max(most, newest.get(mark) ?? 0), version);
    if (newer === version) return true;
    const text = `version ${version} of the series is left out: version ${newer} is there too`;
    problems.push({ severity: 'note', line: drafts[0]?.line ?? 0, text });
    return false;
  });
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
