// handedOn.ts
// Functions of the scope that are given to others by name, and what becomes of them there: they are called, or put
// into a table, or nobody knows.

import type { Position } from '../base/position.ts';
import type { ExprId, Terms } from '../facts/terms.ts';
import { seenFrom } from './ascent.ts';
import type { CallGraph } from './callGraph.ts';
import type { Linking } from './linking.ts';
import type { FnId, ProgramFunction } from './meaning.ts';
import type { PlaceId } from './places.ts';
import type { TableRow } from './tableRows.ts';

export interface HandedOn {
  readonly given: FnId;
  /** `undefined`: a function that the program does not hold. */
  readonly callee: FnId | undefined;
  /** Which argument it is. */
  readonly index: number;
  readonly args: readonly (PlaceId | undefined)[];
  readonly at: Position;
}

// `register(f)` calls `__register(f)`, and that one `add(f)`.
const deepest = 4;

/** What one function gives to others by name. */
export function handedOnBy(
  { id: fn, path }: ProgramFunction,
  linking: Linking,
  graph: CallGraph,
): readonly HandedOn[] {
  const found: HandedOn[] = [];
  const body = linking.body(fn);
  const { terms } = body.scope.facts;
  const at = (op: number): Position => {
    const operation = body.flow.op(op);
    return 'at' in operation ? operation.at : (0 as Position);
  };
  for (const { callee, op, args } of graph.callsOf(fn)) {
    for (const [index, { fn: given }] of args.entries()) {
      if (given !== undefined)
        found.push({ given, callee, index, args: args.map((arg) => arg.place), at: at(op) });
    }
  }
  for (let op = 0; op < body.flow.count; op++) {
    const operation = body.flow.op(op);
    if (operation.kind !== 'call' || linking.meaningOf(fn, op)?.kind === 'call') continue;
    const call = terms.expr(operation.call);
    if (call.kind !== 'call') continue;
    for (const [index, id] of call.args.entries()) {
      const name = nameOf(id, terms);
      const given = name === undefined ? undefined : linking.fnOf(name, path);
      if (given === undefined) continue;
      // A function that does nothing but store it is no part of the calls that matter.
      const calleeName = nameOf(call.callee, terms);
      const callee = calleeName === undefined ? undefined : linking.fnOf(calleeName, path);
      const args = call.args.map((arg) => linking.placeOf(arg, body));
      found.push({ given, callee, index, args, at: operation.at });
    }
  }
  return found;
}

/** Tables that such a function gets into: `register(dev, f)` with `dev->handler = f` inside. */
export function rowsOfHandedOn(handed: readonly HandedOn[], linking: Linking): readonly TableRow[] {
  const known = new Map<string, readonly Stored[]>();
  return handed.flatMap(({ given, callee, index, args, at }) => {
    const fn = linking.functions[given];
    if (!fn?.inScope || callee === undefined) return [];
    return storedBy(callee, index, linking, known, 0).map(({ struct, member, holder }): TableRow => ({
      struct,
      member,
      fn: fn.name,
      path: fn.path,
      at,
      holder: seenFrom(holder, args, linking.places),
      table: '',
      constants: new Map(),
    }));
  });
}

/** The function calls what it gets as that parameter, or hands it to one that does. */
export function isRun(fn: FnId, parameter: number, graph: CallGraph, known: Map<string, boolean>): boolean {
  const key = `${fn}:${parameter}`;
  const answer = known.get(key);
  if (answer !== undefined) return answer;
  known.set(key, false);
  const result =
    graph.calledParameters(fn).has(parameter) ||
    graph
      .callsOf(fn)
      .some(({ callee, args }) =>
        args.some((arg, index) => arg.parameter === parameter && isRun(callee, index, graph, known)),
      );
  known.set(key, result);
  return result;
}

interface Stored {
  readonly struct: string;
  readonly member: string;
  /** In the terms of the function that stores. */
  readonly holder: PlaceId | undefined;
}

function storedBy(
  fn: FnId,
  parameter: number,
  linking: Linking,
  known: Map<string, readonly Stored[]>,
  depth: number,
): readonly Stored[] {
  const key = `${fn}:${parameter}`;
  const answer = known.get(key);
  if (answer || depth > deepest) return answer ?? [];
  known.set(key, []);
  const found = [...assigned(fn, parameter, linking)];
  const body = linking.body(fn);
  const { terms } = body.scope.facts;
  for (let i = 0; i < body.flow.count; i++) {
    const op = body.flow.op(i);
    const call = op.kind === 'call' ? terms.expr(op.call) : undefined;
    if (call?.kind !== 'call') continue;
    const index = call.args.findIndex((arg) => isLocal(arg, parameter, terms));
    const name = index < 0 ? undefined : nameOf(call.callee, terms);
    const callee = name === undefined ? undefined : linking.fnOf(name, body.scope.path);
    if (callee === undefined) continue;
    const places = call.args.map((arg) => linking.placeOf(arg, body));
    for (const stored of storedBy(callee, index, linking, known, depth + 1)) {
      found.push({ ...stored, holder: seenFrom(stored.holder, places, linking.places) });
    }
  }
  known.set(key, found);
  return found;
}

function assigned(fn: FnId, parameter: number, linking: Linking): readonly Stored[] {
  const body = linking.body(fn);
  const { terms } = body.scope.facts;
  const found: Stored[] = [];
  for (let i = 0; i < body.flow.count; i++) {
    const op = body.flow.op(i);
    if (op.kind !== 'assign' || !isLocal(op.value, parameter, terms)) continue;
    const target = terms.expr(op.target);
    const struct = target.kind === 'field' ? linking.shapeOf(target.base, body)?.struct : undefined;
    if (target.kind !== 'field' || struct === undefined) continue;
    const owner = linking.field(struct, target.name)?.owner ?? struct;
    const holder = linking.placeOf(target.base, body);
    found.push({ struct: linking.structs.name(owner).tag, member: target.name, holder });
  }
  return found;
}

function isLocal(id: ExprId, index: number, terms: Terms): boolean {
  const expr = terms.expr(id);
  return expr.kind === 'cast'
    ? isLocal(expr.operand, index, terms)
    : expr.kind === 'local' && expr.index === index;
}

function nameOf(id: ExprId, terms: Terms): string | undefined {
  const found = terms.expr(id);
  if (found.kind === 'cast') return nameOf(found.operand, terms);
  if (found.kind === 'unary' && found.operator === '&') return nameOf(found.operand, terms);
  return found.kind === 'name' ? found.name : undefined;
}
