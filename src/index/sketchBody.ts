// sketchBody.ts
// The part of a sketch that stands inside braces: what a function body calls, and which names are given to fields,
// in bodies and in initialisers alike. Local names are told from functions by their declarations, roughly.

import {
  defineDirective,
  directiveToken,
  elifDirective,
  elseDirective,
  endifDirective,
  ifDirective,
  nameToken,
} from '../syntax/tokens.ts';
import {
  aggregateFlag,
  attributeCallFlag,
  attributeFlag,
  elseFlag,
  keywordFlag,
  storageFlag,
  typeFlag,
} from '../syntax/words.ts';
import type { NameSet } from './nameSet.ts';
import type { MacroSketcher } from './sketchMacro.ts';
import { char, type SketchTokens } from './sketchTokens.ts';
import type { SketchWriter } from './sketchWriter.ts';

/** A declaration longer than this is no declaration. */
const longestDeclaration = 400;

export class BodySketcher {
  readonly #tokens: SketchTokens;
  readonly #writer: SketchWriter;
  readonly #macros: MacroSketcher;
  readonly #locals: NameSet;
  #lastDirective = -1;

  constructor(tokens: SketchTokens, writer: SketchWriter, macros: MacroSketcher) {
    this.#tokens = tokens;
    this.#writer = writer;
    this.#macros = macros;
    this.#locals = writer.locals;
  }

  /** Records a `#define`; other directives say nothing here. A group that is looked at twice counts once. */
  directive(token: number): void {
    const tokens = this.#tokens;
    if (token <= this.#lastDirective) return;
    this.#lastDirective = token;
    if (tokens.char[token] !== defineDirective) return;
    this.#macros.sketch(tokens.bytes, tokens.wordOf(token), tokens.end[token]!);
  }

  /** From `{` of a function to the token after its `}`. `parameters` is the `(` of its header, or -1. */
  body(open: number, parameters: number): number {
    const tokens = this.#tokens;
    this.#locals.clear();
    if (parameters >= 0) this.#readParameters(parameters, open);
    const branches: number[] = [];
    let depth = 0;
    let isStatementStart = false;
    const { count, kind, char: chars } = tokens;
    for (let token = open; token < count; token++) {
      const punctuator = chars[token]!;
      if (punctuator === 0) {
        if (kind[token] === nameToken) {
          if (isStatementStart) this.#readDeclaration(token);
          this.#call(token);
        }
        isStatementStart = false;
        continue;
      }
      switch (punctuator) {
        case char.openBrace:
          depth++;
          isStatementStart = true;
          break;
        case char.closeBrace:
          if (--depth <= 0 || this.#isEndOfDefinition(token)) return this.#leave(token + 1);
          isStatementStart = true;
          break;
        case char.semicolon:
          isStatementStart = true;
          break;
        case char.closeBracket:
        case char.dot:
        case char.greater:
          isStatementStart = false;
          this.#fieldUse(token, punctuator, false);
          break;
        default:
          if (kind[token] === directiveToken) depth = this.#depthAfterDirective(token, depth, branches);
          else isStatementStart = false;
      }
    }
    return this.#leave(tokens.count);
  }

  /** From the token after `=` to the `,` or `;` that ends the value. */
  initialiser(start: number): number {
    const tokens = this.#tokens;
    let depth = 0;
    for (let token = start; token < tokens.count; token++) {
      const punctuator = tokens.punctuator(token);
      if (tokens.isDirective(token)) this.directive(token);
      else if (tokens.isName(token)) this.#call(token);
      else if (isOpening(punctuator)) depth++;
      else if (isClosing(punctuator)) depth--;
      const isEnd = punctuator === char.semicolon || punctuator === char.comma;
      if ((depth <= 0 && isEnd) || depth < 0) return token;
      // An unbalanced #if would otherwise swallow the rest of the file.
      if (punctuator === char.closeBrace && this.#isEndOfDefinition(token)) return token + 1;
      if (punctuator !== 0) this.#fieldUse(token, punctuator, true);
    }
    return tokens.count;
  }

  #leave(token: number): number {
    this.#locals.clear();
    return token;
  }

  /** Each branch of an `#if` starts where the first one did, so unbalanced branches do not add up. */
  #depthAfterDirective(token: number, depth: number, branches: number[]): number {
    const directive = this.#tokens.char[token];
    if (directive === elifDirective || directive === elseDirective) return branches.at(-1) ?? depth;
    if (directive === ifDirective) branches.push(depth);
    else if (directive === endifDirective) branches.pop();
    else this.directive(token);
    return depth;
  }

  /** `}` in the first column with something in the first column after it: the definition ends here whatever the depth. */
  #isEndOfDefinition(token: number): boolean {
    const tokens = this.#tokens;
    if (!tokens.isAtLineStart(token)) return false;
    const next = tokens.punctuator(token + 1) === char.semicolon ? token + 2 : token + 1;
    return tokens.isAtLineStart(next) && tokens.punctuator(next) !== char.closeBrace;
  }

  #call(token: number): void {
    const tokens = this.#tokens;
    if (tokens.punctuator(token + 1) !== char.open) return;
    if ((tokens.flags(token) & (keywordFlag | attributeCallFlag)) !== 0) return;
    if (tokens.isMember(token) || this.#locals.has(tokens.nameId(token))) return;
    this.#writer.call(tokens.nameAt(token));
  }

