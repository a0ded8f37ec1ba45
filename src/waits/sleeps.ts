// sleeps.ts
// Calls that may sleep where sleeping is forbidden.

import type { Effects, Held, Sleep, Waitable } from '../effects/results.ts';
import { belief } from './confidence.ts';
import type { Finding } from './finding.ts';
import { fingerprint } from './fingerprint.ts';
import type { Doubt } from './link.ts';
import { stepsBetween, stepsOf } from './steps.ts';

const processor: Waitable = { kind: 'cpu', name: 'the processor', key: 'cpu' };

export function sleepFindings({ sleeps }: Effects): readonly Finding[] {
  const best = new Map<string, Finding & { readonly length: number }>();
  for (const sleep of sleeps) {
    for (const held of sleep.held) {
      const finding = findingOf(sleep, held);
      const known = best.get(finding.id);
      if (!known || finding.length < known.length) best.set(finding.id, finding);
    }
  }
  return [...best.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { length: _, ...finding }]) => finding);
}

function findingOf(sleep: Sleep, held: Held): Finding & { readonly length: number } {
  const steps = stepsBetween(held, sleep.trail);
  const last = stepsOf(sleep.trail).at(-1);
  const where = `${last?.fn ?? sleep.root.fn}()`;
  const doubts: Doubt[] = [];
  if (sleep.assumptions.length > 0) doubts.push('assumed');
  if (held.origin === 'asserted') doubts.push('asserted');
  if (steps.length > 10) doubts.push('long');
  if (held.origin === 'caller') doubts.push('elsewhere');
  return {
    id: fingerprint(['sleep-in-atomic', held.waitable.key, where]),
    rule: 'sleep-in-atomic',
    ...belief(doubts, 'The lock is held on the way, and the call sleeps on every configuration.'),
    edges: [
      { root: sleep.root, holds: held.waitable, wants: processor, origin: held.origin, steps, held: [] },
    ],
    title: `${where} may sleep in ${last?.target ?? 'a call'}() with ${held.waitable.name} ${wordOf(held)}`,
    assumptions: sleep.assumptions,
    unseenByLockdep: undefined,
    alsoFrom: [],
    length: steps.length,
  };
}

const wordOf = (held: Held): string => (held.waitable.kind === 'cpu' ? 'off or entered' : 'held');
