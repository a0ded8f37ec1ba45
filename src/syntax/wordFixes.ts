// wordFixes.ts
// Single tokens that the grammar does not take: `1000baseT`, `case 1 ... 5`, `KERN_ERR PFX "text"`, `"a" MACRO(b)`.

import { colon, digitZero, dot, openParenthesis, underscore } from './bytes.ts';
import { blockContext, parenthesisContext } from './draft.ts';
import type { Draft } from './draft.ts';
import { stringToken } from './tokens.ts';
import { keywordFlag } from './words.ts';

const letterX = 120;
const letterB = 98;
const longestCaseRange = 40;

// `u`, `l`, `f` end a number, `e` is its exponent.
const numberLetters = new Set([...'ulfe'].map((letter) => letter.charCodeAt(0)));

/** `1000baseT_Full` is a number to the tokeniser and nothing to the grammar: `_000baseT_Full` is a name. */
export function rewriteOddNumber(draft: Draft, i: number): void {
  const { text } = draft;
  const start = draft.startOf(i);
  const end = draft.endOf(i);
  if (end - start <= 2 || (text[start] === digitZero && (text[start + 1]! | 32) === letterX)) return;
  for (let at = start; at < end; at++) {
    const letter = text[at]! | 32;
    const isLetter = (letter >= 97 && letter <= 122) || text[at] === underscore;
    const isBinaryPrefix = at === start + 1 && letter === letterB;
    if (!isLetter || isBinaryPrefix || numberLetters.has(letter)) continue;
    draft.put(start, '_');
    draft.record('other', start, end);
    return;
  }
}

/** `case A ... B:` loses `... B`. Gives the last live position dealt with. */
export function rewriteCaseRange(draft: Draft, i: number): number {
  const isEllipsis = draft.punctuator(i + 1) === dot && draft.punctuator(i + 2) === dot;
  if (!isEllipsis || draft.context[i] !== blockContext) return i;
  let end = i;
  while (end < draft.count && draft.punctuator(end) !== colon && end < i + longestCaseRange) end++;
  if (draft.punctuator(end) !== colon) return i;
  draft.blankTokens(i, end - 1);
  draft.record('other', draft.startOf(i), draft.endOf(end - 1));
  return end;
}

/** `"a" MACRO(b)` in a call: the grammar joins strings with names, not with calls. */
export function rewriteCallAfterString(draft: Draft, i: number): number {
  const closing = draft.punctuator(i + 2) === openParenthesis ? draft.partner[i + 2]! : -1;
  if (!draft.isName(i + 1) || closing < 0 || draft.context[i] !== parenthesisContext) return i;
  draft.blankTokens(i + 1, closing);
  draft.record('other', draft.startOf(i + 1), draft.endOf(closing));
  return closing;
}

/** `printk(KERN_ERR PFX "text")`: all but the last of the words before a string go. */
export function rewriteWordsBeforeString(draft: Draft, i: number): number {
  const isPair =
    draft.context[i] === parenthesisContext &&
    !(draft.flagsAt(i) & keywordFlag) &&
    draft.isName(i + 1) &&
    !(draft.flagsAt(i + 1) & keywordFlag);
  if (!isPair) return i;
  let at = i + 1;
  while (draft.isName(at)) at++;
  if (at >= draft.count || draft.kindAt(at) !== stringToken) return i;
  draft.blankTokens(i, at - 2);
  draft.record('other', draft.startOf(i), draft.endOf(at - 2));
  return at - 1;
}

/** `register long a asm("2") = b;` names a register, which the grammar does not take. */
export function blankRegisterName(draft: Draft, i: number, closing: number): number {
  if (!draft.isName(i - 1) || draft.flagsAt(i - 1) & keywordFlag) return i;
  draft.blankTokens(i, closing);
  draft.record('attributeCall', draft.startOf(i), draft.endOf(closing));
  return closing;
}
