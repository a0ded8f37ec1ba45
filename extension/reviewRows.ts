// reviewRows.ts
// The rows of the Review view: the patches of a series, below each what it brings in and takes away, and below that
// who does what. Knows no editor.

import type { CycleRow, CycleStep } from '../src/report/cycleRows.ts';
import type { CycleThread } from '../src/report/cycleView.ts';
import type { PatchProblemView, PatchView } from '../src/report/reviewView.ts';
import type { PatchReview, ReviewedCycle } from '../src/server/protocol.ts';
import { findingLabel } from './findingGroups.ts';

export type ReviewRow =
  | { readonly kind: 'patch'; readonly patch: PatchView; readonly rows: readonly ReviewRow[] }
  | { readonly kind: 'problem'; readonly problem: PatchProblemView }
  | { readonly kind: 'note'; readonly text: string }
  /** What is no news. */
  | { readonly kind: 'group'; readonly label: string; readonly rows: readonly ReviewRow[] }
  | { readonly kind: 'finding'; readonly finding: ReviewedCycle }
  | { readonly kind: 'thread'; readonly finding: ReviewedCycle; readonly thread: CycleThread }
  | { readonly kind: 'step'; readonly finding: ReviewedCycle; readonly step: CycleStep }
  | { readonly kind: 'fold'; readonly finding: ReviewedCycle; readonly fold: Fold };

type Fold = Extract<CycleRow, { readonly kind: 'fold' }>;

export function reviewRows(review: PatchReview): readonly ReviewRow[] {
  const { patches, findings, notes } = review;
  return [
    ...notes.map((text): ReviewRow => ({ kind: 'note', text })),
    ...patches.map((patch) => patchRow(patch, findings)),
    ...groupOf('Suppressed', findings.filter(isSuppressed)),
    ...groupOf(
      'There before, and still',
      findings.filter((finding) => finding.view.status === 'existing' && !isSuppressed(finding)),
    ),
  ];
}

export function rowsBelow(row: ReviewRow): readonly ReviewRow[] {
  switch (row.kind) {
    case 'patch':
    case 'group':
      return row.rows;
    case 'finding':
      return row.finding.view.threads.map((thread) => ({ kind: 'thread', finding: row.finding, thread }));
    case 'thread':
      return row.thread.rows.map((inner) => stepRow(inner, row.finding));
    case 'fold':
      return row.fold.steps.map((step) => ({ kind: 'step', finding: row.finding, step }));
    case 'problem':
    case 'note':
    case 'step':
      return [];
  }
}

/** Above the rows: the answer, and what it rests on. */
export const reviewHeading = ({ answer, looked, base, cover }: PatchReview): string =>
  [...(cover === '' ? [] : [`${cover}.`]), `${answer}.`, looked, `Base: ${base}.`].join(' ');

/** `lock_a → lock_b`, and what became of it where that is not said by its place. */
export function findingWords({ view }: ReviewedCycle): { readonly label: string; readonly about: string } {
  const threads = view.threads.map(({ fn }) => `${fn}()`).join(', ');
  const course = view.status === 'fixed' ? [view.course] : [];
  return { label: findingLabel(view), about: [...course, threads].join(' · ') };
}

/** `acme_stop() holds a and wants b`, without the function. */
export function threadWords({ fn, sentence }: CycleThread): string {
  return sentence.startsWith(`${fn}() `) ? sentence.slice(fn.length + 3) : sentence;
}

/** What a reader opens first: the surest finding that the patches bring in. */
export const firstIntroduced = ({ findings }: PatchReview): ReviewedCycle | undefined =>
  findings.find((finding) => finding.view.status === 'introduced' && !isSuppressed(finding));

/** What a patch brings in, from the one that a finding row stands below. */
export function rowOf(rows: readonly ReviewRow[], finding: ReviewedCycle): ReviewRow | undefined {
  const all = rows.flatMap((row) => [row, ...rowsBelow(row)]);
  return all.find((row) => row.kind === 'finding' && row.finding === finding);
}

const isSuppressed = ({ suppression }: ReviewedCycle): boolean => suppression !== undefined;

function patchRow(patch: PatchView, findings: readonly ReviewedCycle[]): ReviewRow {
  const own = findings.filter((finding) => finding.patch === patch.number && !isSuppressed(finding));
  return {
    kind: 'patch',
    patch,
    rows: [
      ...patch.problems.map((problem): ReviewRow => ({ kind: 'problem', problem })),
      ...own.map((finding): ReviewRow => ({ kind: 'finding', finding })),
    ],
  };
}

function groupOf(name: string, findings: readonly ReviewedCycle[]): readonly ReviewRow[] {
  if (findings.length === 0) return [];
  const rows = findings.map((finding): ReviewRow => ({ kind: 'finding', finding }));
  return [{ kind: 'group', label: `${name} (${findings.length})`, rows }];
}

const stepRow = (row: CycleRow, finding: ReviewedCycle): ReviewRow =>
  row.kind === 'step' ? { kind: 'step', finding, step: row } : { kind: 'fold', finding, fold: row };
