// fileMacros.ts
// Macros outside functions: `static DECLARE_WORK(w, fn);`, `module_init(x)` without `;`, `SYSCALL_DEFINE3(...) {`,
// and function headers with attribute words that no table knows.

import {
  closeBrace,
  closeParenthesis,
  comma,
  equals,
  openBrace,
  openParenthesis,
  semicolon,
  star,
} from './bytes.ts';
import { argumentShape } from './arguments.ts';
import type { Draft } from './draft.ts';
import {
  aggregateFlag,
  capitalsFlag,
  constFlag,
  fileMacroFlag,
  keywordFlag,
  storageFlag,
  typeFlag,
} from './words.ts';

/**
 * Looks at the name at a live position in file context. Gives the last live position that it dealt with; the same
 * position if there is nothing more to skip.
 */
export function rewriteFileLevel(draft: Draft, i: number): number {
  if (!startsDeclaration(draft, i)) return i;
  const flags = draft.flagsAt(i);
  // `STATIC int foo(...)`: a lone word in capitals before a type stands for a storage class.
  if (flags & capitalsFlag && draft.nameFlags(i + 1) & (typeFlag | storageFlag)) {
    draft.blankTokens(i, i);
    draft.record('attribute', draft.startOf(i), draft.endOf(i));
    return i;
  }
  let macro = i;
  while (draft.nameFlags(macro) & storageFlag || (macro > i && draft.nameFlags(macro) & constFlag)) macro++;
  const isCall = draft.isName(macro) && !(draft.flagsAt(macro) & keywordFlag);
  const closing = draft.punctuator(macro + 1) === openParenthesis ? draft.partner[macro + 1]! : -1;
  if (!isCall || closing < 0) return blankUnknownAttributes(draft, i);
  switch (draft.punctuator(closing + 1)) {
    case semicolon:
      return rewriteDeclaringMacro(draft, i, macro, closing);
    case equals:
      return rewriteAssignedMacro(draft, i, macro, closing);
    case openBrace:
      return rewriteHeaderMacro(draft, macro, closing);
    default:
      return rewriteBareMacro(draft, i, macro, closing);
  }
}

function startsDeclaration(draft: Draft, i: number): boolean {
  if (i === 0 || draft.isDirective(i - 1)) return true;
  const before = draft.punctuator(i - 1);
  return before === semicolon || before === closeBrace || before === closeParenthesis;
}

/** `static MACRO(a, b);` is read as a call once `static` is gone. */
function rewriteDeclaringMacro(draft: Draft, first: number, macro: number, closing: number): number {
  const shape = argumentShape(draft, macro + 1, closing);
  let isChanged = false;
  if (macro > first && shape !== 'name') {
    blankStorage(draft, first, macro);
    isChanged = true;
  }
  if (shape === 'code') {
    draft.blank(draft.endOf(macro + 1), draft.startOf(closing));
    isChanged = true;
  }
  if (isChanged) draft.record('fileMacro', draft.startOf(macro), draft.endOf(closing));
  return closing;
}

/** `static MACRO(a, b) = ...;` becomes `int x = ...;`, as no declarator looks like that. */
export function rewriteAssignedMacro(draft: Draft, first: number, macro: number, closing: number): number {
  if (argumentShape(draft, macro + 1, closing) === 'name') return first;
  blankStorage(draft, first, macro);
  draft.blankTokens(macro, closing);
  if (draft.endOf(macro) - draft.startOf(macro) >= 4) draft.put(draft.startOf(macro), 'int ');
  draft.put(draft.startOf(closing), 'x');
  draft.record('fileMacro', draft.startOf(macro), draft.endOf(closing));
  return closing;
}

