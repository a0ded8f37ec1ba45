// declarationReader.ts
// Reads what stands outside functions: definitions, prototypes, types, globals with their initialisers, macro calls.

import { Kind } from '../syntax/cSymbols.ts';
import { errorKind } from '../syntax/flatTree.ts';
import { Body } from './body.ts';
import type { ConditionMap } from './conditions.ts';
import { readValue } from './expressionReader.ts';
import type { Declarations, EnumFacts, FunctionFacts, GlobalFacts, MacroCallFacts } from './fileFacts.ts';
import type { PrototypeFacts, StructFacts, TypedefFacts } from './fileFacts.ts';
import { readFunction, readPrototype } from './functionReader.ts';
import { argumentTerm, splitMacroCall } from './macroArguments.ts';
import type { Node, Source } from './source.ts';
import { statementReader } from './statementReader.ts';
import type { ExprId } from './terms.ts';
import { TypeReader, isConditional, isDeclarator } from './typeReader.ts';

interface Collected extends Declarations {
  readonly functions: FunctionFacts[];
  readonly prototypes: PrototypeFacts[];
  readonly structs: StructFacts[];
  readonly enums: EnumFacts[];
  readonly typedefs: TypedefFacts[];
  readonly globals: GlobalFacts[];
  readonly macroCalls: MacroCallFacts[];
}

/** `root` is the node whose children are the declarations. */
export function readDeclarations(source: Source, root: Node, conditions: ConditionMap): Declarations {
  const reader = new DeclarationReader(source, conditions);
  reader.readAll(root);
  return reader.collected;
}

class DeclarationReader {
  readonly collected: Collected = {
    functions: [],
    prototypes: [],
    structs: [],
    enums: [],
    typedefs: [],
    globals: [],
    macroCalls: [],
  };
  readonly #source: Source;
  readonly #conditions: ConditionMap;
  readonly #types: TypeReader;
  /** For expressions outside functions, where nothing is evaluated. */
  readonly #outside: Body;

  constructor(source: Source, conditions: ConditionMap) {
    this.#source = source;
    this.#conditions = conditions;
    this.#types = new TypeReader(source, this.collected, (node) => readValue(this.#outside, node));
    this.#outside = new Body(source, this.#types, undefined, statementReader);
  }

  readAll(root: Node): void {
    this.#readChildren(root);
    // Blanked macros may stand before the first node of the tree, so the whole text is asked.
    for (const rewrite of this.#source.rewrites.within(0, Infinity, 'fileMacro')) {
      this.#textMacroCall(rewrite.start, rewrite.end);
    }
    this.collected.macroCalls.sort((a, b) => a.at - b.at);
  }

  #readChildren(node: Node): void {
    const end = this.#source.next(node);
    for (let c = node + 1; c < end; c = this.#source.next(c)) if (this.#source.isNamed(c)) this.#read(c);
  }

  #read(node: Node): void {
    const source = this.#source;
    const kind = source.kind(node);
    switch (kind) {
      case Kind.functionDefinition: {
        const condition = this.#conditions.at(source.start(node));
        const facts = readFunction(source, this.#types, node, condition);
        if (facts) this.collected.functions.push(facts);
        return;
      }
      case Kind.declaration:
        this.#declaration(node);
        return;
      case Kind.typeDefinition:
        this.#typedef(node);
        return;
      case Kind.structSpecifier:
      case Kind.unionSpecifier:
      case Kind.enumSpecifier:
        this.#types.typeSpecifier(node, `#${String(source.lines.at(source.start(node)))}`);
        return;
      case Kind.expressionStatement:
        this.#macroStatement(node);
        return;
      case Kind.linkageSpecification:
      case Kind.declarationList:
      case errorKind:
        this.#readChildren(node);
        return;
      default:
        if (isConditional(kind)) this.#readChildren(node);
    }
  }

