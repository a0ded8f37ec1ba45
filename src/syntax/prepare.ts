// prepare.ts
// The pre-pass: makes text of the same length, with the same line ends, in which the macros that the C grammar cannot
// read are rewritten. Whatever is changed is listed, so that names and arguments are read from the original bytes.

import { dot, openBrace, openParenthesis, star } from './bytes.ts';
import { reduceArguments, reduceOffsetof, reduceTypeof } from './arguments.ts';
import { pairBrackets } from './brackets.ts';
import { resolveConditionals } from './conditionals.ts';
import { blockContext, Draft, enumContext, fileContext, initialiserContext, structContext } from './draft.ts';
import { rewriteFileLevel } from './fileMacros.ts';
import { blankUnnamedField, rewriteListMacro, rewriteMemberMacro } from './listMacros.ts';
import { blankBareMacro, rewriteStatement } from './macroStatements.ts';
import type { Prepared } from './prepared.ts';
import { blankTable } from './tables.ts';
import { nameToken, numberToken, punctuatorToken, stringToken } from './tokens.ts';
import type { Tokeniser } from './tokens.ts';
import {
  blankRegisterName,
  rewriteCallAfterString,
  rewriteCaseRange,
  rewriteOddNumber,
  rewriteWordsBeforeString,
} from './wordFixes.ts';
import {
  aggregateFlag,
  asmFlag,
  keywordFlag,
  offsetofFlag,
  operatorFlag,
  typeFlag,
  typeofFlag,
} from './words.ts';

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
    // What an earlier step took out, such as statements among arguments, must not be written to again.
    if (draft.isGone(i)) continue;
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
  const flags = draft.flagsAt(i);
  const closing = draft.punctuator(i + 1) === openParenthesis ? draft.partner[i + 1]! : -1;
  if (closing < 0) return draft.context[i] === blockContext ? blankBareMacro(draft, i) : i;
  if (flags & asmFlag) return blankRegisterName(draft, i, closing);
  if (flags & offsetofFlag) reduceOffsetof(draft, i + 1, closing);
  if (flags & typeofFlag) reduceTypeof(draft, i + 1, closing);
  if (flags & (keywordFlag | operatorFlag) || isDeclared(draft, i) || draft.context[i] === enumContext)
    return i;
  if (draft.context[i] === blockContext) {
    const done = rewriteStatement(draft, i, closing);
    if (done >= 0) return done;
  }
  reduceArguments(draft, i + 1, closing);
  return i;
}

/** `extern void f(unsigned long);` in a body declares: its parameters are types, and stay. */
function isDeclared(draft: Draft, i: number): boolean {
  if (draft.punctuator(i - 1) !== star) return (draft.nameFlags(i - 1) & typeFlag) !== 0;
  return (
    ((draft.nameFlags(i - 2) | (draft.isName(i - 2) ? draft.nameFlags(i - 3) : 0)) &
      (typeFlag | aggregateFlag)) !==
    0
  );
}
