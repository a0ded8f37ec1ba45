// aliases.ts
// Locals that stand for a condition on something that does not change: `bool need_rtnl = !resuming;`. What is known of
// one is known of the other.

import type { Flow } from '../facts/flow.ts';
import type { ExprId, Terms } from '../facts/terms.ts';

/** From the local to what it stands for. */
export function aliasesOf(flow: Flow, terms: Terms, parameters: number): ReadonlyMap<ExprId, ExprId> {
  const values = new Map<ExprId, ExprId>();
  const counts = new Map<number, number>();
  for (let i = 0; i < flow.count; i++) {
    const op = flow.op(i);
    const target = op.kind === 'assign' ? terms.expr(op.target) : undefined;
    if (op.kind !== 'assign' || target?.kind !== 'local') continue;
    counts.set(target.index, (counts.get(target.index) ?? 0) + 1);
    values.set(op.target, op.value);
  }
  const aliases = new Map<ExprId, ExprId>();
  for (const [local, value] of values) {
    const expr = terms.expr(local);
    const isOnce = expr.kind === 'local' && expr.index >= parameters && counts.get(expr.index) === 1;
    if (isOnce && isUnchanging(value, terms, parameters, counts)) aliases.set(local, value);
  }
  return aliases;
}

/** A parameter that is never assigned, `!` of it, or a comparison of it with a constant. */
function isUnchanging(
  id: ExprId,
  terms: Terms,
  parameters: number,
  counts: ReadonlyMap<number, number>,
): boolean {
  const expr = terms.expr(id);
  if (expr.kind === 'local') return expr.index < parameters && !counts.has(expr.index);
  if (expr.kind === 'unary')
    return expr.operator === '!' && isUnchanging(expr.operand, terms, parameters, counts);
  if (expr.kind !== 'binary') return false;
  const right = terms.expr(expr.right).kind;
  return (right === 'number' || right === 'name') && isUnchanging(expr.left, terms, parameters, counts);
}
