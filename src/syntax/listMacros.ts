// listMacros.ts
// Macro calls where the grammar expects members, initialisers or enumerators.

import {
  closeBrace,
  closeParenthesis,
  colon,
  comma,
  dot,
  equals,
  openBrace,
  openParenthesis,
  openSubscript,
  semicolon,
} from './bytes.ts';
import { initialiserContext } from './draft.ts';
import type { Draft } from './draft.ts';
import type { RewriteKind } from './prepared.ts';
import { keywordFlag, operatorFlag } from './words.ts';

/** `u32 :4;` among struct members: a bit field without a name, which the grammar takes only of its own types. */
export function blankUnnamedField(draft: Draft, i: number): number {
  const isUnnamed =
    draft.isName(i) &&
    draft.punctuator(i + 1) === colon &&
    draft.punctuator(i + 3) === semicolon &&
    startsMember(draft, i);
  if (!isUnnamed) return i;
  draft.blankTokens(i, i + 3);
  draft.record('other', draft.startOf(i), draft.endOf(i + 3));
  return i + 3;
}

function startsMember(draft: Draft, i: number): boolean {
  const before = draft.punctuator(i - 1);
  return draft.isDirective(i - 1) || before === semicolon || before === openBrace || before === closeBrace;
}

/** `DECLARE_BITMAP(x, 4);` among struct members: blanked, with its `;` if it has one. */
export function rewriteMemberMacro(draft: Draft, i: number): number {
  const closing = draft.punctuator(i + 1) === openParenthesis ? draft.partner[i + 1]! : -1;
  if (closing < 0 || draft.flagsAt(i) & (keywordFlag | operatorFlag)) return i;
  if (!startsMember(draft, i)) return i;
  const after = draft.punctuator(closing + 1);
  let last = closing;
  if (after === semicolon) last = closing + 1;
  else if (after !== closeBrace && !draft.isName(closing + 1) && !draft.isDirective(closing + 1)) return i;
  blankMacro(draft, 'memberMacro', i, closing, last);
  return last;
}

/**
 * `FIELD(a) FIELD(b)`, `FIELD(a) .b = c`: a macro call in a list that has no comma after it, because it brings its own,
 * gets one where there is room, and is blanked where there is none.
 */
export function rewriteListMacro(draft: Draft, i: number): number {
  if (draft.flagsAt(i) & keywordFlag || !startsItem(draft, i)) return i;
  const isInitialiser = draft.context[i] === initialiserContext;
  const closing = draft.punctuator(i + 1) === openParenthesis ? draft.partner[i + 1]! : i;
  if (closing < 0) return i;
  const after = draft.punctuator(closing + 1);
  const isCall = closing > i;
  const isNextItem =
    draft.isName(closing + 1) ||
    (isCall && (after === dot || draft.isDirective(closing + 1))) ||
    (isInitialiser && (after === openBrace || (isCall && after === openSubscript)));
  // `CHANNEL(3) = { ... }` designates an element.
  const isDesignator = isCall && isInitialiser && after === equals;
  // An enumerator is a plain name, so that a call among them goes in any case.
  const isEnumerators = isCall && !isInitialiser && (after === comma || after === closeBrace);
  if (!isNextItem && !isDesignator && !isEnumerators) return i;
  if (isInitialiser && isCall && isNextItem && separate(draft, closing)) return closing;
  const last = isDesignator || (isEnumerators && after === comma) ? closing + 1 : closing;
  blankMacro(draft, 'initMacro', i, closing, last);
  return last;
}

/** Puts a comma in the blank before the next item. */
function separate(draft: Draft, closing: number): boolean {
  if (draft.isDirective(closing + 1)) return false;
  const at = draft.startOf(closing + 1) - 1;
  if (draft.roomBetween(at, at + 1) !== at || at < draft.endOf(closing)) return false;
  draft.put(at, ',');
  draft.record('other', at, at + 1);
  return true;
}

function startsItem(draft: Draft, i: number): boolean {
  const before = draft.punctuator(i - 1);
  if (before === comma || before === openBrace || before === closeParenthesis) return true;
  return draft.isDirective(i - 1) || draft.isName(i - 1);
}

/** Blanks a macro, and what stands between its end and `last`. */
function blankMacro(draft: Draft, kind: RewriteKind, first: number, closing: number, last: number): void {
  draft.blankTokens(first, last);
  draft.record(kind, draft.startOf(first), draft.endOf(closing));
  if (last > closing) draft.record('other', draft.startOf(closing + 1), draft.endOf(last));
}
