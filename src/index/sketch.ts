// sketch.ts
// The symbol sketch of one file, from its tokens alone: what it defines, which names it calls, which names it gives
// to fields. It is made for every file of the tree, so it looks at each token once and knows no types; full facts
// come from the syntax tree. Where the text is no C it finds less, and goes on with the next line that starts a
// definition.

import type { Tokeniser } from '../syntax/tokens.ts';
import {
  aggregateFlag,
  attributeCallFlag,
  attributeFlag,
  capitalsFlag,
  enumFlag,
  expressionFlag,
  keywordFlag,
  storageFlag,
} from '../syntax/words.ts';
import { BodySketcher, isClosing, isOpening } from './sketchBody.ts';
import { MacroSketcher } from './sketchMacro.ts';
import { char, SketchTokens } from './sketchTokens.ts';
import type { SketchWriter } from './sketchWriter.ts';
import type { DefinitionKind } from './treeIndex.ts';

/** Raise when a sketch of the same text changes: maps in the cache are then made anew. */
export const sketchVersion = 1;

/** Writes the rows of one file. */
export function sketchFile(bytes: Uint8Array, tokeniser: Tokeniser, writer: SketchWriter): void {
  writer.beginFile(bytes);
  const tokens = new SketchTokens(tokeniser, bytes);
  new FileSketcher(tokens, writer, new MacroSketcher(tokeniser, writer)).run();
}

/** What has been read of a declaration so far. Tokens are given by index, -1 for none. */
interface Declaration {
  readonly start: number;
  isStatic: boolean;
  isExtern: boolean;
  isTypedef: boolean;
  /** Names and types before the declared name: a declaration has at least one, a macro call has none. */
  typeCount: number;
  /** The last name that may be the declared one. */
  last: number;
  /** The name before the parameter list, and its parentheses. */
  callee: number;
  calleeOpen: number;
  calleeClose: number;
  calleeHasType: boolean;
  /** `FNAME(walk)(struct vcpu *v)`: the name is made by a macro from its first argument. */
  isNameMade: boolean;
}

class FileSketcher {
  readonly #tokens: SketchTokens;
  readonly #writer: SketchWriter;
  readonly #body: BodySketcher;
  #groupLimit = Infinity;

  constructor(tokens: SketchTokens, writer: SketchWriter, macros: MacroSketcher) {
    this.#tokens = tokens;
    this.#writer = writer;
    this.#body = new BodySketcher(tokens, writer, macros);
  }

