// reviewView.ts
// A review as an editor lists it: patch after patch, what became of each, and what is wrong with it. Plain data; the
// findings of the patches come beside it.

import type { PatchResult, ReviewReport } from '../engine/reviewReport.ts';
import { onOneLine, printable } from './printable.ts';
import { answerWords, baseWords, patchWords } from './reviewed.ts';
import { conflictEvidence, conflictSentence, lookedAt, outcomeOf, subjectOf } from './reviewHead.ts';
import { counted } from './words.ts';

export interface ReviewView {
  /** In one sentence without a full stop: `1 cycle introduced by 2/5`. */
  readonly answer: string;
  /** `linux 6.12.117, the tree as it is`. */
  readonly base: string;
  /** Sentences: what was looked at, and what could not be followed. */
  readonly looked: string;
  /** The subject of the cover letter; empty: there is none. */
  readonly cover: string;
  readonly patches: readonly PatchView[];
  /** About no single patch. Sentences without a full stop. */
  readonly notes: readonly string[];
}

export interface PatchView {
  readonly number: number;
  /** `2/5`; empty of a patch that stands alone. */
  readonly name: string;
  readonly subject: string;
  readonly status: PatchResult['status'];
  /** `introduces 1 cycle`, `does not apply`; empty where nothing is to be said. */
  readonly outcome: string;
  readonly problems: readonly PatchProblemView[];
}

export interface PatchProblemView {
  readonly severity: 'error' | 'note';
  /** One sentence without a full stop. */
  readonly text: string;
  /** What differs, line by line. */
  readonly evidence: readonly string[];
  /** `tree`: a line of the tree that the patch does not fit; `patch`: of the text that was read. Lines count from 1. */
  readonly place: ProblemPlace | undefined;
}

export type ProblemPlace =
  | { readonly in: 'tree'; readonly path: string; readonly line: number }
  | { readonly in: 'patch'; readonly line: number };

export function reviewView(report: ReviewReport): ReviewView {
  const { base, kernel, cover, patches, problems, unresolvedCalls } = report;
  const unresolved =
    unresolvedCalls === 0 ? '' : ` ${counted(unresolvedCalls, 'call')} could not be followed.`;
  return {
    answer: answerWords(report),
    base: baseWords(base, kernel),
    looked: `${lookedAt(report)}${unresolved}`,
    cover: onOneLine(cover ?? ''),
    patches: patches.map((result) => patchView(result, report)),
    notes: problems.map(({ text }) => printable(text)),
  };
}

function patchView(result: PatchResult, report: ReviewReport): PatchView {
  const { patch, status, conflicts, notes } = result;
  return {
    number: patch.number,
    name: report.patches.length === 1 ? '' : patchWords(patch.number, report.patches),
    subject: subjectOf(patch),
    status,
    outcome: outcomeOf(result, report),
    problems: [
      ...conflicts.map((conflict): PatchProblemView => {
        const { path, line } = conflict;
        const text = conflictSentence(conflict, result, report);
        const place = { in: 'tree', path, line: Math.max(1, line) } as const;
        return { severity: 'error', text, evidence: conflictEvidence(conflict), place };
      }),
      ...patch.problems.map(({ severity, line, text }): PatchProblemView => {
        const place = line === 0 ? undefined : ({ in: 'patch', line } as const);
        return { severity, text: printable(text), evidence: [], place };
      }),
      ...notes.map((note): PatchProblemView => ({
        severity: 'note',
        text: printable(note),
        evidence: [],
        place: undefined,
      })),
    ],
  };
}