  #declaration(node: Node): void {
    const source = this.#source;
    const start = source.start(node);
    if (source.rewrites.any(start, source.end(node), 'fileMacro')) {
      this.#initialisedMacro(node);
      return;
    }
    const declarators = source.namedChildren(node).filter((child) => isDeclarator(source.kind(child)));
    const macro = macroDeclarator(source, node, declarators);
    if (macro) {
      const args = source.namedChildren(macro.list).map((child) => readValue(this.#outside, child));
      this.#addMacroCall(source.text(macro.name), args, start, source.at(macro.name));
      return;
    }
    const first = declarators[0];
    const place = first === undefined ? '' : this.#types.declarator(first, source.terms.unknownType()).name;
    const specifiers = this.#types.specifiers(node, place);
    const condition = this.#conditions.at(start);
    for (const declarator of declarators) {
      const declared = this.#types.declarator(declarator, specifiers.base);
      if (declared.nameNode < 0) continue;
      if (declared.parameters >= 0) {
        this.collected.prototypes.push(
          readPrototype(source, this.#types, node, specifiers, declared, condition),
        );
        continue;
      }
      this.collected.globals.push({
        name: declared.name,
        type: declared.type,
        isStatic: specifiers.isStatic,
        isExtern: specifiers.isExtern,
        at: source.at(declared.nameNode),
        value: this.#initialiser(declarator),
        condition,
      });
    }
  }

  #initialiser(declarator: Node): ExprId | undefined {
    const source = this.#source;
    if (source.kind(declarator) !== Kind.initDeclarator) return undefined;
    const value = source.namedChildren(declarator).at(-1);
    return value === undefined || value === declarator + 1 ? undefined : readValue(this.#outside, value);
  }

  #typedef(node: Node): void {
    const source = this.#source;
    const children = source.namedChildren(node);
    const names = children.filter((child, i) => i > 0 && isTypedefName(source, child, children[i - 1]!));
    const firstName = names[0];
    const place =
      firstName === undefined ? '' : this.#types.declarator(firstName, source.terms.unknownType()).name;
    const { base } = this.#types.specifiers(node, place);
    for (const child of names) {
      const { name, type } = this.#types.declarator(child, base);
      if (name !== '') this.collected.typedefs.push({ name, type, at: source.at(child) });
    }
  }

  /** `DEFINE_MUTEX(m);`, `module_init(start);`: a call where no statement can be. */
  #macroStatement(node: Node): void {
    const source = this.#source;
    const call = source.namedChild(node, 0);
    if (call < 0 || source.kind(call) !== Kind.callExpression) return;
    if (source.rewrites.any(source.start(call), source.end(call), 'fileMacro')) return;
    const [callee, list] = source.namedChildren(call);
    if (callee === undefined || list === undefined || source.kind(callee) !== Kind.identifier) return;
    const expr = source.terms.expr(readValue(this.#outside, call));
    if (expr.kind === 'call')
      this.#addMacroCall(source.name(callee), expr.args, source.start(node), source.at(callee));
  }

  /** `static DEFINE_PER_CPU(struct foo, name) = { ... };`: the value comes behind the arguments. */
  #initialisedMacro(node: Node): void {
    const source = this.#source;
    const declarator = source.child(node, Kind.initDeclarator);
    const value = declarator < 0 ? undefined : this.#initialiser(declarator);
    if (value !== undefined) this.#values.set(source.start(node), value);
  }

  readonly #values = new Map<number, ExprId>();

  #textMacroCall(start: number, end: number): void {
    const source = this.#source;
    const call = splitMacroCall(source.textBetween(start, end));
    if (!call) return;
    const args = call.args.map((text) => argumentTerm(source, text));
    const value = this.#values.get(start);
    if (value !== undefined) args.push(value);
    this.#addMacroCall(call.name, args, start, source.lines.at(start));
  }

  #addMacroCall(name: string, args: readonly ExprId[], start: number, at: MacroCallFacts['at']): void {
    const isStatic = /\bstatic\s+(?:const\s+)?$/.test(
      this.#source.textBetween(Math.max(0, start - 24), start),
    );
    const startsStatic = this.#source.textBetween(start, start + 7) === 'static ';
    this.collected.macroCalls.push({
      name,
      args,
      isStatic: isStatic || startsStatic,
      at,
      condition: this.#conditions.at(start),
    });
  }
}

/** `static DEFINE_MUTEX(m);` reads as a variable `(m)` of the type `DEFINE_MUTEX`. */
function macroDeclarator(
  source: Source,
  node: Node,
  declarators: readonly Node[],
): { name: Node; list: Node } | undefined {
  const [declarator] = declarators;
  if (declarators.length !== 1 || declarator === undefined) return undefined;
  if (source.kind(declarator) !== Kind.parenthesizedDeclarator) return undefined;
  const inner = source.namedChild(declarator, 0);
  const name = source.child(node, Kind.typeIdentifier);
  if (name < 0 || inner < 0 || source.kind(inner) !== Kind.identifier) return undefined;
  return { name, list: declarator };
}

/** In `typedef struct foo { ... } foo_t, *foo_p;` everything behind the type is a name, also a type identifier. */
function isTypedefName(source: Source, node: Node, before: Node): boolean {
  const kind = source.kind(node);
  if (kind === Kind.typeIdentifier || kind === Kind.primitiveType) {
    return source.kind(before) !== Kind.typeQualifier || source.start(before) > source.start(node);
  }
  return isDeclarator(kind);
}