  /** `.field = name`, `x->field = name`, `[x] = name`, at the `.`, the `>` or the `]`. */
  #fieldUse(token: number, punctuator: number, isTable: boolean): void {
    const tokens = this.#tokens;
    if (punctuator === char.closeBracket) {
      if (tokens.isAssignment(token + 1)) this.#value(token + 2, undefined, isTable);
      return;
    }
    const isArrow = punctuator === char.greater && tokens.punctuator(token - 1) === char.minus;
    if (punctuator !== char.dot && !isArrow) return;
    if (tokens.isName(token + 1) && tokens.isAssignment(token + 2))
      this.#value(token + 3, token + 1, isTable);
  }

  #value(start: number, field: number | undefined, isTable: boolean): void {
    const tokens = this.#tokens;
    let token = tokens.punctuator(start) === char.amp ? start + 1 : start;
    if (tokens.punctuator(token) === char.open) token = this.#afterCast(token);
    if (tokens.punctuator(token) === char.amp) token++;
    const inner = token + 2;
    if (!tokens.isName(token)) return;
    // pm_ptr(f), of_match_ptr(t), __exit_p(f): in a table a call around a single name is such a wrapper.
    if (isTable && tokens.punctuator(token + 1) === char.open) {
      const wrapped = tokens.punctuator(inner) === char.amp ? inner + 1 : inner;
      if (tokens.punctuator(wrapped + 1) !== char.close || !endsValue(tokens.punctuator(wrapped + 2))) return;
      token = wrapped;
    } else if (!endsValue(tokens.punctuator(token + 1))) {
      return;
    }
    if (!tokens.isOrdinaryName(token) || this.#locals.has(tokens.nameId(token))) return;
    const name = tokens.text(token);
    if (name === 'true' || name === 'false') return;
    this.#writer.useInField(tokens.nameAt(token), field === undefined ? '[]' : tokens.nameAt(field));
  }

  /** `(void *)name`: over the parentheses if only names and stars are in them. */
  #afterCast(open: number): number {
    const tokens = this.#tokens;
    let token = open + 1;
    while (tokens.isName(token) || tokens.punctuator(token) === char.star) token++;
    return tokens.punctuator(token) === char.close ? token + 1 : open;
  }

  #readParameters(open: number, end: number): void {
    const tokens = this.#tokens;
    for (let token = open + 1; token < end; token++) {
      if (!tokens.isName(token)) continue;
      const after = tokens.punctuator(token + 1);
      const isLast = after === char.comma || after === char.close || after === char.openBracket;
      if (isLast && (tokens.flags(token) & keywordFlag) === 0) this.#locals.add(tokens.nameId(token));
    }
  }

  /** Marks the variables of `struct foo *a = x, *b;`; does nothing for a statement of another kind. */
  #readDeclaration(start: number): void {
    const tokens = this.#tokens;
    const second = tokens.punctuator(start + 1);
    // `x = ...`, `x->y`, `x.y`, `x;`: no type is written so.
    if (second === char.equals || second === char.minus || second === char.dot || second === char.semicolon)
      return;
    const flags = tokens.flags(start);
    const isTyped = (flags & (typeFlag | aggregateFlag | storageFlag)) !== 0;
    if (!isTyped && (flags & (keywordFlag | elseFlag)) !== 0) return;
    if (!isTyped && !tokens.isName(start + 1) && second !== char.star) return;
    let depth = 0;
    const end = Math.min(tokens.count, start + longestDeclaration);
    for (let token = start + 1; token < end; token++) {
      const punctuator = tokens.punctuator(token);
      if (isOpening(punctuator)) depth++;
      else if (isClosing(punctuator)) depth--;
      else if (depth === 0 && punctuator === char.semicolon) return;
      if (depth < 0) return;
      if (depth <= 1 && tokens.isName(token) && this.#isDeclared(token, depth))
        this.#locals.add(tokens.nameId(token));
    }
  }

  #isDeclared(token: number, depth: number): boolean {
    const tokens = this.#tokens;
    return (
      this.#standsAsDeclared(token, depth) && (tokens.flags(token) & (keywordFlag | attributeFlag)) === 0
    );
  }

  #standsAsDeclared(token: number, depth: number): boolean {
    const tokens = this.#tokens;
    const before = tokens.punctuator(token - 1);
    const after = tokens.punctuator(token + 1);
    // `(*fn)(int)`
    if (depth === 1)
      return before === char.star && tokens.punctuator(token - 2) === char.open && after === char.close;
    const ends = after === char.semicolon || after === char.comma || after === char.openBracket;
    if (!ends && after !== char.equals) return false;
    return before === char.star || before === char.comma || tokens.isName(token - 1) || before === char.close;
  }
}

export const isOpening = (punctuator: number): boolean =>
  punctuator === char.open || punctuator === char.openBracket || punctuator === char.openBrace;

export const isClosing = (punctuator: number): boolean =>
  punctuator === char.close || punctuator === char.closeBracket || punctuator === char.closeBrace;

const endsValue = (punctuator: number): boolean =>
  punctuator === char.comma ||
  punctuator === char.semicolon ||
  punctuator === char.closeBrace ||
  punctuator === char.close;
