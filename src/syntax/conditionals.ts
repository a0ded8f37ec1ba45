// conditionals.ts
// First step of the pre-pass: drops attribute words, and chooses one branch of every `#if` group that the grammar
// could not read as it stands: branches that open more than they close, that begin with `else` or an operator, that
// end in the middle of a statement, or that sit inside parentheses or an initialiser. Groups whose branches are whole
// statements, members or definitions stay: both branches are then in the tree.

import {
  ampersand,
  carriageReturn,
  closeBrace,
  closeParenthesis,
  colon,
  comma,
  digitZero,
  dot,
  newline,
  openBrace,
  openParenthesis,
  pipe,
  question,
  semicolon,
  space,
} from './bytes.ts';
import { contextOpenedBy, isClosing, isOpening } from './brackets.ts';
import { lastTokenBefore, longestDirectiveRun } from './brackets.ts';
import { blockContext, enumContext, fileContext, initialiserContext, structContext } from './draft.ts';
import type { Draft } from './draft.ts';
import type { DirectiveKind } from './prepared.ts';
import {
  defineDirective,
  directiveToken,
  elifDirective,
  elseDirective,
  endifDirective,
  ifDirective,
  nameToken,
  punctuatorToken,
} from './tokens.ts';
import { attributeCallFlag, attributeFlag, capitalsFlag, doFlag, elseFlag, fileMacroFlag } from './words.ts';

interface Branch {
  /** Token of the directive that opens the branch. */
  readonly directive: number;
  /** Live position of that directive. */
  readonly from: number;
  /** Live position after the branch's last token. */
  to: number;
  /** Contexts that are open at its end. */
  contexts: readonly number[];
}

interface Group {
  readonly contexts: readonly number[];
  readonly branches: Branch[];
  readonly beginsWithZero: boolean;
  /** The grammar cannot read it as it stands. */
  mustChoose: boolean;
}

const directiveKinds: readonly DirectiveKind[] = ['other', 'if', 'elif', 'else', 'endif', 'define', 'other'];

const letterF = 102;

// Every `#if` keeps a copy of the open contexts, and every attribute call looks for its end: without bounds, a text
// made to hurt would cost the square of its length. Kernel code stays far below both.
const deepestContext = 400;
const longestAttribute = 1000;

/** Fills `draft.live` and `draft.directives`. */
export function resolveConditionals(draft: Draft): void {
  new ConditionalResolver(draft).run();
}

class ConditionalResolver {
  readonly #draft: Draft;
  readonly #groups: Group[] = [];
  #contexts: number[] = [fileContext];
  /** Brackets open beyond `deepestContext`. */
  #tooDeep = 0;

  constructor(draft: Draft) {
    this.#draft = draft;
  }

  run(): void {
    const draft = this.#draft;
    const { kind, char, flags, name, live } = draft;
    const count = draft.tokens.count;
    for (let token = 0; token < count; token++) {
      switch (kind[token]!) {
        case directiveToken:
          this.#takeDirective(token);
          continue;
        case nameToken: {
          const word = flags[name[token]!]!;
          if (word & (attributeFlag | attributeCallFlag)) {
            const after = this.#skipAttribute(token, word);
            if (after > token) {
              token = after - 1;
              continue;
            }
          }
          break;
        }
        case punctuatorToken: {
          const bracket = char[token]!;
          if (isOpening(bracket)) this.#enter(bracket);
          else if (isClosing(bracket)) this.#leave();
        }
      }
      live[draft.count++] = token;
    }
    if (this.#groups.length > 0) this.#blankUnfinished();
  }

  #enter(bracket: number): void {
    if (this.#contexts.length === deepestContext) this.#tooDeep++;
    else this.#contexts.push(contextOpenedBy(this.#draft, bracket, this.#draft.count, this.#innermost()));
  }

  #leave(): void {
    if (this.#tooDeep > 0) this.#tooDeep--;
    else if (this.#contexts.length > 1) this.#contexts.pop();
  }

  #innermost(): number {
    return this.#contexts[this.#contexts.length - 1]!;
  }

  /** Blanks an attribute; gives the token after it, or the same token if it is none. */
  #skipAttribute(token: number, word: number): number {
    const draft = this.#draft;
    if (word & attributeFlag) {
      draft.blank(draft.start[token]!, draft.end[token]!);
      draft.record('attribute', draft.start[token]!, draft.end[token]!);
      return token + 1;
    }
    const closing = closingToken(draft, token + 1);
    if (closing < 0) return token;
    draft.blank(draft.start[token]!, draft.end[closing]!);
    draft.record('attributeCall', draft.start[token]!, draft.end[closing]!);
    return closing + 1;
  }

