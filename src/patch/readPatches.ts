// readPatches.ts
// Reads whatever people hand around as patches: mails, mboxes, what git prints, and bare diffs. Never throws because of
// what a text says.

import { byteStringOf, longestText } from './byteText.ts';
import type { PatchSeries } from './change.ts';
import { holdsDiff } from './patchDraft.ts';
import type { PatchDraft } from './patchDraft.ts';
import { inCommitOrder, readCommit } from './readCommit.ts';
import { readDiff } from './readDiff.ts';
import { readMail } from './readMail.ts';
import { sectionsOf } from './sections.ts';
import type { SourceText } from './sourceText.ts';
import { seriesOf } from './series.ts';
import { readSubject } from './subject.ts';

export function readPatches(bytes: Uint8Array): PatchSeries {
  if (bytes.length > longestText) return tooLong;
  const sections = sectionsOf({ text: byteStringOf(bytes), firstLine: 1 });
  const commits = sections.filter(({ kind }) => kind === 'commit').map(({ source }) => readCommit(source));
  const others = sections.flatMap(({ kind, source }) => {
    if (kind === 'commit') return [];
    return kind === 'mail' ? readMail(source) : bareDiff(source);
  });
  return seriesOf([...others, ...inCommitOrder(commits.filter((commit) => holdsDiff(commit)))]);
}

function bareDiff(source: SourceText): readonly PatchDraft[] {
  const read = readDiff(source);
  const draft: PatchDraft = {
    line: source.firstLine,
    subject: readSubject(''),
    fullSubject: '',
    mail: undefined,
    baseCommit: undefined,
    ...read,
  };
  return [draft];
}

const tooLong: PatchSeries = {
  patches: [],
  cover: undefined,
  baseCommit: undefined,
  problems: [
    { severity: 'error', line: 0, text: 'the patch is longer than 400 megabytes; give it in pieces' },
  ],
};
