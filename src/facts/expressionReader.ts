// expressionReader.ts
// Reads expressions: calls and assignments go into the flow in order of evaluation, the value comes back as a term,
// and conditions are taken apart so that each branch tests one thing.

import { Kind } from '../syntax/cSymbols.ts';
import { readArguments, typeOfText } from './argumentReader.ts';
import type { Body } from './body.ts';
import { commandsOf, readWithCommands } from './commandArguments.ts';
import type { Label } from './flowBuilder.ts';
import type { Node } from './source.ts';
import { TermKind } from './termKinds.ts';
import { binaryOperators } from './terms.ts';
import type { BinaryOperator, ExprId, UnaryOperator } from './terms.ts';

const binarySet = new Set<string>(binaryOperators);
const isBinary = (text: string): text is BinaryOperator => binarySet.has(text);
const unarySet = new Set<string>(['&', '*', '!', '~', '-', '+']);
const isUnary = (text: string): text is UnaryOperator => unarySet.has(text);

/** Calls that only tell the compiler which way is usual: their argument is the condition. */
const transparent = new Set(['likely', 'unlikely', '__builtin_expect', 'data_race']);

const longestString = 64;

/** Reads the value of an expression. Everything in it that happens is in the flow afterwards. */
export function readValue(body: Body, node: Node): ExprId {
  const { source } = body;
  const { terms } = source;
  switch (source.kind(node)) {
    case Kind.identifier:
    case Kind.fieldIdentifier:
    case Kind.typeIdentifier:
    case Kind.true:
    case Kind.false:
    case Kind.null:
      return readName(body, node);
    case Kind.numberLiteral:
    case Kind.charLiteral:
      return terms.add(TermKind.number, source.nameId(node), 0) as ExprId;
    case Kind.stringLiteral:
    case Kind.concatenatedString:
      return readString(body, node);
    case Kind.parenthesizedExpression:
      return readParenthesized(body, node);
    case Kind.callExpression:
      return readCall(body, node);
    case Kind.fieldExpression:
      return readField(body, node);
    case Kind.subscriptExpression: {
      const [array, index] = source.namedChildren(node);
      return terms.add(TermKind.index, optional(body, array), optional(body, index)) as ExprId;
    }
    case Kind.pointerExpression:
    case Kind.unaryExpression:
      return readUnary(body, node);
    case Kind.binaryExpression:
    case Kind.commaExpression:
      return readBinary(body, node);
    case Kind.assignmentExpression:
      return readAssignment(body, node);
    case Kind.updateExpression:
      return readUpdate(body, node);
    case Kind.castExpression:
      return readCast(body, node);
    case Kind.conditionalExpression:
      return readConditional(body, node);
    case Kind.sizeofExpression:
      return readSizeof(body, node);
    case Kind.initializerList:
      return readList(body, node);
    case Kind.compoundLiteralExpression:
      return readCompoundLiteral(body, node);
    case Kind.compoundStatement:
      return body.statements.readBlockValue(body, node) ?? source.opaque(node);
    case Kind.typeDescriptor:
      return terms.add(TermKind.type, body.types.typeDescriptor(node), 0) as ExprId;
    default:
      return readUnknown(body, node);
  }
}

/** Reads a condition: the flow goes to one of the two labels. */
export function readCondition(body: Body, node: Node, whenTrue: Label, whenFalse: Label): void {
  const { source, flow } = body;
  if (!flow) return;
  const kind = source.kind(node);
  if (kind === Kind.parenthesizedExpression) {
    const inner = source.namedChild(node, 0);
    if (inner >= 0 && source.kind(inner) !== Kind.compoundStatement) {
      readCondition(body, inner, whenTrue, whenFalse);
      return;
    }
  }
  if (kind === Kind.unaryExpression && source.operator(node + 1) === '!') {
    readCondition(body, source.namedChild(node, 0), whenFalse, whenTrue);
    return;
  }
  if (kind === Kind.binaryExpression) {
    const operator = binaryOperatorOf(body, node);
    const [left, right] = source.namedChildren(node);
    if ((operator === '&&' || operator === '||') && left !== undefined && right !== undefined) {
      const middle = flow.label();
      if (operator === '&&') readCondition(body, left, middle, whenFalse);
      else readCondition(body, left, whenTrue, middle);
      flow.place(middle);
      readCondition(body, right, whenTrue, whenFalse);
      return;
    }
  }
  if (kind === Kind.callExpression) {
    const argument = transparentArgument(body, node);
    if (argument >= 0) {
      readCondition(body, argument, whenTrue, whenFalse);
      return;
    }
  }
  if (kind === Kind.numberLiteral) {
    flow.jump(Number(source.text(node)) === 0 ? whenFalse : whenTrue, source.at(node));
    return;
  }
  const condition = readValue(body, node);
  flow.branch(condition, whenTrue, whenFalse, source.at(node));
}

