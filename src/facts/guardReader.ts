// guardReader.ts
// Scope-based locking: `guard(mutex)(&x)`, `scoped_guard(mutex, &x) { ... }`, `CLASS(fd, f)(n)`.

import { Kind } from '../syntax/cSymbols.ts';
import { readArguments } from './argumentReader.ts';
import type { Body } from './body.ts';
import { readValue } from './expressionReader.ts';
import { argumentTerm } from './macroArguments.ts';
import type { Node } from './source.ts';
import { TermKind } from './termKinds.ts';
import type { ExprId } from './terms.ts';

/** Reads the statement if it makes a guard; false if it is any other expression. */
export function readGuardStatement(body: Body, expression: Node): boolean {
  const { source } = body;
  if (source.kind(expression) !== Kind.callExpression) return false;
  const [inner, list] = source.namedChildren(expression);
  if (inner === undefined || list === undefined || source.kind(inner) !== Kind.callExpression) return false;
  const [word, names] = source.namedChildren(inner);
  if (word === undefined || names === undefined || source.kind(word) !== Kind.identifier) return false;
  const [className, variable] = source.namedChildren(names);
  if (className === undefined) return false;
  const name = source.text(className);
  switch (source.text(word)) {
    case 'guard':
      body.flow?.guard('guard', name, readArguments(body, list, readValue), source.at(expression));
      return true;
    case 'CLASS': {
      const args = readArguments(body, list, readValue);
      const local = variable === undefined ? [] : [declareClassVariable(body, variable)];
      body.flow?.guard('class', name, [...local, ...args], source.at(expression));
      return true;
    }
    default:
      return false;
  }
}

/**
 * `scoped_guard(class, args...) body`. `scoped_cond_guard(class, otherwise, args...) body` may fail to lock: then
 * `otherwise`, usually a return, is what happens instead.
 */
export function readScopedGuard(body: Body, macro: string, condition: Node, readBody: () => void): void {
  const { source } = body;
  const flow = body.flow!;
  const [first, ...rest] = readArguments(body, condition, readValue);
  const at = source.at(condition);
  const conditional = macro.includes('cond');
  const args = conditional ? rest.slice(1) : rest;
  const scope = flow.scope;
  const end = flow.label();
  if (conditional) {
    const inside = flow.label();
    const otherwise = flow.label();
    flow.branch(source.terms.call(source.terms.text(TermKind.name, macro), args), inside, otherwise, at);
    flow.place(otherwise);
    const failure = /^return\b\s*(.*)$/.exec(rest[0] === undefined ? '' : textOfOpaque(body, rest[0]));
    if (failure) flow.return(returnedValue(body, failure[1] ?? ''), at);
    else flow.jump(end, at);
    flow.place(inside);
  }
  flow.guard('guard', first === undefined ? '' : className(body, first), args, at);
  readBody();
  flow.endScope(scope, at);
  flow.place(end);
}

function declareClassVariable(body: Body, variable: Node): ExprId {
  const { source } = body;
  const index = body.declare({
    name: source.name(variable),
    type: source.terms.unknownType(),
    isStatic: false,
  });
  return source.terms.add(TermKind.local, index, 0) as ExprId;
}

function className(body: Body, id: ExprId): string {
  const expr = body.source.terms.expr(id);
  if (expr.kind === 'name') return expr.name;
  return expr.kind === 'local' ? (body.locals[expr.index]?.name ?? '') : '';
}

/** What `return -EINTR` gives, where the statement is an argument and has no tree. */
function returnedValue(body: Body, text: string): ExprId | undefined {
  if (text === '') return undefined;
  const value = argumentTerm(body.source, text.replace(/^-\s*/, ''));
  return text.startsWith('-') ? body.source.terms.unary('-', value) : value;
}

function textOfOpaque(body: Body, id: ExprId): string {
  const expr = body.source.terms.expr(id);
  return expr.kind === 'opaque' ? expr.text : '';
}
