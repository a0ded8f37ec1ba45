// functionReader.ts
// Reads one function definition, or one prototype: header, annotations, locals, flow.

import { Kind } from '../syntax/cSymbols.ts';
import { Body } from './body.ts';
import type { Annotation, Condition, FunctionFacts, LocalFacts, PrototypeFacts } from './fileFacts.ts';
import { FlowBuilder } from './flowBuilder.ts';
import { splitMacroCall } from './macroArguments.ts';
import type { Node, Source } from './source.ts';
import { readBlock, statementReader } from './statementReader.ts';
import { typeOfText } from './argumentReader.ts';
import type { Declared, Specifiers, TypeReader } from './typeReader.ts';
import { isDeclarator } from './typeReader.ts';

const annotationPattern = /^__(?:must_hold|acquires|releases|cond_acquires|cond_releases|must_not_hold)\w*/;

export function readPrototype(
  source: Source,
  types: TypeReader,
  node: Node,
  specifiers: Specifiers,
  declared: Declared,
  condition: Condition,
): PrototypeFacts {
  const { parameters, isVariadic } = types.parameters(declared.parameters);
  return {
    name: declared.name,
    isStatic: specifiers.isStatic,
    isInline: specifiers.isInline,
    at: source.at(declared.nameNode),
    result: resultType(source, declared),
    parameters,
    isVariadic,
    annotations: readAnnotations(source, source.start(node), source.end(node)),
    condition,
  };
}

/** `undefined` when the grammar took something else for a function. */
export function readFunction(
  source: Source,
  types: TypeReader,
  node: Node,
  condition: Condition,
): FunctionFacts | undefined {
  const block = source.child(node, Kind.compoundStatement);
  const header = readHeader(source, types, node, block, condition);
  if (block < 0 || !header || controlWords.has(header.name)) return undefined;
  const flow = new FlowBuilder(source.terms);
  const body = new Body(source, types, flow, statementReader);
  for (const parameter of header.parameters) body.declare(parameter);
  let hasErrors = source.hasError(node);
  try {
    readBlock(body, block);
  } catch (error) {
    // Nested more deeply than the call stack: the part that was read stays, and the function is marked.
    if (!(error instanceof RangeError)) throw error;
    hasErrors = true;
  }
  flow.return(undefined, source.lastAt(block));
  return {
    ...header,
    start: source.at(node),
    end: source.lastAt(block),
    locals: body.locals,
    flow: flow.finish(),
    hasErrors,
  };
}

const controlWords = new Set(['if', 'for', 'while', 'switch', 'else', 'do']);

function readHeader(
  source: Source,
  types: TypeReader,
  node: Node,
  block: Node,
  condition: Condition,
): PrototypeFacts | undefined {
  const macro = source.rewrites.startingAt(source.start(node), 'headerMacro');
  if (macro) return readMacroHeader(source, macro.start, macro.end, condition);
  const specifiers = types.specifiers(node, '');
  const declarator = source
    .namedChildren(node)
    .find((child) => child !== block && isDeclarator(source.kind(child)));
  if (declarator === undefined) return undefined;
  const declared = types.declarator(declarator, specifiers.base);
  if (declared.nameNode < 0) return undefined;
  if (declared.parameters >= 0) {
    const prototype = readPrototype(source, types, node, specifiers, declared, condition);
    return { ...prototype, annotations: readAnnotations(source, source.start(node), source.start(block)) };
  }
  // `DEFINE_HANDLER(name) { ... }`: a header that a macro writes, with nothing but the name to see.
  return {
    ...emptyHeader(source, declared.name, condition),
    at: source.at(declared.nameNode),
    isStatic: specifiers.isStatic,
  };
}

/** `SYSCALL_DEFINE2(kill, pid_t, pid, int, sig) {`: the name first, then a type and a name for each parameter. */
function readMacroHeader(
  source: Source,
  start: number,
  end: number,
  condition: Condition,
): PrototypeFacts | undefined {
  const call = splitMacroCall(source.textBetween(start, end));
  const [first, ...rest] = call?.args ?? [];
  if (!call || first === undefined || !/^\w+$/.test(first)) return undefined;
  const parameters: LocalFacts[] = [];
  for (let i = 0; i + 1 < rest.length; i += 2) {
    const type = typeOfText(source, rest[i]!.replace(/\b__\w+\b/g, ' ')) ?? source.terms.unknownType();
    parameters.push({ name: rest[i + 1]!, type, isStatic: false });
  }
  const name = /SYSCALL_DEFINE/.test(call.name) ? `sys_${first}` : first;
  return { ...emptyHeader(source, name, condition), at: source.lines.at(start), parameters };
}

function emptyHeader(source: Source, name: string, condition: Condition): Omit<PrototypeFacts, 'at'> {
  return {
    name,
    isStatic: false,
    isInline: false,
    result: source.terms.unknownType(),
    parameters: [],
    isVariadic: false,
    annotations: [],
    condition,
  };
}

function resultType(source: Source, declared: Declared): PrototypeFacts['result'] {
  const type = source.terms.type(declared.type);
  return type.kind === 'function' ? type.result : declared.type;
}

function readAnnotations(source: Source, start: number, end: number): Annotation[] {
  return source.rewrites.within(start, end, 'attributeCall').flatMap((rewrite) => {
    const text = source.textBetween(rewrite.start, rewrite.end);
    const name = annotationPattern.exec(text)?.[0];
    if (name === undefined) return [];
    const args = text.slice(text.indexOf('(') + 1, text.lastIndexOf(')'));
    return [{ name, text: args.replace(/\s+/g, ' ').trim() }];
  });
}
