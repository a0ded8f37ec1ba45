// damage.ts
// What programs for mail do to diffs: they wrap long lines, put blanks in front of others, and turn tabs into blanks.

import type { FileChange } from './change.ts';
import type { MailPart } from './mailParts.ts';
import type { PatchProblem } from './problem.ts';
import type { DiffRead } from './readDiff.ts';

export function damageOf(
  { isFlowed, source }: MailPart,
  { changes, problems }: DiffRead,
): readonly PatchProblem[] {
  if (changes.length === 0) return [];
  const found: PatchProblem[] = [];
  const isBroken = problems.some(({ severity }) => severity === 'error');
  const remedy = 'ask for it again, sent by git send-email';
  if (isFlowed && (isBroken || isStuffed(changes)))
    found.push({
      severity: 'error',
      line: source.firstLine,
      text: `the mail is format=flowed, and that has wrapped lines of the diff or put blanks before them; ${remedy}`,
    });
  else if (isBroken && hasWrappedLines(problems))
    found.push({
      severity: 'error',
      line: source.firstLine,
      text: `the sender's program seems to have wrapped long lines of the diff; ${remedy}`,
    });
  if (hasLostTabs(changes))
    found.push({
      severity: 'note',
      line: source.firstLine,
      text: `no line of the diff has a tab: the sender's program may have turned them into blanks; if so, ${remedy}`,
    });
  return found;
}

const hasWrappedLines = (problems: readonly PatchProblem[]): boolean =>
  problems.some(({ text }) => text.includes('is damaged'));

// In less text a diff may well have no tab.
const enoughLines = 6;

/** Each line that begins with a blank has got one more. */
function isStuffed(changes: readonly FileChange[]): boolean {
  const context = linesOf(changes).filter(({ kind, text }) => kind === 'context' && text !== '');
  return context.length >= enoughLines && context.every(({ text }) => text.startsWith(' '));
}

function hasLostTabs(changes: readonly FileChange[]): boolean {
  const lines = linesOf(changes.filter(({ newPath }) => /\.[chS]$/.test(newPath)));
  return (
    lines.filter(({ text }) => /^ {4,}\S/.test(text)).length >= enoughLines &&
    !lines.some(({ text }) => text.includes('\t'))
  );
}

const linesOf = (changes: readonly FileChange[]): FileChange['hunks'][number]['lines'] =>
  changes.flatMap(({ hunks }) => hunks.flatMap(({ lines }) => lines));
