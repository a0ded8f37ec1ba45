// b4ReviewFiles.ts
// Review files as `b4 review` reads them from .git/b4-review/<commit at the tip of the review branch>/: who speaks
// (identity.txt), a note on the series (series.txt), and for each patch that something is to be said about a note, its
// whole diff behind `> `, and comments below the lines that they are about (0002.txt). Of each note the first line is
// the summary that b4 lists. (misc/agent-reviewer.md of b4 0.15.)

import { decodedText } from '../patch/byteText.ts';
import type { FileChange, Patch } from '../patch/change.ts';
import { hunkHeader } from '../patch/hunkHeader.ts';
import type { PatchResult, ReviewReport } from '../engine/reviewReport.ts';
import type { ReviewedFinding } from '../review/reviewed.ts';
import { diffLine } from './diffLine.ts';
import { printable } from './printable.ts';
import { replyTo } from './replyText.ts';
import { answerWords, isNew, shortBase } from './reviewed.ts';
import { lookedAt } from './reviewHead.ts';
import { ruleCounts } from './ruleCounts.ts';

export interface ReviewFile {
  /** Without a folder: `0002.txt`. */
  readonly name: string;
  readonly text: string;
}

// The address is that of nobody; b4 only tells reviewers apart by it.
const identity = 'Holdwait <holdwait@localhost>\n';

export function b4ReviewFiles(report: ReviewReport): readonly ReviewFile[] {
  const series = [
    `${answerWords(report)}.`,
    '',
    `${lookedAt(report)} Base: ${shortBase(report.base, report.kernel)}.`,
  ];
  const patches = report.patches.flatMap((result) => {
    const { number } = result.patch;
    const own = report.findings.filter((finding) => isNew(finding) && finding.introducedBy === number);
    if (own.length === 0) return [];
    return [{ name: `${String(number).padStart(4, '0')}.txt`, text: patchText(result, own, report) }];
  });
  return [{ name: 'identity.txt', text: identity }, { name: 'series.txt', text: ended(series) }, ...patches];
}

function patchText(result: PatchResult, findings: readonly ReviewedFinding[], report: ReviewReport): string {
  const { patch } = result;
  const comments = findings.map((finding) => ({
    place: placeOf(finding, patch),
    lines: replyTo(finding, result, report).lines,
  }));
  const general = comments.filter(({ place }) => place === undefined);
  return ended([
    `Introduces ${ruleCounts(findings)}`,
    '',
    ...general.flatMap(({ lines }) => [...lines, '']),
    ...diffLines(patch, (place) =>
      comments.flatMap((comment) => (comment.place === place ? [comment.lines] : [])),
    ),
  ]);
}

/** Change, hunk and line of the last line that closes it, by which a comment finds its place. */
function placeOf({ closedBy }: ReviewedFinding, { number, changes }: Patch): string | undefined {
  const places = closedBy.flatMap(({ patch, path, hunk, line }) => {
    const change = changes.findIndex(({ newPath, oldPath }) => newPath === path || oldPath === path);
    return patch === number && changes[change]?.hunks[hunk]?.lines[line] ? [{ change, hunk, line }] : [];
  });
  const last = places.sort((a, b) => a.change - b.change || a.hunk - b.hunk || a.line - b.line).at(-1);
  return last ? keyOf(last.change, last.hunk, last.line) : undefined;
}

const keyOf = (change: number, hunk: number, line: number): string => `${change} ${hunk} ${line}`;

/** Every line of the diff is quoted; none may be left out. */
function diffLines(
  { changes }: Patch,
  commentsAt: (place: string) => readonly (readonly string[])[],
): readonly string[] {
  return changes.flatMap((change, changeIndex) => [
    ...headerOf(change).map(quoted),
    ...change.hunks.flatMap((hunk, hunkIndex) => {
      const lines = hunk.lines.flatMap((line, lineIndex) => {
        const end = line.endsWithoutNewline ? ['\\ No newline at end of file'] : [];
        const written = [diffLine(line), ...end];
        const comments = commentsAt(keyOf(changeIndex, hunkIndex, lineIndex));
        return [...written.map(quoted), ...comments.flatMap((comment) => ['', ...comment, ''])];
      });
      return [quoted(decodedText(hunkHeader(hunk))), ...lines];
    }),
  ]);
}

const quoted = (line: string): string => `> ${printable(line)}`;

function headerOf({
  kind,
  oldPath,
  newPath,
  oldBlob,
  newBlob,
  oldMode,
  newMode,
}: FileChange): readonly string[] {
  const isRename = kind === 'renamed' || kind === 'copied';
  const word = kind === 'copied' ? 'copy' : 'rename';
  return [
    `diff --git a/${oldPath} b/${newPath}`,
    ...(kind === 'added' ? [`new file mode ${newMode ?? '100644'}`] : []),
    ...(kind === 'deleted' ? [`deleted file mode ${oldMode ?? '100644'}`] : []),
    ...(isRename ? [`${word} from ${oldPath}`, `${word} to ${newPath}`] : []),
    ...(oldBlob === undefined || newBlob === undefined ? [] : [`index ${oldBlob}..${newBlob}`]),
    `--- ${kind === 'added' ? '/dev/null' : `a/${oldPath}`}`,
    `+++ ${kind === 'deleted' ? '/dev/null' : `b/${newPath}`}`,
  ];
}

const ended = (lines: readonly string[]): string => lines.map((line) => `${line.trimEnd()}\n`).join('');
