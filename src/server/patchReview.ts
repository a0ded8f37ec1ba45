// patchReview.ts
// The review of a patch for an editor: what it brings in and takes away, each finding as the panel shows it, the texts
// of the files that it changes, and the whole answer as text and as a mail.

import type { Token } from '../base/cancel.ts';
import { UserError } from '../base/errors.ts';
import { positionAt } from '../base/position.ts';
import { reviewSeries } from '../engine/review.ts';
import type { ReviewProgress } from '../engine/review.ts';
import { baseIndex, baseReader, chooseBase } from '../engine/reviewBase.ts';
import { patchesOf, uncommittedPatch } from '../engine/reviewInput.ts';
import type { Base, ReviewReport, StateTexts } from '../engine/reviewReport.ts';
import type { IndexedTree } from '../index/indexedTree.ts';
import type { Repository } from '../index/repository.ts';
import type { ReadFile } from '../patch/applied.ts';
import type { PatchSeries } from '../patch/change.ts';
import { readPatches } from '../patch/readPatches.ts';
import { withNotes } from '../patch/series.ts';
import { cycleView } from '../report/cycleView.ts';
import { findingLines } from '../report/findingText.ts';
import { noPaint } from '../report/paint.ts';
import { courseWords, filesOf, isChangedFor, isNew, linesOf } from '../report/reviewed.ts';
import { replyText, reviewAnswers } from '../report/reviewMail.ts';
import { reviewText } from '../report/reviewText.ts';
import { reviewView } from '../report/reviewView.ts';
import type { ReviewedFinding } from '../review/reviewed.ts';
import { readSuppressions } from '../review/suppressions.ts';
import { changedPlace, stateOf, touchedFiles } from './changedPlaces.ts';
import { assumeAscii } from './columns.ts';
import { cycleOf } from './fileFindings.ts';
import type { PatchReview, ReviewedCycle, ReviewSource } from './protocol.ts';

export interface ReviewSurroundings {
  readonly repository: Repository | undefined;
  readonly readDisk: ReadFile;
  /** The list of this person, as read from disk. */
  readonly suppressions: Uint8Array | undefined;
  /** What else is to be said about it: sentences without a full stop. */
  readonly notes?: readonly string[];
  readonly onProgress?: (progress: ReviewProgress) => void;
}

export interface ReviewWithTexts {
  readonly review: PatchReview;
  readonly texts: StateTexts;
}

export async function reviewForEditor(
  index: IndexedTree,
  source: ReviewSource,
  surroundings: ReviewSurroundings,
  token: Token,
): Promise<ReviewWithTexts> {
  const { repository, readDisk, suppressions, onProgress } = surroundings;
  const { series, base, notes } = await readSource(source, repository, token);
  const wants = (path: string): boolean => index.wantsFile(path);
  const based = await baseIndex(index, { base, repository, wants }, token);
  const read = baseReader(based.base, repository, readDisk);
  const request = {
    series: withNotes(series, [...notes, based.why, ...(surroundings.notes ?? [])]),
    scope: [],
    kernel: index.kernelVersion ?? '',
    base: based.base,
    read,
    suppressions: await readSuppressions({ files: based.index.files, text: read }, suppressions),
    ...(onProgress && { onProgress }),
  };
  const report = await reviewSeries(based.index, request, token);
  return { review: answerOf(report), texts: report.texts };
}

export const answerOf = (report: ReviewReport): PatchReview => ({
  ...reviewView(report),
  text: reviewText(report),
  mail: reviewAnswers(report),
  files: report.files,
  touched: touchedFiles(report),
  lastState: Math.max(0, report.texts.length - 1),
  findings: report.findings.map((finding) => reviewedCycle(finding, report)),
});

interface ReadSource {
  readonly series: PatchSeries;
  readonly base: Base;
  readonly notes: readonly string[];
}

async function readSource(
  source: ReviewSource,
  repository: Repository | undefined,
  token: Token,
): Promise<ReadSource> {
  const { kind } = source;
  if (kind === 'text' || kind === 'bytes') {
    const series = withPatches(readPatches(patchBytes(source)), source.name);
    const { base, why } = await chooseBase(series, repository, token);
    return { series, base, notes: [why] };
  }
  if (!repository) throw new UserError('no-patch', 'the tree lies in no git repository; review a patch file');
  const { bytes, base, notes } =
    kind === 'uncommitted'
      ? await uncommittedPatch(repository, token)
      : await patchesOf(repository, source.revision, token);
  const series = readPatches(bytes);
  if (kind === 'uncommitted' && !hasChanges(series))
    throw new UserError('no-patch', 'nothing is changed since the last commit');
  return {
    series: withPatches(series, kind === 'uncommitted' ? 'the change' : source.revision),
    base,
    notes,
  };
}

/** Of a patch that came as a text. */
export const patchBytes = (source: Extract<ReviewSource, { readonly kind: 'text' | 'bytes' }>): Uint8Array =>
  source.kind === 'text'
    ? new TextEncoder().encode(source.text)
    : Uint8Array.from(atob(source.base64), (letter) => letter.charCodeAt(0));

const hasChanges = ({ patches }: PatchSeries): boolean => patches.some(({ changes }) => changes.length > 0);

function withPatches(series: PatchSeries, name: string): PatchSeries {
  if (hasChanges(series)) return series;
  throw new UserError('no-patch', `there is no patch in ${name}`);
}

function reviewedCycle(finding: ReviewedFinding, report: ReviewReport): ReviewedCycle {
  const files = filesOf(report);
  const inScope = (path: string): boolean => files.has(path);
  const lines = linesOf(finding, report);
  const isChanged = isChangedFor(finding, report);
  const course = courseWords(finding, report.patches);
  const text = findingLines(finding, 1, { inScope, lines, paint: noPaint, isChanged }, course).join('\n');
  const reply = replyText(finding, report);
  const view = cycleView(finding, { inScope, lines, isChanged, status: finding.status, course, text, reply });
  const { introducedBy, goneBy, suppression } = finding;
  const patch = introducedBy ?? goneBy;
  const changedAt = isNew(finding) ? changedPlace(finding, report) : undefined;
  return {
    ...cycleOf(finding, view, (path, line, column) => ({ path, ...assumeAscii(positionAt(line, column)) })),
    state: stateOf(finding, report),
    ...(patch !== undefined && { patch }),
    ...(changedAt && { changedAt }),
    ...(suppression && { suppression }),
  };
}
