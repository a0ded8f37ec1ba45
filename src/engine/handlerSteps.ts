// handlerSteps.ts
// Operations that give a function to run later, and those that start it.

import type { FileFacts, FunctionFacts } from '../facts/fileFacts.ts';
import type { ExprId } from '../facts/terms.ts';
import type { HeldStep } from './heldInside.ts';

export const isStart = ({ effect }: HeldStep): boolean => effect === 'queue' || effect === 'arm';

/** The function that the operation is given to run. */
export function handlerIn(step: HeldStep, { flow }: FunctionFacts, facts: FileFacts): string | undefined {
  const index = step.primitive.handlerArgument;
  const op = flow.op(step.op);
  if (index === undefined || op.kind !== 'call') return undefined;
  const call = facts.terms.expr(op.call);
  const arg = call.kind === 'call' ? call.args[index] : undefined;
  return arg === undefined ? undefined : plainName(facts, arg);
}

function plainName(facts: FileFacts, id: ExprId): string | undefined {
  const expr = facts.terms.expr(id);
  if (expr.kind === 'unary' || expr.kind === 'cast') return plainName(facts, expr.operand);
  return expr.kind === 'name' ? expr.name : undefined;
}
