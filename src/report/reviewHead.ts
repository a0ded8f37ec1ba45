// reviewHead.ts
// The head of a review for people: what was applied to what, what became of each patch, and what was looked at.

import type { Conflict } from '../patch/applied.ts';
import type { PatchResult, ReviewReport } from '../engine/reviewReport.ts';
import { isOfTheTreeBefore, isTransient } from '../review/reviewed.ts';
import { wrapped } from './columns.ts';
import { onOneLine, printable } from './printable.ts';
import { baseWords, isNew, patchWords, shortBase, unreadIn } from './reviewed.ts';
import { ruleCounts } from './ruleCounts.ts';
import { counted } from './words.ts';

export function headLines(report: ReviewReport): string[] {
  const { base, kernel, cover, patches, problems } = report;
  const isSeries = patches.length > 1 && cover !== undefined && cover !== '';
  return [
    ...(isSeries ? wrapped(`Series: ${onOneLine(cover)}`, '', '    ') : []),
    ...patches.flatMap((result) => patchLines(result, report)),
    ...problems.flatMap(({ text }) => wrapped(`note: ${printable(text)}`, '  ', '    ')),
    ...wrapped(`Base: ${baseWords(base, kernel)}.`, '', '    '),
    ...wrapped(lookedAt(report), '', '    '),
  ];
}

/** `Looked at 39 files, 1,054 functions, and 449 more that they reach.` */
export function lookedAt(report: ReviewReport): string {
  const { files, functions, reached, patches } = report;
  const isStopped = patches.some(({ status }) => status === 'failed');
  if (unreadIn(report) ?? (isStopped && files.length === 0)) return 'Nothing was looked at.';
  if (files.length === 0) return 'No code changes, so nothing was looked at.';
  const more = reached > functions ? `, and ${counted(reached - functions, 'more')} that they reach` : '';
  return `Looked at ${counted(files.length, 'file')}, ${counted(functions, 'function')}${more}.`;
}

/** The subject; of a bare diff the files that it changes. */
export function subjectOf({ subject, changes }: PatchResult['patch']): string {
  if (subject !== '') return onOneLine(subject);
  const paths = [...new Set(changes.map(({ newPath }) => onOneLine(newPath)))];
  const more = paths.length > 3 ? ` and ${counted(paths.length - 3, 'other file')}` : '';
  return paths.length === 0 ? 'a patch without a subject' : `${paths.slice(0, 3).join(', ')}${more}`;
}

function patchLines(result: PatchResult, report: ReviewReport): string[] {
  const { patch, conflicts, notes } = result;
  const { patches } = report;
  const name = patches.length === 1 ? '' : `${patchWords(patch.number, patches)} `;
  const outcome = outcomeOf(result, report);
  return [
    ...wrapped(`${name}${subjectOf(patch)}${outcome === '' ? '' : ` (${outcome})`}`, '', '    '),
    ...conflicts.flatMap((conflict) => conflictLines(conflict, result, report)),
    ...patch.problems.flatMap(({ severity, line, text }) =>
      wrapped(`${severity}: ${line > 0 ? `line ${line}: ` : ''}${printable(text)}`, '  ', '    '),
    ),
    ...notes.flatMap((note) => wrapped(`note: ${printable(note)}`, '  ', '    ')),
  ];
}

/** `introduces 1 cycle`; of a patch that stands alone the last line of the report says it. */
export function outcomeOf(
  { patch, status, conflicts }: PatchResult,
  { patches, findings }: ReviewReport,
): string {
  switch (status) {
    case 'failed':
      return conflicts.length > 0 ? 'does not apply' : 'not applied';
    case 'empty':
      return 'changes no file';
    case 'applied':
      break;
  }
  if (patches.length === 1) return '';
  const came = findings.filter(
    (finding) => finding.introducedBy === patch.number && (isNew(finding) || isTransient(finding)),
  );
  const went = findings.filter(({ goneBy }) => goneBy === patch.number);
  const fixed = went.filter(isOfTheTreeBefore);
  const undone = went.filter(isTransient);
  return [
    ...(came.length === 0 ? [] : [`introduces ${ruleCounts(came)}`]),
    ...(fixed.length === 0 ? [] : [`fixes ${ruleCounts(fixed)}`]),
    ...(undone.length === 0 ? [] : [`takes ${ruleCounts(undone)} away again`]),
  ].join(', ');
}

/** `patch 3/5 does not apply to linux 6.12.117 at drivers/x.c:120: it is not what hunk 1 expects`. */
function conflictLines(conflict: Conflict, result: PatchResult, report: ReviewReport): string[] {
  return [
    ...wrapped(conflictSentence(conflict, result, report), '  ', '    '),
    ...conflictEvidence(conflict).map((line) => `    ${line}`),
  ];
}

export function conflictSentence(
  { path, line, text }: Conflict,
  { patch }: PatchResult,
  { patches, base, kernel }: ReviewReport,
): string {
  const place = line === 0 ? path : `${path}:${line}`;
  const name = patches.length === 1 ? 'it' : `patch ${patchWords(patch.number, patches)}`;
  const why = text.startsWith(`${place} `) ? `the line ${text.slice(place.length + 1)}` : text;
  const what = line === 0 ? text : `at ${place}: ${why}`;
  return printable(`${name} does not apply to ${shortBase(base, kernel)}${line === 0 ? ':' : ''} ${what}`);
}

/** The line as the patch has it, and as the tree has it. */
export function conflictEvidence({ line, expected, found }: Conflict): string[] {
  const has = (who: string, code: string): string => `${who} ${printable(code)}`;
  return [
    ...(expected === undefined ? [] : [has('the patch has:', expected)]),
    ...(line === 0 ? [] : [has('the tree has: ', found ?? '(the end of the file)')]),
  ];
}
