// localReader.ts
// Declarations inside a body: each variable becomes a local, each initialiser an assignment, `__free(x)` a guard.

import { Kind } from '../syntax/cSymbols.ts';
import type { Body } from './body.ts';
import { readValue } from './expressionReader.ts';
import type { Node } from './source.ts';
import { TermKind } from './termKinds.ts';
import type { ExprId } from './terms.ts';
import { isDeclarator } from './typeReader.ts';

export function readLocalDeclaration(body: Body, node: Node): void {
  const { source } = body;
  const declarators = source.namedChildren(node).filter((child) => isDeclarator(source.kind(child)));
  const firstName = declarators[0] === undefined ? '' : nameOf(body, declarators[0]);
  const { base, isStatic } = body.types.specifiers(node, `${firstName}::local`);
  for (const declarator of declarators) {
    const { name, type, parameters } = body.types.declarator(declarator, base);
    // `int foo(int);` inside a body declares a function, not a variable.
    if (name === '' || parameters >= 0) continue;
    const index = body.declare({ name, type, isStatic });
    const local = source.terms.add(TermKind.local, index, 0) as ExprId;
    if (source.kind(declarator) === Kind.parenthesizedDeclarator) readDefiningMacro(body, node, local);
    const value = initialiser(body, declarator);
    if (value !== undefined) body.flow?.assign(local, value, source.at(declarator));
    readCleanup(body, declarator, local);
  }
}

/** `static DEFINE_MUTEX(lock);` reads as a variable `(lock)` of the type `DEFINE_MUTEX`: it is a call all the same. */
function readDefiningMacro(body: Body, declaration: Node, local: ExprId): void {
  const { source } = body;
  const name = source.child(declaration, Kind.typeIdentifier);
  if (name < 0) return;
  const callee = source.terms.add(TermKind.name, source.nameId(name), 0) as ExprId;
  body.flow?.call(source.terms.call(callee, [local]), source.at(name));
}

function nameOf(body: Body, declarator: Node): string {
  return body.types.declarator(declarator, body.source.terms.unknownType()).name;
}

function initialiser(body: Body, declarator: Node): ExprId | undefined {
  const { source } = body;
  if (source.kind(declarator) !== Kind.initDeclarator) return undefined;
  const value = source.namedChildren(declarator).at(-1);
  return value === undefined || value === declarator + 1 ? undefined : readValue(body, value);
}

const freePattern = /^__free\s*\(\s*(\w+)\s*\)$/;

/** `struct foo *p __free(kfree) = ...`: the pre-pass removed the attribute, the original bytes still have it. */
function readCleanup(body: Body, declarator: Node, local: ExprId): void {
  const { source } = body;
  const start = source.start(declarator);
  const end = followingToken(body, declarator);
  for (const { start: from, end: to } of source.rewrites.within(start, end, 'attributeCall')) {
    const name = freePattern.exec(source.textBetween(from, to))?.[1];
    if (name !== undefined) body.flow?.guard('free', name, [local], source.lines.at(from));
  }
}

/** Where the `,` or `;` behind the declarator stands: an attribute without an initialiser lies between. */
function followingToken(body: Body, declarator: Node): number {
  const { source } = body;
  const next = source.next(declarator);
  return next < source.tree.count
    ? Math.max(source.start(next), source.end(declarator))
    : source.end(declarator);
}
