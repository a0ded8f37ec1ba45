// statementReader.ts
// Reads statements into a flow: branches, loops, switch, goto, both arms of `#if`, and scopes with guards.

import { Kind } from '../syntax/cSymbols.ts';
import { errorKind } from '../syntax/flatTree.ts';
import { readScoped } from './body.ts';
import type { Body, StatementReader, Target } from './body.ts';
import { configText } from './conditions.ts';
import { readCondition, readValue } from './expressionReader.ts';
import type { FlowBuilder, Label } from './flowBuilder.ts';
import { readGuardStatement } from './guardReader.ts';
import { readLocalDeclaration } from './localReader.ts';
import { readDo, readFor, readWhile } from './loopReader.ts';
import type { Node } from './source.ts';
import { readSwitch } from './switchReader.ts';
import { TermKind } from './termKinds.ts';
import type { ExprId } from './terms.ts';

export const statementReader: StatementReader = { read: readStatement, readBlockValue };

function readStatement(body: Body, node: Node): void {
  const { source } = body;
  switch (source.kind(node)) {
    case Kind.compoundStatement:
      readBlock(body, node);
      return;
    case Kind.expressionStatement:
    case Kind.attributedStatement:
      readExpressionStatement(body, node);
      return;
    case Kind.declaration:
      readLocalDeclaration(body, node);
      return;
    case Kind.ifStatement:
      readIf(body, node);
      return;
    case Kind.whileStatement:
      readWhile(body, node);
      return;
    case Kind.doStatement:
      readDo(body, node);
      return;
    case Kind.forStatement:
      readFor(body, node);
      return;
    case Kind.switchStatement:
      readSwitch(body, node);
      return;
    case Kind.caseStatement:
      // Met outside its switch: the grammar lost the switch, the statements are still there.
      readChildren(body, node + 1, source.next(node));
      return;
    case Kind.labeledStatement:
      readLabeled(body, node);
      return;
    case Kind.gotoStatement:
      readGoto(body, node);
      return;
    case Kind.breakStatement:
      leave(body, node, body.breakTarget);
      return;
    case Kind.continueStatement:
      leave(body, node, body.continueTarget);
      return;
    case Kind.returnStatement:
      readReturn(body, node);
      return;
    case Kind.preprocIf:
    case Kind.preprocIfdef:
    case Kind.preprocElif:
    case Kind.preprocElifdef:
      readAlternatives(body, node);
      return;
    case Kind.structSpecifier:
    case Kind.unionSpecifier:
    case Kind.enumSpecifier:
      body.types.typeSpecifier(node, '');
      return;
    case errorKind:
    case Kind.preprocElse:
      readChildren(body, node + 1, source.next(node));
      return;
    default:
      if (source.isNamed(node) && isExpression(source.kind(node))) readValue(body, node);
  }
}

/** `{ ... }` with names and guards of its own. */
export function readBlock(body: Body, node: Node): void {
  const scope = body.flow?.scope;
  body.inScope(() => readChildren(body, node + 1, body.source.next(node)));
  body.flow?.endScope(scope, body.source.lastAt(node));
}

/** `({ ...; value; })`: the value is the last expression, and guards leave after it was computed. */
function readBlockValue(body: Body, node: Node): ExprId | undefined {
  const { source } = body;
  if (!body.flow) return undefined;
  const statements = source.namedChildren(node);
  const last = statements.at(-1);
  let value: ExprId | undefined;
  const { scope } = body.flow;
  body.inScope(() => {
    for (const statement of statements) {
      const expression = statement === last ? expressionOf(body, statement) : -1;
      if (expression >= 0) value = readValue(body, expression);
      else readStatement(body, statement);
    }
  });
  body.flow.endScope(scope, source.lastAt(node));
  return value;
}

export function readChildren(body: Body, from: Node, end: Node): void {
  for (let c = from; c < end; c = body.source.next(c)) if (body.source.isNamed(c)) readStatement(body, c);
}

function expressionOf(body: Body, statement: Node): Node {
  if (body.source.kind(statement) !== Kind.expressionStatement) return -1;
  return body.source.namedChild(statement, 0);
}

