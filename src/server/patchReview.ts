// patchReview.ts
// The review of a patch for an editor: what it brings in and takes away, each finding as the panel shows it, and the
// whole answer as text.

import type { Token } from '../base/cancel.ts';
import { UserError } from '../base/errors.ts';
import { positionAt } from '../base/position.ts';
import { reviewSeries } from '../engine/review.ts';
import { baseIndex, baseReader, chooseBase } from '../engine/reviewBase.ts';
import { patchesOf, uncommittedPatch } from '../engine/reviewInput.ts';
import type { Base, ReviewReport } from '../engine/reviewReport.ts';
import type { IndexedTree } from '../index/indexedTree.ts';
import type { Repository } from '../index/repository.ts';
import type { ReadFile } from '../patch/applied.ts';
import type { PatchSeries } from '../patch/change.ts';
import { readPatches } from '../patch/readPatches.ts';
import { cycleView } from '../report/cycleView.ts';
import { findingLines } from '../report/findingText.ts';
import { noPaint } from '../report/paint.ts';
import { answerWords, courseWords, isChangedFor, linesOf } from '../report/reviewed.ts';
import { replyText } from '../report/reviewMail.ts';
import { reviewText } from '../report/reviewText.ts';
import type { ReviewedFinding } from '../review/reviewed.ts';
import { readSuppressions } from '../review/suppressions.ts';
import { assumeAscii } from './columns.ts';
import { cycleOf } from './fileFindings.ts';
import type { FoundCycle, PatchReview, ReviewSource } from './protocol.ts';

export interface ReviewSurroundings {
  readonly repository: Repository | undefined;
  readonly readDisk: ReadFile;
  /** The list of this person, as read from disk. */
  readonly suppressions: Uint8Array | undefined;
}

export async function reviewForEditor(
  index: IndexedTree,
  source: ReviewSource,
  { repository, readDisk, suppressions }: ReviewSurroundings,
  token: Token,
): Promise<PatchReview> {
  const { series, base } = await readSource(source, repository, token);
  const wants = (path: string): boolean => index.wantsFile(path);
  const based = await baseIndex(index, { base, repository, wants }, token);
  const read = baseReader(based.base, repository, readDisk);
  const request = {
    series,
    scope: [],
    kernel: index.kernelVersion ?? '',
    base: based.base,
    read,
    suppressions: await readSuppressions({ files: based.index.files, text: read }, suppressions),
  };
  const report = await reviewSeries(based.index, request, token);
  const told = report.findings.filter(({ suppression }) => suppression === undefined);
  return {
    answer: answerWords(report),
    text: reviewText(report),
    files: report.files,
    findings: told.map((finding) => reviewedCycle(finding, report)),
  };
}

async function readSource(
  source: ReviewSource,
  repository: Repository | undefined,
  token: Token,
): Promise<{ readonly series: PatchSeries; readonly base: Base }> {
  if (source.kind === 'text') {
    const series = withPatches(readPatches(new TextEncoder().encode(source.text)), source.name);
    return { series, base: (await chooseBase(series, repository, token)).base };
  }
  if (!repository) throw new UserError('no-patch', 'the tree lies in no git repository; review a patch file');
  const { bytes, base } =
    source.kind === 'uncommitted'
      ? await uncommittedPatch(repository, token)
      : await patchesOf(repository, source.revision, token);
  const name = source.kind === 'uncommitted' ? 'the uncommitted change' : source.revision;
  return { series: withPatches(readPatches(bytes), name), base };
}

function withPatches(series: PatchSeries, name: string): PatchSeries {
  if (series.patches.some(({ changes }) => changes.length > 0)) return series;
  throw new UserError('no-patch', `there is no patch in ${name}`);
}

function reviewedCycle(finding: ReviewedFinding, report: ReviewReport): FoundCycle {
  const files = new Set(report.files);
  const inScope = (path: string): boolean => files.has(path);
  const lines = linesOf(finding, report);
  const isChanged = isChangedFor(finding, report);
  const course = courseWords(finding, report.patches);
  const text = findingLines(finding, 1, { inScope, lines, paint: noPaint, isChanged }, course).join('\n');
  const reply = replyText(finding, report);
  const view = cycleView(finding, { inScope, lines, isChanged, status: finding.status, course, text, reply });
  return cycleOf(finding, view, (path, line, column) => ({ path, ...assumeAscii(positionAt(line, column)) }));
}
