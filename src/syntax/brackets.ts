// brackets.ts
// Pairs brackets, and says of every brace whether it opens a block, a struct, an enum or an initialiser.

import {
  closeBrace,
  closeParenthesis,
  closeSubscript,
  comma,
  equals,
  openBrace,
  openParenthesis,
  openSubscript,
  semicolon,
} from './bytes.ts';
import {
  blockContext,
  enumContext,
  fileContext,
  initialiserContext,
  parenthesisContext,
  structContext,
  subscriptContext,
} from './draft.ts';
import type { Draft } from './draft.ts';
import { directiveToken, nameToken, punctuatorToken } from './tokens.ts';
import { aggregateFlag, doFlag, elseFlag, enumFlag, expressionFlag } from './words.ts';

/** The context that an opening bracket makes; `before` is the live position after the last token in front of it. */
export function contextOpenedBy(draft: Draft, bracket: number, before: number, around: number): number {
  if (bracket === openParenthesis) return parenthesisContext;
  return bracket === openSubscript ? subscriptContext : contextOfBrace(draft, before, around);
}

export const isOpening = (char: number): boolean =>
  char === openParenthesis || char === openSubscript || char === openBrace;

export const isClosing = (char: number): boolean =>
  char === closeParenthesis || char === closeSubscript || char === closeBrace;

/** Fills `draft.partner` and `draft.context`. Brackets that do not pair are left alone. */
export function pairBrackets(draft: Draft): void {
  const { kind, char, live, partner, context, count } = draft;
  const openPositions: number[] = [];
  const contexts: number[] = [fileContext];
  for (let i = 0; i < count; i++) {
    const token = live[i]!;
    partner[i] = -1;
    context[i] = contexts[contexts.length - 1]!;
    if (kind[token] !== punctuatorToken) continue;
    const bracket = char[token]!;
    if (isOpening(bracket)) {
      contexts.push(contextOpenedBy(draft, bracket, i, context[i]!));
      openPositions.push(i);
    } else if (isClosing(bracket) && openPositions.length > 0) {
      const opening = openPositions.pop()!;
      contexts.pop();
      partner[opening] = i;
      partner[i] = opening;
      context[i] = contexts[contexts.length - 1]!;
    }
  }
}

// Lines of `#define` may stand between two tokens, but not without end: a text of nothing else must not cost the square
// of its length.
export const longestDirectiveRun = 400;

/** The last live position before `before` that is no directive, or -1. */
export function lastTokenBefore(draft: Draft, before: number): number {
  const stop = Math.max(0, before - longestDirectiveRun);
  for (let i = before - 1; i >= stop; i--) {
    if (draft.kind[draft.live[i]!] !== directiveToken) return i;
  }
  return -1;
}

function contextOfBrace(draft: Draft, before: number, around: number): number {
  const last = lastTokenBefore(draft, before);
  if (last < 0) return blockContext;
  const token = draft.live[last]!;
  if (draft.kind[token] === nameToken) return contextAfterName(draft, last);
  if (draft.kind[token] !== punctuatorToken) return blockContext;
  switch (draft.char[token]!) {
    case equals:
    case closeSubscript:
      return initialiserContext;
    case closeParenthesis:
      return contextAfterParenthesis(draft, last);
    case comma:
    case openBrace: {
      const inValue =
        around === initialiserContext || around === parenthesisContext || around === subscriptContext;
      return inValue ? initialiserContext : blockContext;
    }
    default:
      return blockContext;
  }
}

/** `struct x {`, `enum {`, `do {`; anything else is a block. */
function contextAfterName(draft: Draft, last: number): number {
  for (let i = last; i >= 0 && i > last - 4; i--) {
    const token = draft.live[i]!;
    if (draft.kind[token] !== nameToken) break;
    const flags = draft.flags[draft.name[token]!]!;
    if (flags & aggregateFlag) return flags & enumFlag ? enumContext : structContext;
    if (flags & (elseFlag | doFlag)) return blockContext;
  }
  return blockContext;
}

/** `f(...) {` and `if (...) {` open blocks, `= (struct x) {` and `return (struct x) {` open initialisers. */
function contextAfterParenthesis(draft: Draft, closing: number): number {
  const head = openingOf(draft, closing) - 1;
  if (head < 0) return blockContext;
  const token = draft.live[head]!;
  if (draft.kind[token] === nameToken) {
    return draft.flags[draft.name[token]!]! & expressionFlag ? initialiserContext : blockContext;
  }
  if (draft.kind[token] !== punctuatorToken) return initialiserContext;
  const char = draft.char[token];
  return char === closeParenthesis || char === semicolon ? blockContext : initialiserContext;
}

// A parenthesis that is further away than this is not the head of anything; the bound keeps a text made of
// brackets alone from costing the square of its length.
const longestHead = 4000;

function openingOf(draft: Draft, closing: number): number {
  let depth = 0;
  const stop = Math.max(0, closing - longestHead);
  for (let i = closing; i >= stop; i--) {
    const token = draft.live[i]!;
    if (draft.kind[token] !== punctuatorToken) continue;
    const char = draft.char[token];
    if (char === closeParenthesis) depth++;
    else if (char === openParenthesis && --depth === 0) return i;
  }
  return 0;
}
