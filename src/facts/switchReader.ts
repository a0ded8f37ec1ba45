// switchReader.ts
// `switch`: every case is an arm that jumps into the body, and the body is read in order, so cases fall through.

import { Kind } from '../syntax/cSymbols.ts';
import { errorKind } from '../syntax/flatTree.ts';
import type { Body } from './body.ts';
import { readValue } from './expressionReader.ts';
import type { Label } from './flowBuilder.ts';
import type { Node } from './source.ts';
import type { ExprId } from './terms.ts';

export function readSwitch(body: Body, node: Node): void {
  const { source } = body;
  const flow = body.flow!;
  const [value, block] = source.namedChildren(node);
  if (value === undefined || block === undefined) return;
  const switched = readValue(body, value);
  const exit = flow.label();
  const labels = new Map<Node, Label>();
  const arms = caseNodes(body, block).map((node) => {
    const label = flow.label();
    labels.set(node, label);
    return { value: caseValue(body, node), label };
  });
  if (arms.every((arm) => arm.value !== undefined)) arms.push({ value: undefined, label: exit });
  flow.switch(switched, arms, source.at(node));
  const outer = body.breakTarget;
  body.breakTarget = { label: exit, scope: flow.scope };
  const scope = flow.scope;
  body.inScope(() => readCases(body, block + 1, source.next(block), labels));
  flow.endScope(scope, source.lastAt(block));
  body.breakTarget = outer;
  flow.place(exit);
}

/** The case labels of this switch: also those inside `#if`, not those of a switch within. */
function caseNodes(body: Body, block: Node): Node[] {
  const { source } = body;
  return source.namedChildren(block).flatMap((child) => {
    const kind = source.kind(child);
    if (kind === Kind.caseStatement) return [child, ...caseNodes(body, child)];
    return kind === Kind.switchStatement || !holdsStatements(kind) ? [] : caseNodes(body, child);
  });
}

function holdsStatements(kind: number): boolean {
  switch (kind) {
    case Kind.compoundStatement:
    case Kind.labeledStatement:
    case Kind.preprocIf:
    case Kind.preprocIfdef:
    case Kind.preprocElse:
    case Kind.preprocElif:
    case Kind.preprocElifdef:
    case errorKind:
      return true;
    default:
      return false;
  }
}

function caseValue(body: Body, node: Node): ExprId | undefined {
  const { source } = body;
  if (source.operator(node + 1) === 'default') return undefined;
  const value = source.namedChild(node, 0);
  return value < 0 ? undefined : body.unevaluated(() => readValue(body, value));
}

/** Statements of a switch: a `case` places its label, and everything else is read as usual, in order. */
function readCases(body: Body, from: Node, end: Node, labels: ReadonlyMap<Node, Label>): void {
  const { source } = body;
  for (let c = from; c < end; c = source.next(c)) {
    if (!source.isNamed(c)) continue;
    const kind = source.kind(c);
    const label = labels.get(c);
    if (label) {
      body.flow!.place(label);
      readCases(body, afterColon(body, c), source.next(c), labels);
    } else if (kind !== Kind.switchStatement && holdsStatements(kind) && caseNodes(body, c).length > 0) {
      readCases(body, c + 1, source.next(c), labels);
    } else body.statements.read(body, c);
  }
}

function afterColon(body: Body, node: Node): Node {
  const { source } = body;
  const end = source.next(node);
  for (let c = node + 1; c < end; c = source.next(c)) {
    if (!source.isNamed(c) && source.operator(c) === ':') return source.next(c);
  }
  return end;
}
