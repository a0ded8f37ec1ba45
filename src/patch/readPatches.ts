// readPatches.ts
// Reads whatever people hand around as patches: mails, mboxes, what git prints, and bare diffs. Never throws because of
// what a text says.

import type { PatchSeries } from './change.ts';
import { inputText } from './inputText.ts';
import { baseCommitIn } from './message.ts';
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
  const { text, problems } = inputText(bytes);
  const sections = sectionsOf({ text, firstLine: 1 });
  const commits = sections.filter(({ kind }) => kind === 'commit').map(({ source }) => readCommit(source));
  const others = sections.flatMap(({ kind, source }) => {
    if (kind === 'commit') return [];
    return kind === 'mail' ? readMail(source) : bareDiff(source);
  });
  const drafts = [...others, ...inCommitOrder(commits.filter((commit) => holdsDiff(commit)))];
  return seriesOf(drafts, problems);
}

function bareDiff(source: SourceText): readonly PatchDraft[] {
  const read = readDiff(source);
  const draft: PatchDraft = {
    line: source.firstLine,
    subject: readSubject(''),
    fullSubject: '',
    mail: undefined,
    baseCommit: baseCommitIn(source.text),
    ...read,
  };
  return [draft];
}
