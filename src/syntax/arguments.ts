// arguments.ts
// Makes argument lists of macros readable as arguments of a call: types become their last name or `0`, lone operators
// and empty arguments become `0`, `offsetof` paths lose their tail.

import {
  closeParenthesis,
  comma,
  dot,
  equals,
  openBrace,
  openParenthesis,
  semicolon,
  space,
  star,
  tab,
} from './bytes.ts';
import type { Draft } from './draft.ts';
import { directiveToken, nameToken, punctuatorToken, stringToken } from './tokens.ts';
import {
  controlFlag,
  doFlag,
  expressionFlag,
  jumpFlag,
  keywordFlag,
  operatorFlag,
  storageFlag,
  typeFlag,
} from './words.ts';

// A longer run of punctuators is an expression that went wrong, not an operator handed to a macro.
const longestOperator = 6;

/** Rewrites the arguments between the live positions of `(` and `)`. */
export function reduceArguments(draft: Draft, opening: number, closing: number): void {
  let first = opening + 1;
  while (first < closing) {
    const after = reduceArgument(draft, first, closing);
    first = after + 1;
  }
  // Nothing stands after the last comma: the comma is one too many.
  if (draft.punctuator(closing - 1) === comma) {
    draft.blankTokens(closing - 1, closing - 1);
    draft.record('argument', draft.startOf(closing - 1), draft.endOf(closing - 1));
  }
}

/** Rewrites one argument; gives the live position of the comma or parenthesis after it. */
function reduceArgument(draft: Draft, from: number, closing: number): number {
  const first = afterDesignator(draft, from);
  const { kind, char, live, partner } = draft;
  let isTypeLike = true;
  let isCode = (draft.nameFlags(first) & (controlFlag | doFlag)) !== 0;
  let names = 0;
  let types = 0;
  let lastName = -1;
  let at = first;
  for (; at < closing; at++) {
    const token = live[at]!;
    if (kind[token] === punctuatorToken) {
      if (char[token] === comma) break;
      if (char[token] === star) {
        if (!mayFollowStar(draft, at + 1, closing, types)) isTypeLike = false;
      } else {
        isTypeLike = false;
        if (char[token] === semicolon) isCode = true;
        if (partner[at]! > at) at = partner[at]!;
      }
    } else if (kind[token] === nameToken) {
      const word = draft.flagsAt(at);
      if (word & typeFlag) types++;
      else if (word & keywordFlag) isTypeLike = false;
      else {
        names++;
        lastName = at;
      }
    } else {
      isTypeLike = false;
    }
  }
  // A bracket that closes beyond the list would carry us past its end.
  if (at > closing) at = closing;
  if (at === first) fillEmptyArgument(draft, first);
  else if (isCode) replaceByZero(draft, first, at - 1);
  else if (draft.nameFlags(first) & jumpFlag) reduceJump(draft, first, at - 1);
  else if (isTypeLike && names + types > 0) {
    if (types > 0 || names > 1 || draft.punctuator(at - 1) === star)
      reduceType(draft, first, at - 1, lastName);
  } else if (at - first <= longestOperator && isLoneOperator(draft, first, at)) {
    replaceByZero(draft, first, at - 1);
  }
  return at;
}

/** `.name = value` handed to a macro leaves `value`. */
function afterDesignator(draft: Draft, first: number): number {
  const isDesignator =
    draft.punctuator(first) === dot && draft.isName(first + 1) && draft.punctuator(first + 2) === equals;
  if (!isDesignator) return first;
  draft.blankTokens(first, first + 2);
  draft.record('argument', draft.startOf(first), draft.endOf(first + 2));
  return first + 3;
}

/** `struct x *`, `struct x **` and `struct x *name` are types with their stars; `a * b` is a product. */
function mayFollowStar(draft: Draft, following: number, closing: number, types: number): boolean {
  if (following === closing) return true;
  const char = draft.punctuator(following);
  if (char === star || char === comma) return true;
  return types > 0 && draft.isName(following);
}

function reduceType(draft: Draft, first: number, last: number, keep: number): void {
  if (keep < 0) {
    replaceByZero(draft, first, last);
    return;
  }
  for (let i = first; i <= last; i++) {
    if (i !== keep) draft.blank(draft.startOf(i), draft.endOf(i));
  }
  draft.record('argument', draft.startOf(first), draft.endOf(last));
}

function replaceByZero(draft: Draft, first: number, last: number): void {
  draft.blankTokens(first, last);
  draft.put(draft.startOf(first), '0');
  draft.record('argument', draft.startOf(first), draft.endOf(last));
}

