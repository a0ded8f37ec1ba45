// operationRows.ts
// Operations of a body as rows, without those that tell nobody anything.

import type { Step } from '../program/operations.ts';
import type { OperationRow } from './results.ts';

export function operationRows(steps: readonly Step[], path: string): readonly OperationRow[] {
  const rows: OperationRow[] = [];
  for (const step of steps) {
    if (step.kind === 'operation' && isWorthARow(step)) rows.push(operationRow(step, path));
  }
  return rows;
}

type OperationStep = Extract<Step, { kind: 'operation' }>;

export function operationRow(step: OperationStep, path: string): OperationRow {
  const { effect, objectKind, object, text, at, primitive } = step;
  return {
    kind: 'operation',
    path,
    at,
    effect,
    objectKind,
    primitive: primitive.name,
    object,
    text,
    ...(primitive.mode && { mode: primitive.mode }),
    ...(primitive.disables && { disables: primitive.disables }),
  };
}

// Setting up a lock says nothing about who waits; setting up something with a handler does. Of what concerns only
// this processor, only what keeps interrupts or the scheduler away matters. Every use of a pointer under RCU asserts it.
export function isWorthARow(step: OperationStep): boolean {
  if (step.effect === 'assert' && step.objectKind === 'rcu') return false;
  if (step.effect === 'init') return step.primitive.handlerArgument !== undefined;
  return step.objectKind !== 'cpu' || step.primitive.disables !== undefined;
}
