// boundedText.ts
// A text of at most so many letters: cut at the end of a line, with what is left out counted.

import { l10n } from 'vscode';

export function boundedText(text: string, mostLetters: number): string {
  const whole = text.trimEnd();
  if (whole.length <= mostLetters) return whole;
  const end = Math.max(0, whole.lastIndexOf('\n', mostLetters));
  const rest = whole.slice(end).trimStart().split('\n').length;
  const told = rest === 1 ? l10n.t('and 1 more line') : l10n.t('and {0} more lines', rest);
  return `${whole.slice(0, end)}\n… ${told}`.trimStart();
}