/** `return result` handed to a macro leaves `result`, a bare `break` leaves `0`. */
function reduceJump(draft: Draft, first: number, last: number): void {
  if (first === last) {
    replaceByZero(draft, first, last);
    return;
  }
  draft.blankTokens(first, first);
  draft.record('argument', draft.startOf(first), draft.endOf(last));
}

function isLoneOperator(draft: Draft, first: number, after: number): boolean {
  for (let i = first; i < after; i++) {
    if (draft.kindAt(i) !== punctuatorToken || draft.partner[i]! >= 0) return false;
  }
  return true;
}

/** `f(a, , b)`: a `0` where there is room for one. */
function fillEmptyArgument(draft: Draft, at: number): void {
  const place = draft.startOf(at) - 1;
  if (draft.text[place] !== space && draft.text[place] !== tab) return;
  draft.put(place, '0');
  draft.record('argument', place, place + 1);
}

/** `offsetof(struct x, a.b[c])`: the grammar takes one field name, so the rest of the path goes. */
export function reduceOffsetof(draft: Draft, opening: number, closing: number): void {
  let at = opening + 1;
  while (at < closing && draft.punctuator(at) !== comma) {
    at = draft.partner[at]! > at ? draft.partner[at]! + 1 : at + 1;
  }
  // After the comma stands the field name; all between it and the parenthesis is its path.
  if (at + 2 >= closing || !draft.isName(at + 1)) return;
  draft.blankTokens(at + 2, closing - 1);
  draft.record('argument', draft.startOf(at + 1), draft.endOf(closing - 1));
}

/** `typeof(*p)`: the grammar takes types only, so the last name of an expression stands for it. */
export function reduceTypeof(draft: Draft, opening: number, closing: number): void {
  let name = -1;
  for (let i = opening + 1; i < closing; i++) {
    if (draft.partner[i]! > i) i = draft.partner[i]!;
    else if (draft.isName(i)) {
      if (draft.flagsAt(i) & (typeFlag | operatorFlag)) return;
      name = i;
    }
  }
  if (name < 0 || closing === opening + 2) return;
  draft.blank(draft.endOf(opening), draft.startOf(name));
  draft.blank(draft.endOf(name), draft.startOf(closing));
  draft.record('argument', draft.startOf(opening + 1), draft.endOf(closing - 1));
}

/** `DEFINE_MIN_HEAP(struct x, heap) heap;`: a macro that stands for a type keeps its first argument. */
export function keepFirstArgument(draft: Draft, opening: number, closing: number): void {
  for (let i = opening + 1; i < closing; i++) {
    if (draft.partner[i]! > i) i = draft.partner[i]!;
    else if (draft.punctuator(i) === comma) {
      draft.blank(draft.startOf(i), draft.startOf(closing));
      draft.record('argument', draft.startOf(i), draft.endOf(closing - 1));
      return;
    }
  }
}

export type ArgumentShape =
  /** One plain name. */
  | 'name'
  /** Expressions. */
  | 'values'
  /** Types, statements, operators: nothing that a declaration could take. */
  | 'code';

/** What the arguments of a macro look like, for macros that stand where a declaration is expected. */
export function argumentShape(draft: Draft, opening: number, closing: number): ArgumentShape {
  if (closing === opening + 1) return 'values';
  if (closing === opening + 2 && draft.isName(opening + 1) && !(draft.flagsAt(opening + 1) & keywordFlag)) {
    return 'name';
  }
  for (let i = opening; i < closing; i++) {
    if (!isValueToken(draft, i)) return 'code';
  }
  return 'values';
}

const nonValueFlags = typeFlag | storageFlag | expressionFlag | controlFlag;
const operators = new Set([...'-+<>!=&|'].map((letter) => letter.charCodeAt(0)));

function isValueToken(draft: Draft, i: number): boolean {
  const token = draft.live[i]!;
  switch (draft.kind[token]!) {
    case nameToken:
      return !(draft.flagsAt(i) & nonValueFlags) && !draft.isName(i + 1);
    case directiveToken:
      return false;
    case stringToken:
      // The grammar joins strings with names, not with calls.
      return !(draft.isName(i + 1) && draft.punctuator(i + 2) === openParenthesis);
    case punctuatorToken: {
      const char = draft.char[token]!;
      const following = draft.punctuator(i + 1);
      const endsArgument = following === comma || following === closeParenthesis;
      if (char === openBrace || char === semicolon || char === equals) return false;
      if (char === comma || char === openParenthesis) return !endsArgument && following !== dot;
      return !(endsArgument && (char === star || operators.has(char)));
    }
    default:
      return true;
  }
}
