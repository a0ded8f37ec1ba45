// readCommit.ts
// A commit as `git show` and `git log -p` print it.

import { decodedText } from './byteText.ts';
import type { PatchDraft } from './patchDraft.ts';
import { diffOffset, readDiff } from './readDiff.ts';
import type { SourceText } from './sourceText.ts';
import { readSubject } from './subject.ts';

export interface CommitDraft extends PatchDraft {
  /** In milliseconds, where it is told. */
  readonly dateMs: number | undefined;
}

export function readCommit(source: SourceText): CommitDraft {
  const head = decodedText(source.text.slice(0, diffOffset(source.text)));
  const subject = /\n\r?\n {4}(\S.*)/.exec(head)?.[1]?.trimEnd() ?? '';
  const date = /^(?:Author)?Date: +(.*)$/m.exec(head)?.[1];
  const dateMs = date === undefined ? Number.NaN : Date.parse(date);
  return {
    line: source.firstLine,
    subject: { ...readSubject(''), text: subject },
    fullSubject: subject,
    mail: undefined,
    baseCommit: undefined,
    dateMs: Number.isNaN(dateMs) ? undefined : dateMs,
    ...readDiff(source),
  };
}

/** As they apply. git log begins with the newest, unless it was told otherwise. */
export function inCommitOrder(commits: readonly CommitDraft[]): readonly CommitDraft[] {
  return isNewestFirst(commits) ? commits.toReversed() : commits;
}

function isNewestFirst(commits: readonly CommitDraft[]): boolean {
  let forwards = 0;
  let backwards = 0;
  const made = new Map<string, number>();
  const used = new Map<string, number>();
  for (const [i, { changes }] of commits.entries()) {
    for (const { newPath, oldPath, oldBlob, newBlob } of changes) {
      // What one makes and another begins with tells their order, whatever their dates say.
      if ((made.get(`${oldPath}\n${oldBlob}`) ?? i) < i) forwards++;
      if ((used.get(`${newPath}\n${newBlob}`) ?? i) < i) backwards++;
      if (newBlob !== undefined) made.set(`${newPath}\n${newBlob}`, i);
      if (oldBlob !== undefined) used.set(`${oldPath}\n${oldBlob}`, i);
    }
  }
  if (forwards !== backwards) return backwards > forwards;
  const first = commits.at(0)?.dateMs;
  const last = commits.at(-1)?.dateMs;
  return first === undefined || last === undefined || first >= last;
}