  run(): void {
    let token = 0;
    while (token < this.#tokens.count) {
      if (this.#tokens.isDirective(token)) this.#body.directive(token++);
      else if (this.#tokens.isName(token)) token = Math.max(this.#declaration(token), token + 1);
      else token++;
    }
  }

  /** Reads one declaration or definition and gives the token after it. */
  #declaration(start: number): number {
    const tokens = this.#tokens;
    const declaration = newDeclaration(start);
    let token = start;
    while (token < tokens.count) {
      if (tokens.isDirective(token)) {
        this.#body.directive(token++);
        continue;
      }
      if (tokens.isName(token)) {
        // An unknown macro without `;` stood before: what starts in the first column is a definition of its own.
        const startsAnother =
          token > start && (tokens.flags(token) & storageFlag) !== 0 && tokens.isAtLineStart(token);
        if (startsAnother && !this.#isSpecifierOnly(start, token)) return token;
        token = this.#readName(token, declaration);
        if (this.#isMacroCallWithoutSemicolon(declaration, token)) {
          this.#macroCall(declaration);
          return token;
        }
        continue;
      }
      switch (tokens.punctuator(token)) {
        case char.semicolon:
          this.#endOfDeclaration(declaration);
          return token + 1;
        case char.comma:
          this.#declareLast(declaration);
          token++;
          break;
        case char.equals:
          this.#declareLast(declaration, true);
          if (declaration.callee >= 0 && !declaration.calleeHasType) this.#macroCall(declaration);
          declaration.callee = -1;
          token = this.#body.initialiser(token + 1);
          break;
        case char.openBracket:
          token = this.#groupEnd(token) + 1;
          break;
        case char.open:
          token = this.#readGroup(token, declaration);
          break;
        case char.openBrace:
          if (declaration.callee < 0) return token + 1;
          this.#defineFunction(declaration);
          return this.#body.body(
            token,
            declaration.calleeHasType || !this.#isMadeByMacro(declaration) ? declaration.calleeOpen : -1,
          );
        case char.closeBrace:
          return token + 1;
        default:
          token++;
      }
    }
    this.#endOfDeclaration(declaration);
    return token;
  }

  /** A name and what belongs to it; gives the token after. */
  #readName(token: number, declaration: Declaration): number {
    const tokens = this.#tokens;
    const flags = tokens.flags(token);
    if (flags & storageFlag) {
      const word = tokens.text(token);
      if (word === 'static') declaration.isStatic = true;
      else if (word === 'extern') declaration.isExtern = true;
      else if (word === 'typedef') declaration.isTypedef = true;
      return token + 1;
    }
    const hasGroup = tokens.punctuator(token + 1) === char.open;
    if (flags & (attributeFlag | attributeCallFlag))
      return hasGroup && flags & attributeCallFlag ? this.#groupEnd(token + 1) + 1 : token + 1;
    if (flags & aggregateFlag) return this.#aggregate(token, flags, declaration);
    const isPointerDeclarator = hasGroup && tokens.punctuator(token + 2) === char.star;
    if (flags & keywordFlag || isPointerDeclarator) {
      declaration.typeCount++;
      // `typedef __s16 int16_t;`
      if (declaration.isTypedef && tokens.punctuator(token + 1) === char.semicolon) declaration.last = token;
      const isTypeof = (flags & expressionFlag) !== 0 && hasGroup;
      return isTypeof ? this.#groupEnd(token + 1) + 1 : token + 1;
    }
    if (!hasGroup) {
      declaration.last = token;
      declaration.typeCount++;
      return token + 1;
    }
    const close = this.#groupEnd(token + 1);
    this.#chooseCallee(token, close, declaration);
    declaration.typeCount++;
    return close + 1;
  }

  /** `int UNKNOWN_ATTRIBUTE(x) foo(void)`, `int foo(void) UNKNOWN_ATTRIBUTE(x)`: the one in small letters is the name. */
  #chooseCallee(token: number, close: number, declaration: Declaration): void {
    const isKnown = declaration.callee >= 0;
    if (isKnown && (!this.#isMadeByMacro(declaration) || !this.#tokens.isOrdinaryName(token))) return;
    declaration.callee = token;
    declaration.calleeOpen = token + 1;
    declaration.calleeClose = close;
    declaration.calleeHasType = declaration.typeCount > 0;
    declaration.last = -1;
  }

  #isMadeByMacro(declaration: Declaration): boolean {
    return (this.#tokens.flags(declaration.callee) & capitalsFlag) !== 0;
  }

  /** `struct foo { ... }`, `struct foo *x`: defines the tag where there is a body. */
  #aggregate(token: number, flags: number, declaration: Declaration): number {
    const tokens = this.#tokens;
    declaration.typeCount++;
    let next = this.#afterAttributes(token + 1);
    let tag = -1;
    // `struct UNKNOWN_ATTRIBUTE foo {`: of several names before the brace, the last is the tag.
    for (; tokens.isName(next) && (tag < 0 || this.#isTagAt(next)); next = this.#afterAttributes(next + 1))
      tag = next;
    if (tokens.punctuator(next) !== char.openBrace) return next;
    if (tag >= 0) this.#define(tag, flags & enumFlag ? 'enum' : kindOfTag(tokens.text(token)), false);
    return flags & enumFlag ? this.#enumerators(next) : this.#members(next);
  }

  #isTagAt(token: number): boolean {
    return this.#tokens.punctuator(this.#afterAttributes(token + 1)) === char.openBrace;
  }

  #afterAttributes(start: number): number {
    const tokens = this.#tokens;
    let token = start;
    while ((tokens.flags(token) & (attributeFlag | attributeCallFlag)) !== 0) {
      const hasGroup = tokens.flags(token) & attributeCallFlag && tokens.punctuator(token + 1) === char.open;
      token = hasGroup ? this.#groupEnd(token + 1) + 1 : token + 1;
    }
    return token;
  }

