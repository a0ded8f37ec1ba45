// tables.ts
// Blanks the bodies of initialisers that hold nothing but constants, such as register tables: they name no function and
// no lock, and in drivers they are a good part of what there is to parse.

import { closeBrace, dot, equals, openBrace, openParenthesis } from './bytes.ts';
import { blockContext, fileContext } from './draft.ts';
import type { Draft } from './draft.ts';
import { directiveToken, nameToken, punctuatorToken } from './tokens.ts';
import { capitalsFlag } from './words.ts';

/** Shorter ones cost little, and are pleasant to see in the tree. */
const shortestTable = 200;

/** Looks at a `{` at a live position. Gives the last live position dealt with. */
export function blankTable(draft: Draft, i: number): number {
  const closing = draft.partner[i]!;
  const around = draft.context[i];
  if (closing < 0 || (around !== fileContext && around !== blockContext)) return i;
  if (draft.punctuator(i - 1) !== equals || draft.punctuator(closing) !== closeBrace) return i;
  if (draft.startOf(closing) - draft.endOf(i) < shortestTable || !holdsConstants(draft, i + 1, closing))
    return i;
  draft.blank(draft.endOf(i), draft.startOf(closing));
  draft.record('other', draft.endOf(i), draft.startOf(closing));
  return closing;
}

function holdsConstants(draft: Draft, first: number, closing: number): boolean {
  const { kind, char, live } = draft;
  for (let i = first; i < closing; i++) {
    const token = live[i]!;
    if (kind[token] === directiveToken) return false;
    if (kind[token] === nameToken && !isConstant(draft, i)) return false;
    // `({ ... })` is code.
    if (
      kind[token] === punctuatorToken &&
      char[token] === openParenthesis &&
      draft.punctuator(i + 1) === openBrace
    ) {
      return false;
    }
  }
  return true;
}

/** A member's name in `.member =`, or a name in capitals that is no call. */
function isConstant(draft: Draft, i: number): boolean {
  if (draft.punctuator(i - 1) === dot) return true;
  return (draft.flagsAt(i) & capitalsFlag) !== 0 && draft.punctuator(i + 1) !== openParenthesis;
}
