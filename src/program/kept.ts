// kept.ts
// Members and globals into which a function puts a value, directly or by way of a local: `task = f(); x->task = task`.

import type { Op } from '../facts/flow.ts';
import type { ExprId } from '../facts/terms.ts';
import type { CallGraph } from './callGraph.ts';
import type { Linking } from './linking.ts';
import { storingCalls } from './macroTables.ts';
import type { FnId } from './meaning.ts';
import type { PlaceId } from './places.ts';
import type { Body } from './types.ts';

// A function that makes it, called by one that names it, called by one that keeps it.
const mostReturns = 2;

export function keptIn(value: ExprId, body: Body, linking: Linking): readonly PlaceId[] {
  return follow(value, body, linking).kept;
}

/** The same for a value that the function gives to its callers: what they keep it in. */
export function keptBeyond(
  value: ExprId,
  fn: FnId,
  linking: Linking,
  graph: CallGraph,
  depth = 0,
): readonly PlaceId[] {
  const { kept, isReturned } = follow(value, linking.body(fn), linking);
  if (!isReturned || depth === mostReturns) return kept;
  const above = graph.callersOf(fn).flatMap(({ caller, op, isMacroUse }) => {
    const call = linking.body(caller).flow.op(op);
    return call.kind === 'call' && !isMacroUse
      ? keptBeyond(call.call, caller, linking, graph, depth + 1)
      : [];
  });
  return [...new Set([...kept, ...above])];
}

function follow(
  value: ExprId,
  body: Body,
  linking: Linking,
): { readonly kept: readonly PlaceId[]; readonly isReturned: boolean } {
  const { flow, scope } = body;
  const kept: PlaceId[] = [];
  const values = new Set([value]);
  let isReturned = false;
  // Twice: the member is often given its value before the local is, as code is written.
  for (let round = 0; round < 2; round++) {
    for (let i = 0; i < flow.count; i++) {
      const op = flow.op(i);
      if (op.kind === 'return' && op.value !== undefined) isReturned ||= values.has(op.value);
      const stored = storedBy(op, body);
      if (stored === undefined || !values.has(stored.value)) continue;
      const target = scope.facts.terms.expr(stored.target);
      if (target.kind === 'local') values.add(stored.target);
      else if (target.kind === 'field' || target.kind === 'name') {
        const place = linking.placeOf(stored.target, body);
        if (place !== undefined && !kept.includes(place)) kept.push(place);
      }
    }
  }
  return { kept, isReturned };
}

/** `x->task = task`, `rcu_assign_pointer(x->task, task)`, `smp_store_release(&x->task, task)`. */
function storedBy(op: Op, { scope }: Body): { readonly target: ExprId; readonly value: ExprId } | undefined {
  if (op.kind === 'assign') return op;
  if (op.kind !== 'call') return undefined;
  const { terms } = scope.facts;
  const call = terms.expr(op.call);
  if (call.kind !== 'call') return undefined;
  const callee = terms.expr(call.callee);
  const [first, value] = call.args;
  if (callee.kind !== 'name' || !storingCalls.has(callee.name) || first === undefined || value === undefined)
    return undefined;
  const target = terms.expr(first);
  return { target: target.kind === 'unary' && target.operator === '&' ? target.operand : first, value };
}
