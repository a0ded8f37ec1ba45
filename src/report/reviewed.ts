// reviewed.ts
// What every format of a review has to say in words: which patch, which base, how many of what.

import type { Base, PatchResult, ReviewReport } from '../engine/reviewReport.ts';
import type { ReviewedFinding } from '../review/reviewed.ts';
import type { Rule } from '../waits/finding.ts';

/** Gone at the end, and there before the first patch: its lines are those of the tree before. */
export const isOfTheTreeBefore = ({ status, introducedBy }: ReviewedFinding): boolean =>
  status === 'fixed' && introducedBy === undefined;

/** What the reader is told by default: new, and nobody has said that it may stay. */
export const isNew = ({ status, suppression }: ReviewedFinding): boolean =>
  status === 'introduced' && suppression === undefined;

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
  const went = goneBy === undefined ? [] : [`gone by ${patchWords(goneBy, patches)}`];
  const words = [...came, ...went].join(', ');
  return words === '' ? status : words;
}

export function baseWords(base: Base, kernel: string): string {
  const linux = kernel === '' ? 'the tree' : `linux ${kernel}`;
  const commit = base.commit?.slice(0, 12);
  if (base.kind === 'commit') return `${linux}, commit ${commit}`;
  return commit === undefined
    ? `${linux}, as it lies on the disk`
    : `${linux}, as it lies on the disk (${commit})`;
}

/** `1 cycle introduced by 2/5`, `Nothing introduced`. */
export function answerWords(report: ReviewReport): string {
  const failed = report.patches.find(({ status }) => status === 'failed');
  const introduced = report.findings.filter(isNew);
  const parts: string[] = [];
  if (introduced.length > 0) parts.push(`${ruleCounts(introduced)} introduced${byWords(introduced, report)}`);
  else parts.push('nothing introduced');
  const fixed = report.findings.filter(
    ({ status, introducedBy }) => status === 'fixed' && introducedBy === undefined,
  );
  if (fixed.length > 0) parts.push(`${fixed.length} fixed`);
  const hidden = report.findings.filter(({ status, suppression }) => status === 'introduced' && suppression);
  if (hidden.length > 0) parts.push(`${hidden.length} suppressed`);
  if (failed) parts.push(`${patchWords(failed.patch.number, report.patches)} does not apply`);
  const text = parts.join(', ');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

function byWords(findings: readonly ReviewedFinding[], { patches }: ReviewReport): string {
  const numbers = [...new Set(findings.flatMap(({ introducedBy }) => introducedBy ?? []))].sort(
    (a, b) => a - b,
  );
  if (numbers.length === 0 || patches.length === 1) return '';
  return ` by ${numbers.map((number) => patchWords(number, patches)).join(', ')}`;
}

// prettier-ignore
const nouns: Readonly<Record<Rule, readonly [string, string]>> = {
  'lock-cycle':      ['cycle', 'cycles'],
  'wait-cycle':      ['cycle', 'cycles'],
  'self-deadlock':   ['self-deadlock', 'self-deadlocks'],
  'irq-deadlock':    ['deadlock with an interrupt', 'deadlocks with an interrupt'],
  'sleep-in-atomic': ['sleep in atomic context', 'sleeps in atomic context'],
  'lock-leak':       ['lock left held', 'locks left held'],
};

/** `2 cycles and 1 lock left held`. */
export function ruleCounts(findings: readonly ReviewedFinding[]): string {
  const counts = new Map<string, { readonly words: readonly [string, string]; count: number }>();
  for (const { rule } of findings) {
    const words = nouns[rule];
    const known = counts.get(words[0]);
    if (known) known.count++;
    else counts.set(words[0], { words, count: 1 });
  }
  const parts = [...counts.values()].map(({ words, count }) => `${count} ${words[count === 1 ? 0 : 1]}`);
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}
