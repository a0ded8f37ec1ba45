// macroReader.ts
// Reads `#define`s. The body of a function-like macro can lock or call, so it is parsed like the body of a function:
// as statements, as an expression, or as definitions, whichever the grammar takes.

import { Kind } from '../syntax/cSymbols.ts';
import type { CParser } from '../syntax/parser.ts';
import { prepare } from '../syntax/prepare.ts';
import type { Directive, Rewrite } from '../syntax/prepared.ts';
import type { Tokeniser } from '../syntax/tokens.ts';
import { Body } from './body.ts';
import type { ConditionMap } from './conditions.ts';
import { readDeclarations } from './declarationReader.ts';
import { readValue } from './expressionReader.ts';
import type { EnumFacts, MacroBody, MacroFacts, StructFacts } from './fileFacts.ts';
import { FlowBuilder } from './flowBuilder.ts';
import type { LineIndex } from './lineIndex.ts';
import { plainMacroBody } from './macroText.ts';
import { textOf } from '../base/nameTable.ts';
import { RewriteIndex } from './rewriteIndex.ts';
import { Source } from './source.ts';
import type { Node } from './source.ts';
import { readChildren, statementReader } from './statementReader.ts';
import { TermKind } from './termKinds.ts';
import type { ExprId } from './terms.ts';
import type { TermTable } from './termTable.ts';
import { TypeReader } from './typeReader.ts';

export interface MacroContext {
  readonly parser: CParser;
  readonly tokeniser: Tokeniser;
  readonly original: Uint8Array;
  readonly terms: TermTable;
  readonly lines: LineIndex;
  readonly conditions: ConditionMap;
}

interface Wrapper {
  readonly before: Uint8Array;
  readonly after: Uint8Array;
}

const encoder = new TextEncoder();
const wrapper = (before: string, after: string): Wrapper => ({
  before: encoder.encode(before),
  after: encoder.encode(after),
});

const asStatements = wrapper('void m(void){', '\n;}');
const asExpression = wrapper('int m=(', '\n);');
const asDeclarations = wrapper('', '\n;');
const asInitialiser = wrapper('struct m m=', '\n;');

const longestText = 200;
/** How much of a body is looked at before it is parsed. */
const longestChecked = 800;

/** `#define FAIL return`: the only words that do something by themselves. */
const jumps = new Set(['return', 'break', 'continue']);

