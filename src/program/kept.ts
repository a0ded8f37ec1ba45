// kept.ts
// Members and globals into which a function puts a value, directly or by way of a local: `task = f(); x->task = task`.

import type { ExprId } from '../facts/terms.ts';
import type { CallGraph } from './callGraph.ts';
import type { Linking } from './linking.ts';
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
      if (op.kind !== 'assign' || !values.has(op.value)) continue;
      const target = scope.facts.terms.expr(op.target);
      if (target.kind === 'local') values.add(op.target);
      else if (target.kind === 'field' || target.kind === 'name') {
        const place = linking.placeOf(op.target, body);
        if (place !== undefined && !kept.includes(place)) kept.push(place);
      }
    }
  }
  return { kept, isReturned };
}
