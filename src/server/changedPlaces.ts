// changedPlaces.ts
// Where in the states of a review something stands: which of them a finding's lines are those of, the changed line that
// brings it in, and what a file was called before.

import { columnOf, lineOf, positionAt } from '../base/position.ts';
import type { ReviewReport } from '../engine/reviewReport.ts';
import { mainStep } from '../report/mainStep.ts';
import { filesOf } from '../report/reviewed.ts';
import type { HunkReference, ReviewedFinding } from '../review/reviewed.ts';
import { assumeAscii } from './columns.ts';
import type { SourcePlace, TouchedFile } from './protocol.ts';

/** What is gone has the lines of the last state that had it. */
export function stateOf({ goneBy }: ReviewedFinding, { patches, texts }: ReviewReport): number {
  const applied = patches.filter(({ status }) => status === 'applied');
  const gone = applied.findIndex(({ patch }) => patch.number === goneBy);
  return goneBy === undefined || gone < 0 ? Math.max(0, texts.length - 1) : gone;
}

/** A step of the finding that the patches add; where they only take lines away, the place of the first of these. */
export function changedPlace(finding: ReviewedFinding, report: ReviewReport): SourcePlace | undefined {
  const step = mainStep(finding, filesOf(report), report.isAdded);
  if (step && report.isAdded(step.path, lineOf(step.at)))
    return { path: step.path, ...assumeAscii(positionAt(lineOf(step.at), columnOf(step.at))) };
  const [reference] = finding.closedBy;
  return reference && placeOf(reference, report);
}

/** As the header of the hunk has it; later patches of a series may have moved it by a few lines. */
function placeOf({ patch, path, hunk, line }: HunkReference, report: ReviewReport): SourcePlace | undefined {
  const result = report.patches.find((one) => one.patch.number === patch);
  const found = result?.patch.changes.find(({ newPath }) => newPath === path)?.hunks[hunk];
  if (!found) return undefined;
  const before = found.lines.slice(0, line).filter(({ kind }) => kind !== 'removed').length;
  return { path, line: Math.max(0, found.newStart - 1 + before), character: 0 };
}

export function touchedFiles({ patches, texts }: ReviewReport): readonly TouchedFile[] {
  const paths = new Set(texts.slice(1).flatMap((changed) => [...changed.keys()]));
  const renames = patches
    .filter(({ status }) => status === 'applied')
    .flatMap(({ patch }) => patch.changes.filter(({ kind }) => kind === 'renamed'))
    .toReversed();
  return [...paths].sort().map((path) => {
    let oldPath = path;
    for (const rename of renames) if (rename.newPath === oldPath) oldPath = rename.oldPath;
    return texts[0]?.get(oldPath) === undefined ? { path } : { path, oldPath };
  });
}
