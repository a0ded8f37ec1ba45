// loopReader.ts
// Loops: `while`, `do`, `for`, and the iterator macros that the pre-pass turned into `while`.

import { Kind } from '../syntax/cSymbols.ts';
import { readArguments } from './argumentReader.ts';
import { readScoped } from './body.ts';
import type { Body } from './body.ts';
import { readCondition, readValue } from './expressionReader.ts';
import type { Label } from './flowBuilder.ts';
import { readScopedGuard } from './guardReader.ts';
import type { Node } from './source.ts';
import { TermKind } from './termKinds.ts';

export function readWhile(body: Body, node: Node): void {
  const { source } = body;
  const [condition, statement] = source.namedChildren(node);
  if (condition === undefined) return;
  const loop = source.rewrites.startingAt(source.start(node), 'loop');
  const scoped = source.rewrites.startingAt(source.start(node), 'scope');
  if (scoped) {
    const name = source.textBetween(scoped.start, scoped.end);
    readScopedGuard(body, name, condition, () => {
      if (statement !== undefined) readScoped(body, statement);
    });
  } else if (loop) readEach(body, source.textBetween(loop.start, loop.end), condition, statement);
  else readPlainWhile(body, condition, statement, node);
}

function readPlainWhile(body: Body, condition: Node, statement: Node | undefined, node: Node): void {
  const flow = body.flow!;
  const [head, inside, exit] = [flow.label(), flow.label(), flow.label()];
  flow.place(head);
  readCondition(body, condition, inside, exit);
  flow.place(inside);
  readLoopBody(body, statement, exit, head);
  flow.jump(head, body.source.lastAt(node));
  flow.place(exit);
}

/** `list_for_each_entry(p, head, member) { ... }`. */
function readEach(body: Body, name: string, condition: Node, statement: Node | undefined): void {
  const { source } = body;
  const flow = body.flow!;
  const [head, inside, exit] = [flow.label(), flow.label(), flow.label()];
  const args = readArguments(body, condition, readValue);
  const call = source.terms.call(source.terms.text(TermKind.name, name), args);
  flow.place(head);
  flow.each(call, inside, exit, source.at(condition));
  flow.place(inside);
  readLoopBody(body, statement, exit, head);
  flow.jump(head, source.lastAt(condition));
  flow.place(exit);
}

export function readDo(body: Body, node: Node): void {
  const { source } = body;
  const flow = body.flow!;
  const [statement, condition] = source.namedChildren(node);
  const [head, test, exit] = [flow.label(), flow.label(), flow.label()];
  flow.place(head);
  readLoopBody(body, statement, exit, test);
  flow.place(test);
  if (condition !== undefined) readCondition(body, condition, head, exit);
  flow.place(exit);
}

/** The three parts of `for (a; b; c)` are told apart by the semicolons between them; a declaration brings its own. */
export function readFor(body: Body, node: Node): void {
  const { source } = body;
  const flow = body.flow!;
  const parts: [Node, Node, Node] = [-1, -1, -1];
  let statement: Node | undefined;
  let part: 0 | 1 | 2 = 0;
  let closed = false;
  const end = source.next(node);
  for (let c = node + 1; c < end; c = source.next(c)) {
    if (!source.isNamed(c)) {
      const token = source.operator(c);
      if (token === ';' && part < 2) part = part === 0 ? 1 : 2;
      else if (token === ')') closed = true;
    } else if (closed) statement ??= c;
    else if (source.kind(c) !== Kind.comment) {
      parts[part] = c;
      if (source.kind(c) === Kind.declaration) part = 1;
    }
  }
  const [start, condition, update] = parts;
  const [head, inside, next, exit] = [flow.label(), flow.label(), flow.label(), flow.label()];
  body.inScope(() => {
    if (start >= 0) body.statements.read(body, start);
    flow.place(head);
    if (condition >= 0) readCondition(body, condition, inside, exit);
    flow.place(inside);
    readLoopBody(body, statement, exit, next);
    flow.place(next);
    if (update >= 0) readValue(body, update);
    flow.jump(head, source.lastAt(node));
    flow.place(exit);
  });
}

function readLoopBody(body: Body, node: Node | undefined, exit: Label, next: Label): void {
  const flow = body.flow!;
  const [outerBreak, outerContinue] = [body.breakTarget, body.continueTarget];
  body.breakTarget = { label: exit, scope: flow.scope };
  body.continueTarget = { label: next, scope: flow.scope };
  if (node !== undefined) readScoped(body, node);
  body.breakTarget = outerBreak;
  body.continueTarget = outerContinue;
}