function optional(body: Body, node: Node | undefined): ExprId {
  return node === undefined ? body.source.terms.text(TermKind.opaque, '') : readValue(body, node);
}

function readName(body: Body, node: Node): ExprId {
  const nameId = body.source.nameId(node);
  const local = body.localIndex(nameId);
  const { terms } = body.source;
  if (local !== undefined) return terms.add(TermKind.local, local, 0) as ExprId;
  return terms.add(TermKind.name, nameId, 0) as ExprId;
}

function readString(body: Body, node: Node): ExprId {
  const { source } = body;
  const text = source.text(node);
  return source.terms.text(TermKind.string, text.replace(/^"|"$/g, '').slice(0, longestString));
}

function readParenthesized(body: Body, node: Node): ExprId {
  const inner = body.source.namedChild(node, 0);
  return inner < 0 ? body.source.opaque(node) : readValue(body, inner);
}

function readCall(body: Body, node: Node): ExprId {
  const { source } = body;
  const [callee, list] = source.namedChildren(node);
  if (callee === undefined || list === undefined) return readUnknown(body, node);
  const cast = castInDisguise(body, callee, list);
  if (cast !== undefined) return cast;
  const transparentNode = transparentArgument(body, node);
  if (transparentNode >= 0) return readValue(body, transparentNode);
  const choice = chosenCallee(body, callee);
  if (choice >= 0 && body.flow) return readChosenCall(body, choice, list);
  const target = readCallee(body, callee);
  const commands = commandsOf(target, source.terms);
  if (commands && body.flow) return readWithCommands(body, node, { target, list, commands }, readValue);
  const call = source.terms.call(target, readArguments(body, list, readValue));
  body.flow?.call(call, source.at(node));
  return call;
}

/** The `w ? up_write : up_read` of `(w ? up_write : up_read)(lock)`, or -1. */
function chosenCallee(body: Body, callee: Node): Node {
  const { source } = body;
  if (source.kind(callee) !== Kind.parenthesizedExpression) return -1;
  const inner = source.namedChild(callee, 0);
  const isChoice = inner >= 0 && source.kind(inner) === Kind.conditionalExpression;
  return isChoice && source.namedChildren(inner).length === 3 ? inner : -1;
}

/** Two calls, each on its own way. */
function readChosenCall(body: Body, choice: Node, list: Node): ExprId {
  const { source } = body;
  const flow = body.flow!;
  const [conditionNode, trueNode, falseNode] = source.namedChildren(choice) as [Node, Node, Node];
  const condition = body.unevaluated(() => readValue(body, conditionNode));
  const args = readArguments(body, list, readValue);
  const callOf = (callee: Node): ExprId => {
    const call = source.terms.call(readCallee(body, callee), args);
    flow.call(call, source.at(callee));
    return call;
  };
  const [onTrue, onFalse, end] = [flow.label(), flow.label(), flow.label()];
  readCondition(body, conditionNode, onTrue, onFalse);
  flow.place(onTrue);
  const whenTrue = callOf(trueNode);
  flow.jump(end, source.at(choice));
  flow.place(onFalse);
  const whenFalse = callOf(falseNode);
  flow.place(end);
  return conditionalTerm(body, condition, whenTrue, whenFalse);
}

/** `(*ops->open)(x)` and `(ops->open)(x)` call the same as `ops->open(x)`. */
function readCallee(body: Body, node: Node): ExprId {
  const { terms } = body.source;
  const callee = readValue(body, node);
  const expr = terms.expr(callee);
  return expr.kind === 'unary' && expr.operator === '*' ? expr.operand : callee;
}

/** The grammar takes `(u32)(x)` for a call of the function `(u32)`. */
function castInDisguise(body: Body, callee: Node, list: Node): ExprId | undefined {
  const { source } = body;
  if (source.kind(callee) !== Kind.parenthesizedExpression) return undefined;
  const name = source.namedChild(callee, 0);
  if (name < 0 || source.kind(name) !== Kind.identifier) return undefined;
  if (body.localIndex(source.nameId(name)) !== undefined) return undefined;
  const operands = source.namedChildren(list);
  if (operands.length !== 1) return undefined;
  const type = typeOfText(source, source.text(name));
  if (type === undefined) return undefined;
  return source.terms.add(TermKind.cast, type, readValue(body, operands[0]!)) as ExprId;
}

