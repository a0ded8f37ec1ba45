// story.ts
// A cycle in words: who holds what, and what lockdep could not have seen.

import type { Waitable } from '../effects/results.ts';
import type { Link } from './link.ts';

/** The thread that takes a lock first, then the handlers: the order in which a person would tell it. */
export function inOrderOfTelling(links: readonly Link[]): readonly Link[] {
  let first = 0;
  for (let i = 1; i < links.length; i++) if (rank(links[i]!) < rank(links[first]!)) first = i;
  return [...links.slice(first), ...links.slice(0, first)];
}

function rank(link: Link): number {
  const isHandler = link.origin === 'running' || link.origin === 'given';
  const isWait = !isLockLike(link.to);
  return (isHandler ? 2 : 0) + (isWait ? 0 : 1);
}

const waits: ReadonlySet<string> = new Set([
  'work',
  'workqueue',
  'kthread',
  'timer',
  'hrtimer',
  'tasklet',
  'irq',
  'napi',
  'references',
  'callbacks',
  'completion',
  'wait queue',
  'srcu',
  'notifier chain',
  'runtime power',
  'transfer',
  'fence',
  'device',
]);

export const isLockLike = (waitable: Waitable): boolean => !waits.has(waitable.kind);

/** One signal ends it, and nobody has it until then. */
const isSignalled = ({ kind }: Waitable): boolean => kind === 'completion' || kind === 'wait queue';

export function titleOf(links: readonly Link[]): string {
  return links.map((link, index) => `${index === 0 ? '' : 'which '}${clause(link, index)}`).join(', ');
}

function clause(link: Link, index: number): string {
  const verb = isLockLike(link.to) ? 'wants' : 'waits for';
  const who = `${link.root.fn}()`;
  if (isSignalled(link.from) && index > 0) return `${who} ends only after it gets ${link.to.name}`;
  if (index > 0) return `${who} keeps while it ${verb} ${link.to.name}`;
  return `${who} holds ${link.from.name} and ${verb} ${link.to.name}`;
}

export function unseenByLockdep(classes: readonly Waitable[]): string | undefined {
  const kinds = new Set(classes.map((waitable) => waitable.kind));
  if (kinds.has('references')) return 'Lockdep does not see it: a reference count is not a lock.';
  if (kinds.has('completion') || kinds.has('wait queue'))
    return 'Lockdep does not see it: it does not know who ends the wait.';
  if (
    kinds.has('kthread') ||
    kinds.has('napi') ||
    kinds.has('irq') ||
    kinds.has('tasklet') ||
    kinds.has('hrtimer')
  )
    return 'Lockdep does not see it: the wait for the handler to end is not annotated.';
  if (classes.some((waitable) => waitable.key.startsWith('device.mutex')))
    return 'Lockdep does not see it: the lock of a device is not validated.';
  return undefined;
}
