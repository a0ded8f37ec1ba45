// lockChoices.ts
// Calls that are asked whether to take a lock, and again whether to let it go: `if (test_bit(cpu, &x->shared)) lock()`.
// Whoever wrote that counts on the same answer, and so do we, whatever the function is that answers.

import type { Flow, Op, OpIndex } from '../facts/flow.ts';
import type { ExprId, Terms } from '../facts/terms.ts';
import type { Conditions } from './conditions.ts';

export type LockEffect = 'acquire' | 'release';

/** `effectAt`: what an operation does to a lock. */
export function lockChoicesOf(
  flow: Flow,
  terms: Terms,
  conditions: Conditions,
  effectAt: (op: OpIndex) => LockEffect | undefined,
): ReadonlySet<ExprId> {
  const asked: Readonly<Record<LockEffect, Set<ExprId>>> = { acquire: new Set(), release: new Set() };
  for (let index = 0; index < flow.count; index++) {
    const op = flow.op(index);
    if (op.kind !== 'branch') continue;
    const { subject } = conditions.of(op.condition);
    if (terms.expr(subject).kind !== 'call') continue;
    const effect = onlyEffect(flow, op, effectAt);
    if (effect) asked[effect].add(subject);
  }
  return new Set([...asked.acquire].filter((subject) => asked.release.has(subject)));
}

// The lock, and a few plain statements beside it: a counter, a local.
const longestArm = 6;

/** What the one arm does that is not common to both; it goes on where the other begins. */
export function onlyEffect(
  flow: Flow,
  { whenTrue, whenFalse }: Pick<Extract<Op, { kind: 'branch' }>, 'whenTrue' | 'whenFalse'>,
  effectAt: (op: OpIndex) => LockEffect | undefined,
): LockEffect | undefined {
  const end = Math.max(whenTrue, whenFalse);
  const begin = Math.min(whenTrue, whenFalse);
  if (end - begin > longestArm) return undefined;
  let effect: LockEffect | undefined;
  for (let index = begin; index < end; index++) {
    const op = flow.op(index);
    const isPlain = op.kind === 'call' || op.kind === 'assign' || (op.kind === 'jump' && op.target === end);
    if (!isPlain) return undefined;
    effect ??= effectAt(index);
  }
  return effect;
}