/** A call, an object behind a pointer or inside another, an address, an assignment, a block, a pasted name. */
const somethingHappens = /[A-Za-z_]\w*\s*\(|->|\.\s*[A-Za-z_]|&\s*[A-Za-z_]|[^=!<>]=[^=]|\{|##/;

const definePattern = /^#[ \t]*define[ \t]+([A-Za-z_]\w*)(\(([^)]*)\))?/;

export function readMacro(context: MacroContext, directive: Directive): MacroFacts | undefined {
  const { original, lines } = context;
  const headEnd = Math.min(directive.end, directive.start + 1024);
  const head = textOf(original, directive.start, headEnd).replace(/\\\r?\n/g, (text) =>
    ' '.repeat(text.length),
  );
  const match = definePattern.exec(head);
  if (!match) return undefined;
  const [whole, name, , list] = match;
  const parameters = list?.split(',').map((word) => word.replace(/\.\.\.$/, '').trim() || '__VA_ARGS__');
  const start = directive.start + whole.length;
  return {
    name: name!,
    parameters: list !== undefined && list.trim() === '' ? [] : parameters,
    at: lines.at(directive.start + whole.indexOf(name!)),
    body: readBody(context, parameters ?? [], start, directive.end),
    condition: context.conditions.at(directive.start),
  };
}

/** Kept are bodies that stand for one name or number, and those in which something can happen; arithmetic stays text. */
function readBody(
  context: MacroContext,
  parameters: readonly string[],
  start: number,
  end: number,
): MacroBody {
  const text = plainText(context.original, start, end);
  const word = /^\(?\s*(\w+)\s*\)?$/.exec(text)?.[1];
  if (word !== undefined && !jumps.has(word)) return wordBody(context, parameters, word);
  const mayMatter = end - start > longestChecked || somethingHappens.test(text) || jumps.has(text);
  if (!mayMatter) return { kind: 'text', text: text.slice(0, longestText) };
  const plain = plainMacroBody(context.original, start, end);
  const attempt = (form: Wrapper, read: (source: Source) => MacroBody | undefined): MacroBody | undefined => {
    const prepared = prepare(wrapped(form, plain), context.tokeniser);
    const delta = start - form.before.length;
    const rewrites = new RewriteIndex(prepared.rewrites.map((rewrite) => moved(rewrite, delta)));
    return context.parser.parse(prepared.text, (tree) => {
      const source = new Source(tree, delta, { ...context, rewrites });
      return source.hasError(0) ? undefined : read(source);
    });
  };
  if (text.startsWith('{')) {
    const list = attempt(asInitialiser, (source) => readExpression(source, parameters));
    if (list) return list;
  }
  return (
    attempt(asStatements, (source) => readStatements(source, parameters)) ??
    attempt(asExpression, (source) => readExpression(source, parameters)) ??
    attempt(asDeclarations, (source) => ({
      kind: 'declarations',
      declarations: readDeclarations(source, 0, context.conditions),
    })) ?? { kind: 'text', text: text.slice(0, longestText) }
  );
}

/** `#define foo_lock bar_lock`, `#define FOO 3`, `#define same(x) (x)`. */
function wordBody({ terms }: MacroContext, parameters: readonly string[], word: string): MacroBody {
  const index = parameters.indexOf(word);
  const value =
    index >= 0
      ? (terms.add(TermKind.local, index, 0) as ExprId)
      : terms.text(/^\d/.test(word) ? TermKind.number : TermKind.name, word);
  const locals = parameters.map((name) => ({ name, type: terms.unknownType(), isStatic: false }));
  return { kind: 'expression', locals, flow: new FlowBuilder(terms).finish(), value };
}

const moved = (rewrite: Rewrite, delta: number): Rewrite => ({
  kind: rewrite.kind,
  start: rewrite.start + delta,
  end: rewrite.end + delta,
});

function readStatements(source: Source, parameters: readonly string[]): MacroBody | undefined {
  const definition = source.namedChild(0, 0);
  const block = definition < 0 ? -1 : source.child(definition, Kind.compoundStatement);
  if (block < 0 || source.next(definition) !== source.next(0)) return undefined;
  if (source.child(block, Kind.functionDefinition) >= 0) return undefined;
  const statements = source.namedChildren(block).filter((statement) => !isEmpty(source, statement));
  if (statements.every((statement) => isDefinition(source.kind(statement)))) return undefined;
  const [only] = statements;
  if (statements.length === 1 && only !== undefined && source.kind(only) === Kind.expressionStatement) {
    return expressionBody(source, parameters, source.namedChild(only, 0));
  }
  const { body, flow } = macroBody(source, parameters);
  body.inScope(() => readChildren(body, block + 1, source.next(block)));
  flow.return(undefined, source.lastAt(block));
  return { kind: 'statements', locals: body.locals, flow: flow.finish(true) };
}

/** The `;` that the wrapper adds is a statement of its own where the body brings one too. */
const isEmpty = (source: Source, statement: Node): boolean =>
  source.kind(statement) === Kind.expressionStatement && source.namedChild(statement, 0) < 0;

/** A body of nothing but these is meant for file level (or for a list of locals). */
function isDefinition(kind: number): boolean {
  switch (kind) {
    case Kind.declaration:
    case Kind.functionDefinition:
    case Kind.typeDefinition:
    case Kind.structSpecifier:
      return true;
    default:
      return false;
  }
}

function readExpression(source: Source, parameters: readonly string[]): MacroBody | undefined {
  const declaration = source.namedChild(0, 0);
  const declarator = declaration < 0 ? -1 : source.child(declaration, Kind.initDeclarator);
  const value = declarator < 0 ? undefined : source.namedChildren(declarator).at(-1);
  if (value === undefined || source.next(declaration) !== source.next(0)) return undefined;
  return expressionBody(source, parameters, value);
}

function expressionBody(source: Source, parameters: readonly string[], node: Node): MacroBody | undefined {
  if (node < 0) return undefined;
  const { body, flow } = macroBody(source, parameters);
  const value: ExprId = readValue(body, node);
  return { kind: 'expression', locals: body.locals, flow: flow.finish(true), value };
}

function macroBody(source: Source, parameters: readonly string[]): { body: Body; flow: FlowBuilder } {
  const sink: { structs: StructFacts[]; enums: EnumFacts[] } = { structs: [], enums: [] };
  const flow = new FlowBuilder(source.terms);
  const types = new TypeReader(source, sink, (node) => readValue(body, node));
  const body = new Body(source, types, flow, statementReader);
  for (const name of parameters) body.declare({ name, type: source.terms.unknownType(), isStatic: false });
  return { body, flow };
}

function wrapped(form: Wrapper, text: Uint8Array): Uint8Array {
  const { before, after } = form;
  const whole = new Uint8Array(before.length + text.length + after.length);
  whole.set(before, 0);
  whole.set(text, before.length);
  whole.set(after, before.length + text.length);
  return whole;
}

function plainText(original: Uint8Array, start: number, end: number): string {
  return textOf(original, start, Math.min(end, start + longestChecked))
    .replace(/\/\*[^]*?\*\/|\/\/.*$/gm, ' ')
    .replace(/[\s\\]+/g, ' ')
    .trim();
}
