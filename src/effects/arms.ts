// arms.ts
// The branches that decide whether an operation of a function is come to.

import type { Flow, OpIndex } from '../facts/flow.ts';
import type { ExprId } from '../facts/terms.ts';
import { reachable } from '../program/reachable.ts';

export interface Arms {
  readonly condition: ExprId;
  /** The operation lies where the condition is met. */
  readonly isTrue: boolean;
  /** The operations of its arm and of the other one that are not common to both. */
  readonly own: readonly OpIndex[];
  readonly other: readonly OpIndex[];
}

/** The branches that decide whether an operation is come to. */
export function armsAround(flow: Flow, wanted: OpIndex): readonly Arms[] {
  const found: Arms[] = [];
  for (let index = 0; index < flow.count; index++) {
    const op = flow.op(index);
    if (op.kind !== 'branch') continue;
    const arms = [new Set(reachable(flow, op.whenTrue)), new Set(reachable(flow, op.whenFalse))] as const;
    const isTrue = arms[0].has(wanted);
    const [own, other] = isTrue ? arms : [arms[1], arms[0]];
    if (!own.has(wanted) || other.has(wanted)) continue;
    found.push({ condition: op.condition, isTrue, own: without(own, other), other: without(other, own) });
  }
  return found;
}

const without = (all: ReadonlySet<OpIndex>, others: ReadonlySet<OpIndex>): readonly OpIndex[] =>
  [...all].filter((index) => !others.has(index));
