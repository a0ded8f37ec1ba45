// feasible.ts
// Whether two threads can stand in their places of a cycle at the same time.

import { lockKinds } from '../effects/tables.ts';
import { writtenByCore } from '../kernel/coreWriters.ts';
import type { ObjectKind } from '../kernel/primitive.ts';
import type { Link } from './link.ts';
import { threadTest } from './testedWays.ts';
import type { Standing } from './witnesses.ts';

/** `a` wants what `b` holds, and has to wait for it. */
export const blocks = (a: Link, b: Link): boolean => isKeptOut(a, b) && a.toSubclass === b.fromSubclass;

/**
 * It may have to wait all the same: behind a writer that came between two readers, or because the nesting that both
 * were given does not keep to the order that it stands for.
 */
export const mayBlock = (a: Link, b: Link, written: ReadonlySet<string>): boolean =>
  isKeptOut(a, b) || (isFair(a.to.kind) && written.has(a.to.key));

/** Only readers do not wait for each other, unless the core has writers at all times, behind whom they queue. */
export const isKeptOut = (a: Link, b: Link): boolean =>
  a.toMode === 'exclusive' || b.fromMode === 'exclusive' || writtenByCore.has(a.to.key);

/** Locks whose readers queue behind a writer that waits. The others let readers in as long as there is one. */
const isFair = (kind: ObjectKind): boolean =>
  kind === 'rwsem' || kind === 'rwlock' || kind === 'percpu rwsem';

/** A handler that the other thread has seen end: it must have been started again to be in its way. */
export const isStopped = (a: Link, b: Link): boolean => hasStopped(a, b) || hasStopped(b, a);

const hasStopped = (a: Link, b: Link): boolean =>
  a.stopped.length > 0 &&
  ((b.origin === 'running' && a.stopped.includes(b.from.key)) ||
    b.held.some((held) => held.origin === 'running' && a.stopped.includes(held.waitable.key)));

/**
 * Both have tested one flag or role, with opposite results. A role stays; a flag may change after its test, unless the
 * test was made under a lock that is held still, and the other side changed it under the same one.
 */
export const areOpposite = (a: Link, b: Link): boolean => {
  for (const [subject, one] of a.tested.values) {
    const other = b.tested.values.get(subject);
    if (!other || (one.mask & other.mask) !== 0 || subject.startsWith(threadTest)) continue;
    if (one.isRole || isKept(a, b, one.base) || isKept(b, a, one.base)) return true;
  }
  return false;
};

/** What `a` has tested stays so until it comes to its place. */
function isKept(a: Link, b: Link, flag: string): boolean {
  if (a.tested.changed.has(flag)) return false;
  const changedUnder = b.tested.changed.get(flag);
  return a.held.some(
    ({ waitable: { kind, key } }) =>
      lockKinds.has(kind) && (changedUnder === undefined || changedUnder.has(key)),
  );
}

/** Neither is the other thread, and no lock that both hold keeps them apart. */
export function canOverlap(a: Standing, b: Standing): boolean {
  return (a.thread === -1 || a.thread !== b.thread) && !haveCommonGate(a.gates, b.gates);
}

/** The second one waits there, and never comes to its place. Both lists are in order. */
function haveCommonGate(a: readonly number[], b: readonly number[]): boolean {
  let j = 0;
  for (const gate of a) {
    const lock = gate >> 1;
    while (j < b.length && b[j]! >> 1 < lock) j++;
    for (let k = j; k < b.length && b[k]! >> 1 === lock; k++) if ((gate & b[k]! & 1) === 0) return true;
  }
  return false;
}