  #takeDirective(token: number): void {
    const draft = this.#draft;
    const sort = draft.char[token]!;
    const start = draft.start[token]!;
    draft.directives.push({ kind: directiveKinds[sort] ?? 'other', start, end: draft.end[token]! });
    const group = this.#groups[this.#groups.length - 1];
    switch (sort) {
      case ifDirective:
        this.#openGroup(token);
        return;
      case elifDirective:
      case elseDirective:
      case endifDirective:
        if (!group) {
          this.#blankDirective(token);
          return;
        }
        this.#endBranch(group);
        draft.live[draft.count++] = token;
        if (sort === endifDirective) this.#closeGroup(group, token);
        else this.#openBranch(group, token);
        return;
      case defineDirective:
        blankNamedVariadic(draft, token);
    }
    draft.live[draft.count++] = token;
  }

  #openGroup(token: number): void {
    const draft = this.#draft;
    const around = this.#innermost();
    const midway = this.#isMidStatement(around);
    this.#groups.push({
      contexts: this.#contexts.slice(),
      branches: [{ directive: token, from: draft.count, to: draft.count, contexts: [] }],
      beginsWithZero: isIfZero(draft, token),
      mustChoose: midway || (around >= enumContext && around !== structContext),
    });
    draft.live[draft.count++] = token;
  }

  /** Whether the text before an `#if` ends in the middle of a statement or declaration. */
  #isMidStatement(around: number): boolean {
    const draft = this.#draft;
    const last = lastTokenBefore(draft, draft.count);
    if (last < 0 || (around !== fileContext && around !== blockContext && around !== structContext))
      return false;
    const char = draft.punctuator(last);
    if (around === fileContext && char === closeParenthesis) return false;
    if (around === blockContext && draft.nameFlags(last) & (elseFlag | doFlag)) return true;
    return char !== semicolon && char !== closeBrace && char !== openBrace && char !== colon;
  }

  #openBranch(group: Group, token: number): void {
    const from = this.#draft.count - 1;
    group.branches.push({ directive: token, from, to: from, contexts: [] });
    this.#contexts = group.contexts.slice();
  }

  #endBranch(group: Group): void {
    const draft = this.#draft;
    const branch = group.branches[group.branches.length - 1]!;
    branch.to = draft.count;
    branch.contexts = this.#contexts;
    if (!sameContexts(this.#contexts, group.contexts)) group.mustChoose = true;
    const around = group.contexts[group.contexts.length - 1]!;
    if (beginsMidway(draft, branch, around) || endsMidway(draft, branch, around)) group.mustChoose = true;
  }

  #closeGroup(group: Group, endif: number): void {
    this.#groups.pop();
    if (!group.mustChoose) {
      this.#contexts = group.contexts.slice();
      return;
    }
    const draft = this.#draft;
    const { branches } = group;
    const kept = group.beginsWithZero && branches.length > 1 ? 1 : 0;
    // A single branch of `#if 0` is as good as a comment.
    const keepsNothing = group.beginsWithZero && branches.length === 1;
    let write = branches[0]!.from;
    for (let i = 0; i < branches.length; i++) {
      const branch = branches[i]!;
      const following = branches[i + 1]?.directive ?? endif;
      this.#blankDirective(branch.directive);
      if (i === kept && !keepsNothing) {
        for (let from = branch.from + 1; from < branch.to; from++) draft.live[write++] = draft.live[from]!;
      } else {
        this.#dropBranch(branch, following);
      }
    }
    this.#blankDirective(endif);
    draft.count = write;
    this.#contexts = branches[kept]!.contexts.slice();
  }

  #dropBranch(branch: Branch, following: number): void {
    const draft = this.#draft;
    const from = draft.end[branch.directive]!;
    const to = draft.start[following]!;
    if (branch.to <= branch.from + 1) return;
    draft.blank(from, to);
    draft.record('droppedBranch', from, to);
  }

  #blankDirective(token: number): void {
    const draft = this.#draft;
    draft.blank(draft.start[token]!, draft.end[token]!);
    draft.record('other', draft.start[token]!, draft.end[token]!);
  }

  /** Groups that the text does not close would swallow the rest of it: their lines go, their branches stay. */
  #blankUnfinished(): void {
    const draft = this.#draft;
    const gone = new Set(this.#groups.flatMap((group) => group.branches.map((branch) => branch.directive)));
    for (const directive of gone) this.#blankDirective(directive);
    let write = 0;
    for (let i = 0; i < draft.count; i++) {
      if (!gone.has(draft.live[i]!)) draft.live[write++] = draft.live[i]!;
    }
    draft.count = write;
  }
}

