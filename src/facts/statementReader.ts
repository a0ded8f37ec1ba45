// statementReader.ts
// Reads statements into a flow: branches, loops, switch, goto, both arms of `#if`, and scopes with guards.

import { Kind } from '../syntax/cSymbols.ts';
import { errorKind } from '../syntax/flatTree.ts';
import { readArguments } from './argumentReader.ts';
import type { Body } from './body.ts';
import type { Target } from './body.ts';
import { configText } from './conditions.ts';
import { readCondition, readValue } from './expressionReader.ts';
import type { FlowBuilder, Label } from './flowBuilder.ts';
import { readGuardStatement, readScopedGuard } from './guardReader.ts';
import { readLocalDeclaration } from './localReader.ts';
import type { Node } from './source.ts';
import { TermKind } from './termKinds.ts';
import type { ExprId } from './terms.ts';

export function readStatement(body: Body, node: Node): void {
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
export function readBlockValue(body: Body, node: Node): ExprId | undefined {
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

/** A statement in the place of a block: a guard in it ends with it. */
function readScoped(body: Body, node: Node): void {
  if (node < 0) return;
  const scope = body.flow?.scope;
  body.inScope(() => readStatement(body, node));
  body.flow?.endScope(scope, body.source.lastAt(node));
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

function readWhile(body: Body, node: Node): void {
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

function readDo(body: Body, node: Node): void {
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
function readFor(body: Body, node: Node): void {
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
    if (start >= 0) readStatement(body, start);
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

function readSwitch(body: Body, node: Node): void {
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
    } else readStatement(body, c);
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