/** The argument of `likely(x)` and its kind, or -1. */
function transparentArgument(body: Body, node: Node): Node {
  const { source } = body;
  const [callee, list] = source.namedChildren(node);
  if (callee === undefined || list === undefined || source.kind(callee) !== Kind.identifier) return -1;
  if (source.kind(list) !== Kind.argumentList) return -1;
  return transparent.has(source.text(callee)) ? source.namedChild(list, 0) : -1;
}

function readField(body: Body, node: Node): ExprId {
  const { source } = body;
  const [object, name] = source.namedChildren(node);
  if (object === undefined || name === undefined) return readUnknown(body, node);
  const base = readValue(body, object);
  const arrow = source.operator(source.next(object)) === '->';
  return source.terms.add(arrow ? TermKind.arrow : TermKind.dot, base, source.nameId(name)) as ExprId;
}

function readUnary(body: Body, node: Node): ExprId {
  const { source } = body;
  const operand = optional(body, source.namedChildren(node)[0]);
  const operator = source.operator(node + 1);
  if (!isUnary(operator)) return operand;
  const inner = source.terms.expr(operand);
  // `*&x` and `&*x` are `x`: macros write them, and one lock must have one name.
  if (
    inner.kind === 'unary' &&
    (operator === '*' ? inner.operator === '&' : operator === '&' && inner.operator === '*')
  ) {
    return inner.operand;
  }
  return source.terms.unary(operator, operand);
}

function binaryOperatorOf(body: Body, node: Node): string {
  const { source } = body;
  if (source.kind(node) === Kind.commaExpression) return ',';
  const left = source.namedChild(node, 0);
  return left < 0 ? '' : source.operator(source.next(left));
}

function readBinary(body: Body, node: Node): ExprId {
  const { source } = body;
  const [leftNode, rightNode] = source.namedChildren(node);
  const operator = binaryOperatorOf(body, node);
  if (leftNode === undefined || rightNode === undefined || !isBinary(operator))
    return readUnknown(body, node);
  if (operator === ',') {
    readValue(body, leftNode);
    return readValue(body, rightNode);
  }
  const shortCircuit = operator === '&&' || operator === '||';
  if (shortCircuit && body.flow && hasEffect(body, rightNode))
    return readShortCircuit(body, operator, leftNode, rightNode);
  const left = readValue(body, leftNode);
  return source.terms.binary(operator, left, readValue(body, rightNode));
}

/** `a && f()` as a value: the right side happens only on one way. */
function readShortCircuit(body: Body, operator: '&&' | '||', leftNode: Node, rightNode: Node): ExprId {
  const flow = body.flow!;
  const right = flow.label();
  const end = flow.label();
  const left = body.unevaluated(() => readValue(body, leftNode));
  readCondition(body, leftNode, operator === '&&' ? right : end, operator === '&&' ? end : right);
  flow.place(right);
  const value = readValue(body, rightNode);
  flow.place(end);
  return body.source.terms.binary(operator, left, value);
}

function readAssignment(body: Body, node: Node): ExprId {
  const { source } = body;
  const [left, right] = source.namedChildren(node);
  if (left === undefined || right === undefined) return readUnknown(body, node);
  const operator = source.operator(source.next(left)).slice(0, -1);
  const value = readValue(body, right);
  const target = readValue(body, left);
  const assigned = isBinary(operator) ? source.terms.binary(operator, target, value) : value;
  body.flow?.assign(target, assigned, source.at(node));
  return target;
}

function readUpdate(body: Body, node: Node): ExprId {
  const { source } = body;
  const operand = source.namedChild(node, 0);
  if (operand < 0) return readUnknown(body, node);
  const target = readValue(body, operand);
  const token = operand === node + 1 ? source.next(operand) : node + 1;
  const one = source.terms.text(TermKind.number, '1');
  const value = source.terms.binary(source.operator(token) === '--' ? '-' : '+', target, one);
  body.flow?.assign(target, value, source.at(node));
  return target;
}

function readCast(body: Body, node: Node): ExprId {
  const { source } = body;
  const [type, operand] = source.namedChildren(node);
  if (type === undefined || operand === undefined) return readUnknown(body, node);
  const typeId = body.types.typeDescriptor(type);
  return source.terms.add(TermKind.cast, typeId, readValue(body, operand)) as ExprId;
}