/** The token of the `)` that closes the `(` at `opening`, or -1. */
function closingToken(draft: Draft, opening: number): number {
  const count = Math.min(draft.tokens.count, opening + longestAttribute);
  if (opening >= count || draft.kind[opening] !== punctuatorToken || draft.char[opening] !== openParenthesis)
    return -1;
  let depth = 0;
  for (let token = opening; token < count; token++) {
    if (draft.kind[token] === directiveToken) return -1;
    if (draft.kind[token] !== punctuatorToken) continue;
    const char = draft.char[token];
    if (char === openParenthesis) depth++;
    else if (char === closeParenthesis && --depth === 0) return token;
  }
  return -1;
}

function sameContexts(left: readonly number[], right: readonly number[]): boolean {
  return left.length === right.length && left.every((context, i) => context === right[i]);
}

/** Whether a branch begins with something that continues what stood before the `#if`. */
function beginsMidway(draft: Draft, branch: Branch, around: number): boolean {
  let first = branch.from + 1;
  const stop = Math.min(draft.count, first + longestDirectiveRun);
  while (first < stop && draft.isDirective(first)) first++;
  if (first >= draft.count) return false;
  if (draft.nameFlags(first) & elseFlag) return true;
  switch (draft.punctuator(first)) {
    case closeBrace:
    case closeParenthesis:
    case pipe:
    case ampersand:
    case comma:
    case question:
      return true;
    case dot:
      return around !== initialiserContext;
    default:
      return false;
  }
}

/** Whether a branch ends in the middle of a statement or declaration. */
function endsMidway(draft: Draft, branch: Branch, around: number): boolean {
  if (around !== fileContext && around !== blockContext && around !== structContext) return false;
  const last = lastTokenBefore(draft, draft.count);
  if (last <= branch.from) return false;
  const char = draft.punctuator(last);
  if (char === semicolon || char === closeBrace || char === colon || char === openBrace) return false;
  return !(
    around === fileContext &&
    char === closeParenthesis &&
    endsWithFileMacro(draft, branch.from + 1, last)
  );
}

function endsWithFileMacro(draft: Draft, first: number, closing: number): boolean {
  let depth = 0;
  for (let i = closing; i >= first; i--) {
    const char = draft.punctuator(i);
    if (char === closeParenthesis) depth++;
    else if (char === openParenthesis && --depth === 0) {
      return (draft.nameFlags(i - 1) & (fileMacroFlag | capitalsFlag)) !== 0;
    }
  }
  return false;
}

/** `#if 0` */
function isIfZero(draft: Draft, token: number): boolean {
  const { text } = draft;
  const word = draft.name[token]!;
  const after = text[word + 4];
  const endsThere = after === newline || after === carriageReturn || after === space;
  return text[word + 1] === letterF && text[word + 2] === space && text[word + 3] === digitZero && endsThere;
}

/** `#define f(a, args...)`: the grammar knows `...` only after a comma. */
function blankNamedVariadic(draft: Draft, token: number): void {
  const { text } = draft;
  const end = Math.min(draft.end[token]!, draft.start[token]! + 400);
  for (let at = draft.name[token]! + 6; at < end; at++) {
    const byte = text[at];
    if (byte === closeParenthesis || byte === newline) return;
    if (byte !== dot || text[at + 1] !== dot || text[at + 2] !== dot) continue;
    const before = text[at - 1];
    if (before !== space && before !== comma && before !== openParenthesis) {
      draft.blank(at, at + 3);
      draft.record('other', at, at + 3);
    }
    return;
  }
}
