// feasible.ts
// Whether two threads can stand in their places of a cycle at the same time.

import type { Held } from '../effects/results.ts';
import { lockKinds } from '../effects/tables.ts';
import type { Link } from './link.ts';

/** `a` wants what `b` holds: only readers do not wait for each other. */
export const blocks = (a: Link, b: Link): boolean => !(a.toMode === 'read' && b.fromMode === 'read');

export function canOverlap(a: Link, b: Link): boolean {
  return !isOneThread(a, b) && !haveCommonGate(a, b);
}

// A handler does not run twice at the same time, and neither does the setup of one object.
const serialised: ReadonlySet<string> = new Set([
  'work',
  'timer',
  'hrtimer',
  'tasklet',
  'irq',
  'threaded irq',
  'napi',
  'kthread',
]);

function isOneThread(a: Link, b: Link): boolean {
  if (a.root.path !== b.root.path || a.root.fn !== b.root.fn) return false;
  return serialised.has(a.root.kind) || (a.root.phase === 'setup' && b.root.phase === 'setup');
}

/** Both hold it besides what makes the cycle: the second one waits there, and never comes to its place. */
function haveCommonGate(a: Link, b: Link): boolean {
  return a.held.some((own) => b.held.some((other) => isGate(own, other)));
}

function isGate(a: Held, b: Held): boolean {
  if (a.waitable.key !== b.waitable.key || !lockKinds.has(a.waitable.kind)) return false;
  return a.mode !== 'read' || b.mode !== 'read';
}
