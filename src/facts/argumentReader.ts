// argumentReader.ts
// Reads the arguments of a call. Where the pre-pass reduced an argument that is a type or an operator, it is read
// from the original bytes, so that `container_of(p, struct foo, member)` keeps its struct.

import { Kind } from '../syntax/cSymbols.ts';
import type { Body } from './body.ts';
import type { Node, Source } from './source.ts';
import { TermKind } from './termKinds.ts';
import type { ExprId, TypeId } from './terms.ts';

/** Of the argument with this index. */
export type ReadArgument = (body: Body, node: Node, index: number) => ExprId;

/** `list` is an argument list, or the condition of a rewritten macro: `( a, b )`. */
export function readArguments(body: Body, list: Node, readValue: ReadArgument): ExprId[] {
  const { source } = body;
  const nodes = argumentNodes(source, list);
  const reduced = source.rewrites.any(source.start(list), source.end(list), 'argument');
  return nodes.map((node, i) => {
    if (reduced) {
      const from = i === 0 ? source.start(list) + 1 : source.end(nodes[i - 1]!);
      const to = nodes[i + 1] === undefined ? source.end(list) - 1 : source.start(nodes[i + 1]!);
      const original = originalArgument(source, from, to, node);
      if (original !== undefined) return original;
    }
    return readValue(body, node, i);
  });
}

/** The argument expressions; `(a, b, c)` after `while` is one comma expression, read flat. */
function argumentNodes(source: Source, list: Node): Node[] {
  const children = source.namedChildren(list);
  if (source.kind(list) === Kind.argumentList) return children;
  return children.flatMap((child) => flattenComma(source, child));
}

function flattenComma(source: Source, node: Node): Node[] {
  if (source.kind(node) !== Kind.commaExpression) return [node];
  return source.namedChildren(node).flatMap((child) => flattenComma(source, child));
}

/**
 * The argument as it stands in the file, if the pre-pass changed it between the neighbouring arguments. A change that
 * begins inside it belongs to a call in it: `f(container_of(p, struct foo, member)->lock)`.
 */
function originalArgument(source: Source, from: number, to: number, node: Node): ExprId | undefined {
  const rewrite = source.rewrites
    .within(from, to, 'argument')
    .find((candidate) => candidate.start <= source.start(node) && candidate.end >= source.start(node));
  if (!rewrite) return undefined;
  const text = source.textBetween(
    Math.min(rewrite.start, source.start(node)),
    Math.max(rewrite.end, source.end(node)),
  );
  const type = typeOfText(source, text);
  if (type !== undefined) return source.terms.add(TermKind.type, type, 0) as ExprId;
  return source.terms.text(TermKind.opaque, text.replace(/[\s\\]+/g, ' ').trim());
}

const typePattern =
  /^(?:(?:const|volatile|static)\s+)*(?:(struct|union|enum)\s+(\w+)|([A-Za-z_]\w*(?:\s+[A-Za-z_]\w*)*))\s*(?:const\s*)?((?:\*\s*(?:const\s*)?)*)$/;

/** `struct foo *`, `unsigned int`, `u32`: the whole text must be a type. */
export function typeOfText(source: Source, text: string): TypeId | undefined {
  const match = typePattern.exec(text.replace(/[\s\\]+/g, ' ').trim());
  if (!match) return undefined;
  const [, tag, tagName, name, stars] = match;
  const { terms } = source;
  let type =
    tag !== undefined && tagName !== undefined
      ? terms.tagged(tag as 'struct' | 'union' | 'enum', tagName)
      : (terms.text(TermKind.named, name ?? '') as number as TypeId);
  for (const character of stars ?? '') if (character === '*') type = terms.pointer(type);
  return type;
}
