// macroStatements.ts
// Macro calls in function bodies that are statements of a shape that C does not have: loops, scopes, and calls without
// `;`. Loops and scopes become `while (...)`, as that keeps their body and their condition in the tree.

import {
  closeBrace,
  closeParenthesis,
  equals,
  colon,
  minus,
  openBrace,
  openParenthesis,
  plus,
  semicolon,
  star,
} from './bytes.ts';
import { argumentShape, keepFirstArgument, reduceArguments } from './arguments.ts';
import type { Draft } from './draft.ts';
import { rewriteAssignedMacro } from './fileMacros.ts';
import { capitalsFlag, doFlag, elseFlag, loopFlag, scopeFlag, storageFlag } from './words.ts';

/**
 * Looks at the call at live positions `i` (name) to `closing` in a block. Gives the last live position of a call that
 * is done with, or -1 if its arguments are still to be read as those of a plain call.
 */
export function rewriteStatement(draft: Draft, i: number, closing: number): number {
  if (endsDoLoop(draft, i)) {
    rewriteLoop(draft, i, closing, false);
    return i + 1;
  }
  const flags = draft.flagsAt(i);
  const isLoopLike = (flags & (loopFlag | scopeFlag)) !== 0;
  if (startsStatement(draft, i) && opensStatement(draft, closing, isLoopLike, (flags & loopFlag) !== 0)) {
    if (isLoopLike || draft.punctuator(closing + 1) === openBrace) {
      rewriteLoop(draft, i, closing, (flags & scopeFlag) !== 0 && !(flags & loopFlag));
      return i + 1;
    }
    const isBeforeElse = (draft.nameFlags(closing + 1) & elseFlag) !== 0;
    if (draft.isName(closing + 1) && !isBeforeElse && !draft.hasLineBreakAfter(closing)) {
      keepFirstArgument(draft, i + 1, closing);
      return i;
    }
    draft.blankTokens(i, closing);
    // `if (x) MACRO(y) else ...` needs a statement there.
    if (isBeforeElse) draft.put(draft.startOf(i), ';');
    draft.record('statementMacro', draft.startOf(i), draft.endOf(closing));
    return closing;
  }
  const assigns = draft.punctuator(closing + 1) === equals && draft.punctuator(closing + 2) === openBrace;
  if (assigns && startsStatement(draft, i)) {
    const after = rewriteAssignedMacro(draft, i, i, closing);
    if (after > i) return after;
  }
  blankStorageBefore(draft, i, closing);
  return -1;
}

/** `do { ... } while_each_thread(g, t);` */
function endsDoLoop(draft: Draft, i: number): boolean {
  const opening = draft.punctuator(i - 1) === closeBrace ? draft.partner[i - 1]! : -1;
  return opening > 0 && (draft.nameFlags(opening - 1) & doFlag) !== 0;
}

/** `LOCK_ALL` on a line of its own: a macro without arguments and without `;`. */
export function blankBareMacro(draft: Draft, i: number): number {
  const isAlone =
    (draft.flagsAt(i) & capitalsFlag) !== 0 &&
    (draft.isName(i + 1) || draft.isDirective(i + 1)) &&
    draft.hasLineBreakAfter(i) &&
    startsStatement(draft, i);
  if (!isAlone) return i;
  draft.blankTokens(i, i);
  draft.record('statementMacro', draft.startOf(i), draft.endOf(i));
  return i;
}

function startsStatement(draft: Draft, i: number): boolean {
  if (draft.isDirective(i - 1)) return true;
  switch (draft.punctuator(i - 1)) {
    case semicolon:
    case openBrace:
    case closeBrace:
    case colon:
    case closeParenthesis:
      return true;
    default:
      return (draft.nameFlags(i - 1) & (elseFlag | doFlag)) !== 0;
  }
}

/** Whether what follows `NAME(...)` begins a statement of its own. */
function opensStatement(draft: Draft, closing: number, isLoopLike: boolean, isLoop: boolean): boolean {
  const after = closing + 1;
  if (draft.isName(after)) return isLoop || !(draft.flagsAt(after) & storageFlag);
  if (draft.isDirective(after)) return true;
  const char = draft.punctuator(after);
  if (char === openBrace || char === closeBrace) return true;
  // `*p = 0;`, `++n;`, `(void)f();` as the body of a loop; after another name these are operators.
  return isLoopLike && (char === star || char === plus || char === minus || char === openParenthesis);
}

function rewriteLoop(draft: Draft, i: number, closing: number, isScope: boolean): void {
  const start = draft.startOf(i);
  const end = draft.endOf(i);
  const keyword = end - start >= 5 ? 'while' : 'if';
  if (end - start < keyword.length) return;
  draft.blank(start, end);
  draft.put(start, keyword);
  draft.record(isScope ? 'scope' : 'loop', start, end);
  if (closing > i + 2) reduceArguments(draft, i + 1, closing);
  else fillEmptyCondition(draft, i + 1, closing, end - start);
}

/** `while ()` needs a condition: a `0` between the parentheses, or else the `(` moves into the name's padding. */
function fillEmptyCondition(draft: Draft, opening: number, closing: number, nameLength: number): void {
  const room = draft.roomBetween(draft.endOf(opening), draft.startOf(closing));
  if (room >= 0) {
    draft.put(room, '0');
    draft.record('argument', room, room + 1);
  } else if (nameLength >= 6) {
    const place = draft.startOf(opening);
    draft.put(draft.endOf(opening - 1) - 1, '(');
    draft.put(place, '0');
    draft.record('argument', place, place + 1);
  }
}

/** `static DEFINE_X(a, b);` in a body reads as a call once `static` is gone. */
function blankStorageBefore(draft: Draft, i: number, closing: number): void {
  const isDeclaring =
    (draft.nameFlags(i - 1) & storageFlag) !== 0 && draft.punctuator(closing + 1) === semicolon;
  if (!isDeclaring || argumentShape(draft, i + 1, closing) === 'name') return;
  draft.blankTokens(i - 1, i - 1);
  draft.record('attribute', draft.startOf(i - 1), draft.endOf(i - 1));
}