function readConditional(body: Body, node: Node): ExprId {
  const { source, flow } = body;
  const parts = source.namedChildren(node);
  const [conditionNode, falseNode] = [parts[0], parts.at(-1)];
  if (conditionNode === undefined || falseNode === undefined) return readUnknown(body, node);
  // `a ?: b` has no middle: the value is the condition's.
  const trueNode = parts.length === 3 ? parts[1] : undefined;
  const condition = body.unevaluated(() => readValue(body, conditionNode));
  if (!flow || !hasEffect(body, node)) {
    const whenTrue = trueNode === undefined ? condition : readValue(body, trueNode);
    return conditionalTerm(body, condition, whenTrue, readValue(body, falseNode));
  }
  const onTrue = flow.label();
  const onFalse = flow.label();
  const end = flow.label();
  readCondition(body, conditionNode, onTrue, onFalse);
  flow.place(onTrue);
  const whenTrue = trueNode === undefined ? condition : readValue(body, trueNode);
  flow.jump(end, source.at(node));
  flow.place(onFalse);
  const whenFalse = readValue(body, falseNode);
  flow.place(end);
  return conditionalTerm(body, condition, whenTrue, whenFalse);
}

function conditionalTerm(body: Body, condition: ExprId, whenTrue: ExprId, whenFalse: ExprId): ExprId {
  const { terms } = body.source;
  return terms.add(TermKind.conditional, condition, terms.add(TermKind.pair, whenTrue, whenFalse)) as ExprId;
}

function readSizeof(body: Body, node: Node): ExprId {
  const operand = body.source.namedChild(node, 0);
  if (operand < 0) return body.source.opaque(node);
  const value = body.unevaluated(() => readValue(body, operand));
  return body.source.terms.add(TermKind.sizeof, value, 0) as ExprId;
}

function readCompoundLiteral(body: Body, node: Node): ExprId {
  const { source } = body;
  const [type, list] = source.namedChildren(node);
  if (type === undefined || list === undefined) return readUnknown(body, node);
  return source.terms.add(TermKind.literal, body.types.typeDescriptor(type), readList(body, list)) as ExprId;
}

/** `{ .a = x, [3] = y }`. A list without a single name in it (a register table) is not worth keeping. */
function readList(body: Body, node: Node): ExprId {
  const { source } = body;
  if (!namesSomething(body, node)) return source.terms.text(TermKind.opaque, '{}');
  const items: number[] = [];
  for (const child of source.namedChildren(node)) {
    if (source.kind(child) !== Kind.initializerPair) items.push(listItem(body, 0, child));
    else items.push(readPair(body, child));
  }
  return source.terms.add(TermKind.list, source.terms.chain(items), 0) as ExprId;
}

function listItem(body: Body, designators: number, value: Node): number {
  return body.source.terms.add(TermKind.item, designators, readValue(body, value));
}

function readPair(body: Body, pair: Node): number {
  const { source } = body;
  const { terms } = source;
  const designators: number[] = [];
  const children = source.namedChildren(pair);
  for (const child of children.slice(0, -1)) {
    const inner = source.namedChild(child, 0);
    if (inner < 0) designators.push(terms.add(TermKind.member, source.nameId(child), 0));
    else if (source.kind(child) === Kind.fieldDesignator)
      designators.push(terms.add(TermKind.member, source.nameId(inner), 0));
    else
      designators.push(
        terms.add(
          TermKind.element,
          body.unevaluated(() => readValue(body, inner)),
          0,
        ),
      );
  }
  return listItem(body, terms.chain(designators), children.at(-1) ?? pair);
}

function namesSomething(body: Body, node: Node): boolean {
  const { source } = body;
  const end = source.next(node);
  for (let i = node; i < end; i++) {
    const kind = source.kind(i);
    if (kind === Kind.identifier || kind === Kind.fieldIdentifier || kind === Kind.stringLiteral) return true;
  }
  return false;
}

/** Whether anything in the expression happens, rather than only being computed. */
function hasEffect(body: Body, node: Node): boolean {
  const { source } = body;
  const end = source.next(node);
  for (let i = node; i < end; i++) {
    switch (source.kind(i)) {
      case Kind.callExpression:
      case Kind.assignmentExpression:
      case Kind.updateExpression:
      case Kind.compoundStatement:
        return true;
      default:
    }
  }
  return false;
}

/** What has no form of its own (`asm`, `_Generic`, an error): what happens inside is kept, the value is its text. */
function readUnknown(body: Body, node: Node): ExprId {
  if (body.flow) for (const child of body.source.namedChildren(node)) readValue(body, child);
  return body.source.opaque(node);
}
