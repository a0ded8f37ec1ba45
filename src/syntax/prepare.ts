// prepare.ts
// The pre-pass: makes text of the same length, with the same line ends, in which the macros that the C grammar cannot
// read are rewritten. Whatever is changed is listed, so that names and arguments are read from the original bytes.

import { dot, openBrace, openParenthesis } from './bytes.ts';
import { reduceArguments, reduceOffsetof, reduceTypeof } from './arguments.ts';
import { pairBrackets } from './brackets.ts';
import { resolveConditionals } from './conditionals.ts';
import { blockContext, Draft, enumContext, fileContext, initialiserContext, structContext } from './draft.ts';
import { rewriteFileLevel } from './fileMacros.ts';
import { blankUnnamedField, rewriteListMacro, rewriteMemberMacro } from './listMacros.ts';
import { rewriteStatement } from './macroStatements.ts';
import type { Prepared } from './prepared.ts';
import { blankTable } from './tables.ts';
import { nameToken, numberToken, punctuatorToken, stringToken } from './tokens.ts';
import type { Tokeniser } from './tokens.ts';
import {
  rewriteCallAfterString,
  rewriteCaseRange,
  rewriteOddNumber,
  rewriteWordsBeforeString,
} from './wordFixes.ts';
import { keywordFlag, offsetofFlag, operatorFlag, typeofFlag } from './words.ts';

/** Prepares a file. Never throws, whatever the bytes are; `bytes` stays as it is. */
export function prepare(bytes: Uint8Array, tokeniser: Tokeniser): Prepared {
  // Not `slice`: that of a Node buffer is no copy.
  const text = new Uint8Array(bytes);
  tokeniser.run(bytes, bytes.length);
  const draft = new Draft(text, tokeniser);
  blankComments(draft);
  resolveConditionals(draft);
  pairBrackets(draft);
  rewriteMacros(draft);
  draft.rewrites.sort((left, right) => left.start - right.start);
  return { original: bytes, text, rewrites: draft.rewrites, directives: draft.directives };
}

/** Comments cost the parser more than blanks do, and nobody looks for them in its trees. */
function blankComments(draft: Draft): void {
  const { commentCount, commentStart, commentEnd } = draft.tokens;
  for (let i = 0; i < commentCount; i++) draft.blank(commentStart[i]!, commentEnd[i]!);
}

function rewriteMacros(draft: Draft): void {
  const { kind, char, live } = draft;
  for (let i = 0; i < draft.count; i++) {
    const token = live[i]!;
    switch (kind[token]!) {
      case nameToken:
        i = rewriteName(draft, i);
        break;
      case numberToken:
        rewriteOddNumber(draft, i);
        break;
      case stringToken:
        i = rewriteCallAfterString(draft, i);
        break;
      case punctuatorToken:
        if (char[token] === dot) i = rewriteCaseRange(draft, i);
        else if (char[token] === openBrace) i = blankTable(draft, i);
    }
  }
}

/** Gives the last live position that needs no further look. */
function rewriteName(draft: Draft, i: number): number {
  const afterWords = rewriteWordsBeforeString(draft, i);
  if (afterWords > i) return afterWords;
  switch (draft.context[i]!) {
    case fileContext:
      return rewriteFileLevel(draft, i);
    case structContext: {
      const afterMacro = rewriteMemberMacro(draft, i);
      return afterMacro > i ? afterMacro : blankUnnamedField(draft, i);
    }
    case enumContext:
    case initialiserContext: {
      const afterMacro = rewriteListMacro(draft, i);
      if (afterMacro > i) return afterMacro;
    }
  }
  return rewriteCall(draft, i);
}

function rewriteCall(draft: Draft, i: number): number {
  const closing = draft.punctuator(i + 1) === openParenthesis ? draft.partner[i + 1]! : -1;
  if (closing < 0) return i;
  const flags = draft.flagsAt(i);
  if (flags & offsetofFlag) reduceOffsetof(draft, i + 1, closing);
  if (flags & typeofFlag) reduceTypeof(draft, i + 1, closing);
  if (flags & (keywordFlag | operatorFlag) || draft.context[i] === enumContext) return i;
  if (draft.context[i] === blockContext) {
    const done = rewriteStatement(draft, i, closing);
    if (done >= 0) return done;
  }
  reduceArguments(draft, i + 1, closing);
  return i;
}
