// irqDeadlocks.ts
// A lock that an interrupt, a timer or a softirq takes, and that other code takes without keeping it away: it comes
// on the same processor while the lock is held, and spins for ever.

import type { Context } from '../program/meaning.ts';
import type { Effects, Held, Waitable, Want } from '../effects/results.ts';
import { belief } from './confidence.ts';
import type { Edge, Finding } from './finding.ts';
import { fingerprint } from './fingerprint.ts';
import type { ObjectKind } from '../kernel/primitive.ts';
import { linkOf } from './links.ts';
import { stepsOf } from './steps.ts';

const spinning: ReadonlySet<ObjectKind> = new Set(['spinlock', 'raw spinlock', 'rwlock', 'bit spinlock']);

export function irqDeadlocks({ wants }: Effects): readonly Finding[] {
  const byLock = new Map<string, Want[]>();
  for (const want of wants) {
    if (want.action !== 'acquire' || !spinning.has(want.waitable.kind)) continue;
    const list = byLock.get(want.waitable.key);
    if (list) list.push(want);
    else byLock.set(want.waitable.key, [want]);
  }
  return [...byLock.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([, list]) => findingsOf(list));
}

function findingsOf(wants: readonly Want[]): readonly Finding[] {
  for (const context of ['hardirq', 'softirq'] as const) {
    const inside = cheapest(wants.filter((want) => want.root.context === context));
    const outside = cheapest(wants.filter((want) => isInterruptible(want, context)));
    if (inside && outside && (inside.mode !== 'read' || outside.mode !== 'read'))
      return [findingOf(outside, inside)];
  }
  return [];
}

/** The handler can come while this thread holds the lock. */
function isInterruptible(want: Want, by: Context): boolean {
  const { context } = want.root;
  if (by === 'hardirq') return want.masked !== 'irq' && (context === 'process' || context === 'softirq');
  return want.masked === undefined && context === 'process';
}

function cheapest(wants: readonly Want[]): Want | undefined {
  let best: Want | undefined;
  for (const want of wants) if (!best || costOf(want) < costOf(best)) best = want;
  return best;
}

const costOf = (want: Want): number =>
  stepsOf(want.trail).length + 3 * want.assumptions.length + (want.root.phase === 'setup' ? 50 : 0);

function findingOf(outside: Want, inside: Want): Finding {
  const lock = outside.waitable;
  const handler = handlerOf(inside);
  const held = holding(lock);
  const doubts = [...linkOf(outside, held).doubts, ...linkOf(inside, held).doubts];
  const edges: readonly Edge[] = [
    edge(outside, lock, handler, 'taken'),
    edge(inside, handler, lock, 'running'),
  ];
  const word = inside.root.context === 'hardirq' ? 'interrupts' : 'softirqs';
  return {
    id: fingerprint(['irq-deadlock', lock.key]),
    rule: 'irq-deadlock',
    ...belief(doubts, 'Both contexts are known, and nothing on the way switches them off.'),
    edges,
    title: `${outside.root.fn}() takes ${lock.name} with ${word} on, and ${inside.root.fn}() takes it in one`,
    assumptions: [...new Set([...outside.assumptions, ...inside.assumptions])].sort(),
    unseenByLockdep: undefined,
    alsoFrom: [],
  };
}

function edge(want: Want, holds: Waitable, wants: Waitable, origin: Held['origin']): Edge {
  const held = want.held.filter((one) => one.waitable.kind !== 'cpu').map((one) => one.waitable);
  return { root: want.root, holds, wants, origin, steps: stepsOf(want.trail), held };
}

function handlerOf({ root }: Want): Waitable {
  const kind: ObjectKind =
    root.kind === 'timer'
      ? 'timer'
      : root.kind === 'tasklet'
        ? 'tasklet'
        : root.kind === 'napi'
          ? 'napi'
          : 'irq';
  return { kind, name: `${root.fn}()`, key: `${kind}:${root.path}:${root.fn}` };
}

const holding = (waitable: Waitable): Held => ({
  waitable,
  mode: 'exclusive',
  origin: 'taken',
  instance: '',
  subclass: '',
  trail: undefined,
});
