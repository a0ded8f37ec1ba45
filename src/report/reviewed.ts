// reviewed.ts
// What every format of a review has to say in words: which patch, which base, how many of what, and the answer.

import type { Base, PatchResult, ReviewReport } from '../engine/reviewReport.ts';
import type { SourceLines } from '../engine/checkReport.ts';
import type { SkippedFile } from '../index/treeIndex.ts';
import { isOfTheTreeBefore, isTransient } from '../review/reviewed.ts';
import type { ReviewedFinding } from '../review/reviewed.ts';
import { printable } from './printable.ts';
import { ruleCounts } from './ruleCounts.ts';

/** What the reader is told by default: new, and nobody has said that it may stay. */
export const isNew = ({ status, suppression }: ReviewedFinding): boolean =>
  status === 'introduced' && suppression === undefined;

const noLines: SourceLines = () => '';

/** The lines that the steps of a finding stand on, in the tree that has it, fit to be printed. */
export function linesOf(finding: ReviewedFinding, report: ReviewReport): SourceLines {
  const last = isOfTheTreeBefore(finding) ? report.linesBefore : report.lines;
  const source = isTransient(finding) ? (report.linesWithin.get(finding.id) ?? noLines) : last;
  return (path, line) => printable(source(path, line));
}

/** Whether a step of the finding stands on a line that the patches add; if they fix it, that they take away. */
export function isChangedFor(finding: ReviewedFinding, report: ReviewReport): ReviewReport['isAdded'] {
  if (isTransient(finding)) return () => false;
  return isOfTheTreeBefore(finding) ? report.isRemoved : report.isAdded;
}

const scopes = new WeakMap<readonly string[], ReadonlySet<string>>();

/** Files that were looked at; made once for all findings of a report. */
export function filesOf({ files }: ReviewReport): ReadonlySet<string> {
  const known = scopes.get(files) ?? new Set(files);
  scopes.set(files, known);
  return known;
}

/** `2/5`; of a patch that stands alone `the patch`. */
export function patchWords(number: number, patches: readonly PatchResult[]): string {
  if (patches.length === 1) return 'the patch';
  const total = patches.find(({ patch }) => patch.number === number)?.patch.total;
  return `${number}/${total ?? patches.length}`;
}

/** `introduced by 2/5, gone by 4/5`. */
export function courseWords(
  { status, introducedBy, goneBy }: ReviewedFinding,
  patches: readonly PatchResult[],
): string {
  const came = introducedBy === undefined ? [] : [`introduced by ${patchWords(introducedBy, patches)}`];
  const end = introducedBy === undefined ? 'fixed' : 'gone';
  const went = goneBy === undefined ? [] : [`${end} by ${patchWords(goneBy, patches)}`];
  const words = [...came, ...went].join(', ');
  return words === '' ? status : words;
}

/** `linux 6.12.117, commit 0123456789ab (named by the series)`. */
export function baseWords(base: Base, kernel: string): string {
  const linux = linuxWords(kernel);
  if (base.kind === 'commit') {
    const commit = `${linux}, commit ${base.commit.slice(0, 12)}`;
    switch (base.from) {
      case 'base-commit':
        return `${commit} (named by the series)`;
      case 'blobs':
        return `${commit} (it has the contents that the patches name)`;
      case 'range':
        return commit;
    }
  }
  const out = base.commit === undefined ? '' : ` (${base.commit.slice(0, 12)} is checked out)`;
  return `${linux}, the tree as it is${out}`;
}

/** `linux 6.12.117 (0123456789ab)`, for the middle of a sentence. */
export function shortBase(base: Base, kernel: string): string {
  return base.commit === undefined
    ? linuxWords(kernel)
    : `${linuxWords(kernel)} (${base.commit.slice(0, 12)})`;
}

const linuxWords = (kernel: string): string => (kernel === '' ? 'the tree' : `linux ${kernel}`);

/** A file that the patches touch, where nothing could be looked at for want of it. */
export function unreadIn({ files, skipped }: ReviewReport): SkippedFile | undefined {
  const unread = new Set(skipped.map(({ path }) => path));
  return files.every((path) => unread.has(path)) ? skipped[0] : undefined;
}

/** `1 cycle introduced by 2/5`, `Nothing introduced, 1 fixed`, `Not reviewed: the patch does not apply`. Without a full stop. */
export function answerWords(report: ReviewReport): string {
  const { findings, patches } = report;
  const failed = patches.find(({ status }) => status === 'failed');
  const introduced = findings.filter(isNew);
  const fixed = findings.filter(isOfTheTreeBefore);
  const transient = findings.filter(isTransient);
  const hidden = findings.filter(({ status, suppression }) => status === 'introduced' && suppression);
  const parts = [
    introduced.length === 0
      ? 'Nothing introduced'
      : `${ruleCounts(introduced)} introduced${byWords(introduced, report)}`,
    ...(fixed.length === 0 ? [] : [`${ruleCounts(fixed)} fixed`]),
    ...(transient.length === 0 ? [] : [`${ruleCounts(transient)} within the series only`]),
    ...(hidden.length === 0 ? [] : [`${hidden.length} suppressed`]),
  ];
  const unread = unreadIn(report);
  if (!failed && unread) return `Not reviewed: ${printable(unread.path)} could not be read`;
  if (!failed) return parts.join(', ');
  const name = patchWords(failed.patch.number, patches);
  // Nobody may take it for an answer where nothing was looked at.
  if (!patches.some(({ status }) => status === 'applied')) return `Not reviewed: ${name} does not apply`;
  return introduced.length === 0
    ? `Nothing introduced before ${name}: ${name} does not apply`
    : `${parts.join(', ')}; ${name} does not apply`;
}

function byWords(findings: readonly ReviewedFinding[], { patches }: ReviewReport): string {
  const numbers = [...new Set(findings.flatMap(({ introducedBy }) => introducedBy ?? []))].sort(
    (a, b) => a - b,
  );
  if (numbers.length === 0 || patches.length === 1) return '';
  return ` by ${numbers.map((number) => patchWords(number, patches)).join(', ')}`;
}