function isExpression(kind: number): boolean {
  switch (kind) {
    case Kind.comment:
    case Kind.preprocCall:
    case Kind.preprocDef:
    case Kind.preprocFunctionDef:
    case Kind.preprocInclude:
    case Kind.typeDefinition:
    case Kind.functionDefinition:
      return false;
    default:
      return true;
  }
}

function readExpressionStatement(body: Body, node: Node): void {
  const expression = body.source.namedChild(node, 0);
  if (expression < 0 || readGuardStatement(body, expression)) return;
  readValue(body, expression);
}

function readIf(body: Body, node: Node): void {
  const { source } = body;
  const flow = body.flow!;
  const [condition, consequence, otherwise] = source.namedChildren(node);
  if (condition === undefined) return;
  const onTrue = flow.label();
  const onFalse = flow.label();
  readCondition(body, condition, onTrue, onFalse);
  flow.place(onTrue);
  if (consequence !== undefined) readScoped(body, consequence);
  if (otherwise === undefined) {
    flow.place(onFalse);
    return;
  }
  const end = flow.label();
  flow.jump(end, source.at(otherwise));
  flow.place(onFalse);
  readScoped(body, source.kind(otherwise) === Kind.elseClause ? source.namedChild(otherwise, 0) : otherwise);
  flow.place(end);
}

function readLabeled(body: Body, node: Node): void {
  const { source } = body;
  const name = source.child(node, Kind.statementIdentifier);
  if (name >= 0) body.flow!.placeNamed(source.name(name));
  readChildren(body, name < 0 ? node + 1 : source.next(name), source.next(node));
}

function readGoto(body: Body, node: Node): void {
  const { source } = body;
  const name = source.child(node, Kind.statementIdentifier);
  // `goto *table[i]` goes anywhere: the way ends here.
  if (name < 0) body.flow!.return(undefined, source.at(node));
  else body.flow!.goto(source.name(name), source.at(node));
}

function leave(body: Body, node: Node, target: Target | undefined): void {
  const flow = body.flow!;
  const at = body.source.at(node);
  if (!target) {
    // A `break` whose loop the grammar lost, or one in a macro body that is meant for the loop around it.
    flow.return(undefined, at);
    return;
  }
  flow.leaveTo(target.scope, at);
  flow.jump(target.label, at);
}

function readReturn(body: Body, node: Node): void {
  const value = body.source.namedChild(node, 0);
  const returned = value < 0 ? undefined : readValue(body, value);
  body.flow!.return(returned, body.source.at(node));
}

/** `#if` inside a body: both arms are ways that the flow may go, told apart by a `config` expression. */
function readAlternatives(body: Body, node: Node): void {
  const { source } = body;
  const flow = body.flow!;
  const config = configText(source, node);
  const children = source.namedChildren(node);
  const alternative = children.find((child) => isAlternative(source.kind(child)));
  const statements = children.slice(1).filter((child) => child !== alternative);
  const [onTrue, onFalse, end] = [flow.label(), flow.label(), flow.label()];
  branchOnConfig(
    flow,
    config,
    source.terms.text(TermKind.config, config.text),
    onTrue,
    onFalse,
    source.at(node),
  );
  flow.place(onTrue);
  for (const statement of statements) readStatement(body, statement);
  flow.jump(end, source.at(node));
  flow.place(onFalse);
  if (alternative !== undefined) readStatement(body, alternative);
  flow.place(end);
}

function branchOnConfig(
  flow: FlowBuilder,
  config: { readonly text: string; readonly negated: boolean },
  condition: ExprId,
  onTrue: Label,
  onFalse: Label,
  at: Parameters<FlowBuilder['jump']>[1],
): void {
  if (config.text === '0') flow.jump(onFalse, at);
  else if (config.text === '1') flow.jump(onTrue, at);
  else if (config.negated) flow.branch(condition, onFalse, onTrue, at);
  else flow.branch(condition, onTrue, onFalse, at);
}

function isAlternative(kind: number): boolean {
  return kind === Kind.preprocElse || kind === Kind.preprocElif || kind === Kind.preprocElifdef;
}
