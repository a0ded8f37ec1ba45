// feasible.ts
// Whether two threads can stand in their places of a cycle at the same time.

import type { ObjectKind } from '../kernel/primitive.ts';
import type { Link } from './link.ts';
import type { Witness } from './witnesses.ts';

/** `a` wants what `b` holds, and has to wait for it. */
export const blocks = (a: Link, b: Link): boolean => isKeptOut(a, b) && a.toSubclass === b.fromSubclass;

/**
 * It may have to wait all the same: behind a writer that came between two readers, or because the nesting that both
 * were given does not keep to the order that it stands for.
 */
export const mayBlock = (a: Link, b: Link, written: ReadonlySet<string>): boolean =>
  isKeptOut(a, b) || (isFair(a.to.kind) && written.has(a.to.key));

/** Only readers do not wait for each other. */
export const isKeptOut = (a: Link, b: Link): boolean =>
  a.toMode === 'exclusive' || b.fromMode === 'exclusive';

/** Locks whose readers queue behind a writer that waits. The others let readers in as long as there is one. */
const isFair = (kind: ObjectKind): boolean =>
  kind === 'rwsem' || kind === 'rwlock' || kind === 'percpu rwsem';

/** A handler that the other thread has seen end: it must have been started again to be in its way. */
export const isStopped = (a: Link, b: Link): boolean => hasStopped(a, b) || hasStopped(b, a);

const hasStopped = (a: Link, b: Link): boolean =>
  a.stopped.length > 0 &&
  ((b.origin === 'running' && a.stopped.includes(b.from.key)) ||
    b.held.some((held) => held.origin === 'running' && a.stopped.includes(held.waitable.key)));

/** Neither is the other thread, and no lock that both hold keeps them apart. */
export function canOverlap(a: Witness, b: Witness): boolean {
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