/** `SYSCALL_DEFINE3(read, unsigned int, fd, ...) {` keeps its first argument and reads as an old-style header. */
function rewriteHeaderMacro(draft: Draft, macro: number, closing: number): number {
  const opening = macro + 1;
  let at = opening + 1;
  while (at < closing && draft.punctuator(at) !== comma) {
    at = draft.partner[at]! > at ? draft.partner[at]! + 1 : at + 1;
  }
  if (at < closing) draft.blank(draft.startOf(at), draft.startOf(closing));
  if (!draft.isName(opening + 1) || draft.flagsAt(opening + 1) & keywordFlag) {
    const inside = draft.endOf(opening);
    draft.blank(inside, draft.startOf(closing));
    const room = draft.roomBetween(inside, draft.startOf(closing));
    if (room >= 0) draft.put(room, 'x');
  }
  draft.record('headerMacro', draft.startOf(macro), draft.endOf(closing));
  return closing;
}

/** `module_init(x)` without `;` would become the head of the next definition. */
function rewriteBareMacro(draft: Draft, first: number, macro: number, closing: number): number {
  if (!isBareMacro(draft, first, macro, closing)) return first;
  blankStorage(draft, first, macro);
  draft.blankTokens(macro, closing);
  draft.record('fileMacro', draft.startOf(macro), draft.endOf(closing));
  return closing;
}

/** The words from `first` up to a macro's name: `static`, `static const`. */
function blankStorage(draft: Draft, first: number, macro: number): void {
  if (first === macro) return;
  draft.blankTokens(first, macro - 1);
  draft.record('attribute', draft.startOf(first), draft.endOf(macro - 1));
}

function isBareMacro(draft: Draft, first: number, macro: number, closing: number): boolean {
  const after = closing + 1;
  if (after >= draft.count || draft.isDirective(after)) return true;
  if (!draft.isName(after)) return false;
  const startsDefinition = (draft.nameFlags(after) & (storageFlag | aggregateFlag | typeFlag)) !== 0;
  // `static MACRO(x)` on a line of its own; `static MACRO(x) int f(...)` would be an attribute.
  if (macro > first) return startsDefinition && draft.hasLineBreakAfter(closing);
  if (startsDefinition || draft.flagsAt(macro) & (fileMacroFlag | capitalsFlag)) return true;
  // Two calls on two lines, as no old-style parameter list begins with a call.
  return draft.punctuator(after + 1) === openParenthesis && draft.hasLineBreakAfter(closing);
}

// More words than this before a function name are no header of the kernel's.
const longestHeader = 16;

/**
 * `static int __init_of_some_driver foo(void) {`: where a header has its type already, other words between it and the
 * name are attributes that no table knows. The grammar would take the first of them for the function's name.
 */
function blankUnknownAttributes(draft: Draft, first: number): number {
  let name = first;
  while (name - first < longestHeader && (draft.isName(name) || isStar(draft, name))) name++;
  if (draft.punctuator(name) !== openParenthesis || !draft.isName(name - 1)) return first;
  const closing = draft.partner[name]!;
  const after = draft.punctuator(closing + 1);
  if (closing < 0 || (after !== openBrace && after !== semicolon)) return first;
  let hasType = false;
  for (let i = first; i < name - 1; i++) {
    if (isStar(draft, i)) {
      hasType = true;
      continue;
    }
    const flags = draft.flagsAt(i);
    if (flags & aggregateFlag) {
      hasType = true;
      i++;
    } else if (flags & typeFlag) {
      hasType ||= !(flags & constFlag);
    } else if (!(flags & keywordFlag)) {
      if (hasType || hasTypeBefore(draft, i + 1, name - 1)) {
        draft.blankTokens(i, i);
        draft.record('attribute', draft.startOf(i), draft.endOf(i));
      } else {
        hasType = true;
      }
    }
  }
  return first;
}

/** Whether a type word comes before the name, so that the word in front of it is no type. */
function hasTypeBefore(draft: Draft, from: number, name: number): boolean {
  for (let i = from; i < name; i++) {
    const flags = draft.nameFlags(i);
    if (flags & typeFlag && !(flags & constFlag)) return true;
  }
  return false;
}

const isStar = (draft: Draft, i: number): boolean => draft.punctuator(i) === star;
