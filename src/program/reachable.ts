// reachable.ts
// Which operations of a flow can run at all: not what stands behind a `return`, such as the end of a guard's scope.

import type { Flow, OpIndex } from '../facts/flow.ts';

/** From `start` on, on ways that do not go on behind an operation of `ends`; in the order of the body. */
export function reachable(
  flow: Flow,
  start: OpIndex = 0,
  ends: ReadonlySet<OpIndex> = new Set(),
): readonly OpIndex[] {
  const seen = new Uint8Array(flow.count + 1);
  const open: OpIndex[] = [start];
  for (let index = open.pop(); index !== undefined; index = open.pop()) {
    if (index >= flow.count || seen[index] === 1) continue;
    seen[index] = 1;
    if (!ends.has(index)) open.push(...followers(flow, index));
  }
  return Array.from({ length: flow.count }, (_, index) => index).filter((index) => seen[index] === 1);
}

function followers(flow: Flow, index: OpIndex): readonly OpIndex[] {
  const op = flow.op(index);
  switch (op.kind) {
    case 'branch':
      return [op.whenTrue, op.whenFalse];
    case 'each':
      return [op.body, op.exit];
    case 'switch':
      return op.cases.map((item) => item.target);
    case 'jump':
      return [op.target];
    case 'return':
      return [];
    case 'call':
    case 'assign':
    case 'guard':
    case 'leave':
      return [index + 1];
  }
}
