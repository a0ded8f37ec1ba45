// links.ts
// All links that the threads of a program make: what is held at a want leads to what is wanted, and a wait for a
// signal leads to what everybody who signals needs first.

import type { Held, Hop, Need, Signal, Trail, Want } from '../effects/results.ts';
import type { Doubt, Link } from './link.ts';
import { stepsBetween, stepsOf } from './steps.ts';

/** Kinds that one signal ends; all others end when the thread that is them has ended. */
const signalled: ReadonlySet<string> = new Set(['completion', 'wait queue']);

export function linksOf(wants: readonly Want[], signals: readonly Signal[]): readonly Link[] {
  return [...wants.flatMap(linksOfWant), ...linksOfSignals(wants, signals)];
}

function linksOfWant(want: Want): readonly Link[] {
  return want.held.filter(canBlock).map((held) => linkOf(want, held));
}

// Readers of RCU never want what a waiter for them holds: they may not sleep. A processor is no lock.
const canBlock = (held: Held): boolean => held.waitable.kind !== 'cpu' && held.waitable.kind !== 'rcu';

export function linkOf(want: Want, held: Held): Link {
  const doubts = doubtsOf(want, held);
  return {
    from: held.waitable,
    to: want.waitable,
    root: want.root,
    origin: held.origin,
    fromMode: held.mode,
    toMode: want.mode,
    held: want.held.filter((one) => one !== held),
    steps: () => stepsBetween(held, want.trail),
    assumptions: want.assumptions,
    doubts,
    cost: costOf(doubts, want.trail, want.assumptions.length),
  };
}

function doubtsOf(want: Want, held: Held): readonly Doubt[] {
  const doubts: Doubt[] = [];
  if (want.endedBy?.includes('timeout') === true) doubts.push('timeout');
  if (held.origin === 'asserted') doubts.push('asserted');
  if (want.assumptions.length > 0) doubts.push('assumed');
  if (lengthOf(want.trail) > longWay) doubts.push('long');
  if (want.root.phase === 'setup') doubts.push('setup');
  if (want.waitable.key.endsWith('@?') || held.waitable.key.endsWith('@?')) doubts.push('unknown device');
  return doubts;
}

const longWay = 12;

const weights: Readonly<Record<Doubt, number>> = {
  timeout: 4,
  asserted: 6,
  assumed: 10,
  long: 10,
  signal: 10,
  setup: 40,
  elsewhere: 10,
  instance: 20,
  'unknown device': 40,
};

function costOf(found: readonly Doubt[], trail: Trail, assumptions: number): number {
  return lengthOf(trail) + 2 * assumptions + found.reduce((sum, doubt) => sum + weights[doubt], 0);
}

function lengthOf(trail: Trail): number {
  let length = 0;
  for (let step: Trail | undefined = trail; step; step = step.inner) length++;
  return length;
}

function linksOfSignals(wants: readonly Want[], signals: readonly Signal[]): readonly Link[] {
  const awaited = new Set(
    wants.filter((want) => signalled.has(want.waitable.kind)).map((want) => want.waitable.key),
  );
  return [...awaited]
    .sort()
    .flatMap((key) => linksOfSignal(signals.filter((one) => one.waitable.key === key)));
}

/** Only what every signaller needs keeps the wait from ending: one that needs nothing refutes it. */
function linksOfSignal(signals: readonly Signal[]): readonly Link[] {
  const [first, ...others] = signals;
  if (!first) return [];
  return first.needs
    .filter((need) =>
      others.every((other) => other.needs.some((own) => own.waitable.key === need.waitable.key)),
    )
    .map((need) => linkOfSignal(first, need));
}

function linkOfSignal(signal: Signal, need: Need): Link {
  return {
    from: signal.waitable,
    to: need.waitable,
    root: signal.root,
    origin: 'running',
    fromMode: 'exclusive',
    toMode: need.mode,
    held: signal.held,
    steps: (): readonly Hop[] => [...stepsOf(need.trail), ...stepsOf(signal.trail)],
    assumptions: [`Nobody else ends the wait for ${signal.waitable.name}.`],
    doubts: ['signal'],
    cost: costOf(['signal'], need.trail, 1),
  };
}