  /** Over the members of a struct: tags with a body inside it are visible in the whole file. */
  #members(open: number): number {
    const tokens = this.#tokens;
    let depth = 0;
    for (let token = open; token < tokens.count; token++) {
      if (tokens.isDirective(token)) this.#body.directive(token);
      const punctuator = tokens.punctuator(token);
      if (punctuator === char.openBrace) depth++;
      else if (punctuator === char.closeBrace && (--depth <= 0 || tokens.isAtLineStart(token)))
        return token + 1;
      if (tokens.punctuator(token + 2) !== char.openBrace || !tokens.isName(token + 1)) continue;
      const flags = tokens.flags(token);
      if (!(flags & aggregateFlag)) continue;
      this.#define(token + 1, flags & enumFlag ? 'enum' : kindOfTag(tokens.text(token)), false);
      if (flags & enumFlag) token = this.#enumerators(token + 2) - 1;
    }
    return tokens.count;
  }

  #enumerators(open: number): number {
    const tokens = this.#tokens;
    let depth = 0;
    let isItemStart = true;
    for (let token = open; token < tokens.count; token++) {
      if (tokens.isDirective(token)) {
        this.#body.directive(token);
        continue;
      }
      const punctuator = tokens.punctuator(token);
      if (isOpening(punctuator)) depth++;
      else if (isClosing(punctuator) && --depth <= 0) return token + 1;
      const isMacro = tokens.punctuator(token + 1) === char.open;
      if (isItemStart && depth === 1 && tokens.isName(token) && !isMacro)
        this.#define(token, 'enumerator', false);
      isItemStart = depth === 1 && (punctuator === char.comma || punctuator === char.openBrace);
    }
    return tokens.count;
  }

  /** A group that no name stands directly before: `int (*fn)(void)`, or the parameters of a made-up name. */
  #readGroup(open: number, declaration: Declaration): number {
    const tokens = this.#tokens;
    const close = this.#groupEnd(open);
    if (declaration.callee >= 0) {
      if (open === declaration.calleeClose + 1 && this.#isMadeByMacro(declaration)) {
        declaration.isNameMade = true;
        declaration.calleeHasType = true;
      }
      return close + 1;
    }
    // `typedef int (filler_t)(struct file *)`
    const isBareName = tokens.isName(open + 1) && close === open + 2;
    if (tokens.punctuator(open + 1) !== char.star && !isBareName) return close + 1;
    let token = open + 1;
    while (tokens.punctuator(token) === char.star || tokens.flags(token) & (keywordFlag | attributeFlag))
      token++;
    if (!tokens.isName(token)) return close + 1;
    if (tokens.punctuator(token + 1) === char.open)
      this.#chooseCallee(token, this.#groupEnd(token + 1), declaration);
    else declaration.last = token;
    declaration.typeCount++;
    return tokens.punctuator(close + 1) === char.open ? this.#groupEnd(close + 1) + 1 : close + 1;
  }

  #endOfDeclaration(declaration: Declaration): void {
    if (declaration.callee >= 0) {
      if (declaration.isTypedef) this.#define(declaration.callee, 'typedef', false);
      else if (!declaration.calleeHasType) this.#macroCall(declaration);
      return;
    }
    this.#declareLast(declaration);
  }

  #declareLast(declaration: Declaration, hasValue = false): void {
    const { last } = declaration;
    declaration.last = -1;
    if (last < 0 || declaration.typeCount < 2) return;
    if (declaration.isTypedef) this.#define(last, 'typedef', false);
    else if (!declaration.isExtern || hasValue) this.#define(last, 'global', declaration.isStatic);
  }

  #defineFunction(declaration: Declaration): void {
    const { callee, calleeHasType, isStatic } = declaration;
    const isMade = this.#isMadeByMacro(declaration) && (declaration.isNameMade || !calleeHasType);
    if (!isMade) return this.#define(callee, 'function', isStatic);
    this.#writer.call(this.#tokens.nameAt(callee));
    if (!this.#tokens.isName(callee + 2)) return;
    // As in the facts: `SYSCALL_DEFINE1(close, ...)` makes sys_close.
    const prefix = this.#tokens.text(callee).includes('SYSCALL_DEFINE') ? 'sys_' : '';
    this.#writer.define(this.#tokens.nameAt(callee + 2), 'function', isStatic, prefix);
  }

  /** `module_init(f)` uses f; `DEFINE_MUTEX(m)` defines m. */
  #macroCall(declaration: Declaration): void {
    const tokens = this.#tokens;
    const { callee, calleeClose } = declaration;
    const macro = tokens.text(callee);
    if (quietMacros.test(macro)) return;
    this.#writer.call(tokens.nameAt(callee));
    const defined =
      definingMacros.test(macro) && !declaration.isExtern ? (macro.includes('PER_CPU') ? 1 : 0) : -1;
    let argument = 0;
    let depth = 0;
    for (let token = callee + 1; token <= calleeClose; token++) {
      const punctuator = tokens.punctuator(token);
      if (isOpening(punctuator)) depth++;
      else if (isClosing(punctuator)) depth--;
      else if (depth === 1 && punctuator === char.comma) argument++;
      else if (depth === 1 && tokens.isName(token) && this.#isWholeArgument(token)) {
        if (argument === defined && !(tokens.flags(token) & keywordFlag))
          this.#define(token, 'global', declaration.isStatic);
        else if (tokens.isOrdinaryName(token)) this.#writer.useInField(tokens.nameAt(token), `${macro}()`);
      }
    }
  }

  #isWholeArgument(token: number): boolean {
    const tokens = this.#tokens;
    const after = tokens.punctuator(token + 1);
    const before = tokens.punctuator(token - 1);
    const starts = before === char.open || before === char.comma || before === char.amp;
    return starts && (after === char.comma || after === char.close);
  }

  #isMacroCallWithoutSemicolon({ callee, calleeHasType, calleeClose }: Declaration, next: number): boolean {
    if (callee < 0 || calleeHasType || next !== calleeClose + 1) return false;
    const tokens = this.#tokens;
    if (next >= tokens.count) return true;
    const isAttribute = (tokens.flags(next) & (attributeFlag | attributeCallFlag)) !== 0;
    return tokens.isName(next) && !isAttribute;
  }

  /** Only `static`, `inline`, attributes so far: the next specifier on a line of its own belongs to them. */
  #isSpecifierOnly(start: number, end: number): boolean {
    const specifier = storageFlag | attributeFlag | attributeCallFlag;
    for (let token = start; token < end; token++) {
      if ((this.#tokens.flags(token) & specifier) === 0) return false;
    }
    return true;
  }

  #define(token: number, kind: DefinitionKind, isStatic: boolean): void {
    this.#writer.define(this.#tokens.nameAt(token), kind, isStatic);
  }

  /** The token that closes this group; `open` itself where nothing does. */
  #groupEnd(open: number): number {
    const tokens = this.#tokens;
    const end = Math.min(tokens.count, open + this.#groupLimit);
    let depth = 0;
    for (let token = open; token < end; token++) {
      if (tokens.isDirective(token)) this.#body.directive(token);
      const punctuator = tokens.punctuator(token);
      if (isOpening(punctuator)) depth++;
      else if (isClosing(punctuator) && --depth <= 0) return token;
    }
    // The file is damaged. Without a limit a megabyte of `(` would be walked to its end from each of them.
    this.#groupLimit = 200;
    return open;
  }
}

/** They name what another line defines, and there are 50,000 of them. */
const quietMacros = /^(EXPORT_|MODULE_|SYM_|ASSERT|static_assert)/;

const definingMacros = /^(DEFINE_|DECLARE_(?!PER_CPU|STATIC_KEY|STATIC_CALL|EVENT_CLASS|TRACE))|_HEAD$/;

const kindOfTag = (keyword: string): DefinitionKind => (keyword === 'union' ? 'union' : 'struct');

function newDeclaration(start: number): Declaration {
  return {
    start,
    isStatic: false,
    isExtern: false,
    isTypedef: false,
    typeCount: 0,
    last: -1,
    callee: -1,
    calleeOpen: -1,
    calleeClose: -1,
    calleeHasType: false,
    isNameMade: false,
  };
}
