// lockIfThere.ts
// `if (p) unlock(&p->lock)`: where there is no object nobody holds its lock, and the other arm is for nobody.

import type { Op } from '../facts/flow.ts';
import type { Program, ProgramFunction } from '../program/meaning.ts';
import { nonzero } from './conditions.ts';
import type { Condition } from './conditions.ts';
import { lockKinds } from './tables.ts';

/** The whole of the first arm takes or lets go a lock of what the condition asks for. */
export function isLockIfThere(
  op: Extract<Op, { kind: 'branch' }>,
  { subject, whenTrue }: Condition,
  { id, body: { flow } }: ProgramFunction,
  program: Program,
): boolean {
  const meaning = whenTrue === nonzero ? program.meaningOf(id, op.whenTrue) : undefined;
  if (meaning?.kind !== 'act' || meaning.act.place === undefined) return false;
  const { primitive, effect, place } = meaning.act;
  if (!lockKinds.has(primitive.kind) || (effect !== 'acquire' && effect !== 'release')) return false;
  const end = op.whenTrue + 1;
  const next = end < flow.count ? flow.op(end) : undefined;
  if (end !== op.whenFalse && !(next?.kind === 'jump' && next.target === op.whenFalse)) return false;
  const lock = program.places.get(place);
  return lock.kind === 'member' && lock.base === program.placeOf(id, subject);
}
