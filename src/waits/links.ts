// links.ts
// All links that the threads of a program make: what is held at a want leads to what is wanted, and a wait for a
// signal leads to what everybody who signals needs first.

import type { Effects, Held, Need, Signal, Trail, Waitable, Want } from '../effects/results.ts';
import { lockKinds } from '../effects/tables.ts';
import type { ObjectKind } from '../kernel/primitive.ts';
import { closingPairs } from './closing.ts';
import type { MayClose } from './closing.ts';
import type { Evidence } from './evidence.ts';
import type { Doubt, Link } from './link.ts';
import { stepsBetween } from './steps.ts';
import { untested } from './testedWays.ts';

/** Kinds that one signal ends; all others end when the thread that is them has ended. */
const signalled: ReadonlySet<string> = new Set(['completion', 'wait queue']);

export function linksOf(effects: Effects, evidence: Evidence): readonly Link[] {
  const { wants, signals } = effects;
  const mayClose = closingPairs(effects);
  return [
    ...wants.flatMap((want) => linksOfWant(want, evidence, mayClose)),
    ...linksOfSignals(wants, signals, evidence),
  ];
}

function linksOfWant(want: Want, evidence: Evidence, mayClose: MayClose): readonly Link[] {
  const closing = want.held.filter(
    (held) => canBlock(held) && mayClose(held.waitable.key, want.waitable.key),
  );
  if (closing.length === 0) return [];
  const ofWant = ofWantAlone(want, evidence);
  return closing.map((held) => linkFrom(want, held, ofWant, evidence));
}

// Readers of RCU never want what a waiter for them holds: they may not sleep. A processor is no lock.
const canBlock = (held: Held): boolean => held.waitable.kind !== 'cpu' && held.waitable.kind !== 'rcu';

export const linkOf = (want: Want, held: Held, evidence: Evidence): Link =>
  linkFrom(want, held, ofWantAlone(want, evidence), evidence);

function linkFrom(want: Want, held: Held, ofWant: OfWant, evidence: Evidence): Link {
  const doubts = [...ofWant.doubts, ...doubtsOfHeld(held, want, evidence)];
  return {
    from: held.waitable,
    to: want.waitable,
    root: want.root,
    origin: held.origin,
    fromMode: held.mode,
    toMode: want.mode,
    fromSubclass: subclassOf(held),
    toSubclass: subclassOf(want),
    held: want.held.filter((one) => one !== held),
    toInstance: want.instance,
    stopped: ofWant.stopped,
    steps: () => stepsBetween(held, want.trail, evidence.ways),
    assumptions: want.assumptions,
    doubts,
    tested: evidence.tests.on(want.trail),
    isInside: evidence.isInside(held, want.trail),
    cost: costOf(doubts, evidence.ways.of(want.trail).length, want.assumptions.length),
  };
}

// Of these the order is found out while they are taken.
const subclassOf = ({ waitable, subclass }: Want | Held): string =>
  waitable.kind === 'ww mutex' ? '' : subclass;

interface OfWant {
  readonly doubts: readonly Doubt[];
  readonly stopped: readonly string[];
}

/** What does not depend on which of the held things is looked at. */
const ofWantAlone = (want: Want, evidence: Evidence): OfWant => ({
  doubts: doubtsOfWant(want, evidence),
  stopped: evidence.stoppedBefore(want),
});

function doubtsOfWant(want: Want, evidence: Evidence): readonly Doubt[] {
  const doubts: Doubt[] = [...evidence.ofWay(want)];
  if (want.endedBy?.includes('timeout') === true) doubts.push('timeout');
  if (isAsleepInHandler(want)) doubts.push('context');
  if (evidence.isForOtherDevice(want)) doubts.push('other device');
  if (evidence.tests.excludes(want)) doubts.push('excluded');
  if (isUnknown(want.waitable.key)) doubts.push('unknown device');
  else if (isOneOfMany(want.waitable) && want.instance === '') doubts.push('instance');
  return doubts;
}

function doubtsOfHeld(held: Held, want: Want, evidence: Evidence): readonly Doubt[] {
  const doubts = [...evidence.ofHeld(held, want)];
  if (evidence.tests.differ(held, want)) doubts.push('excluded');
  if (lengthBetween(held.trail, want.trail, evidence) > longWay) doubts.push('long');
  if (isUnknown(held.waitable.key)) doubts.push('unknown device');
  else if (isOneOfMany(held.waitable) && held.instance === '') doubts.push('instance');
  return doubts;
}

function lengthBetween(taken: Trail | undefined, wanted: Trail, { ways }: Evidence): number {
  if (taken === undefined) return ways.of(wanted).length;
  return ways.ownPart(taken, wanted).length + ways.ownPart(wanted, taken).length;
}

const sleeping: ReadonlySet<ObjectKind> = new Set(['mutex', 'rt mutex', 'ww mutex', 'rwsem', 'percpu rwsem']);

function isAsleepInHandler({ root, waitable, held }: Want): boolean {
  if (root.context !== 'softirq' && root.context !== 'hardirq') return false;
  return sleeping.has(waitable.kind) || held.some((one) => sleeping.has(one.waitable.kind));
}

// Every device has one of these. Where the core comes to it by a list, it is mostly another device's: a child's, or
// that of a virtual function.
const isOneOfMany = ({ key }: Waitable): boolean =>
  key.startsWith('device.mutex@') || (key.startsWith('callbacks:') && key.endsWith('.dev'));

const isUnknown = (key: string): boolean => key.endsWith('@?');

// Steps from where something is taken to where the next thing is wanted. Each call has a condition of its own.
const longWay = 9;

const weights: Readonly<Record<Doubt, number>> = {
  timeout: 4,
  asserted: 6,
  assumed: 10,
  long: 10,
  recursive: 10,
  'last reference': 10,
  inner: 10,
  handed: 10,
  retaken: 10,
  signal: 10,
  apart: 10,
  setup: 40,
  dispatcher: 40,
  left: 40,
  leaked: 40,
  'given back': 40,
  stopped: 40,
  inside: 40,
  context: 40,
  instance: 40,
  queued: 40,
  nested: 40,
  kinds: 40,
  excluded: 40,
  opposite: 40,
  'other device': 40,
  'unknown device': 40,
};

function costOf(found: readonly Doubt[], length: number, assumptions: number): number {
  return length + 2 * assumptions + found.reduce((sum, doubt) => sum + weights[doubt], 0);
}

function linksOfSignals(
  wants: readonly Want[],
  signals: readonly Signal[],
  evidence: Evidence,
): readonly Link[] {
  const awaited = new Set(
    wants.filter((want) => signalled.has(want.waitable.kind)).map((want) => want.waitable.key),
  );
  return [...awaited].sort().flatMap((key) =>
    linksOfSignal(
      signals.filter((one) => one.waitable.key === key),
      evidence,
    ),
  );
}

/** What one signaller has to get before it comes there. */
interface Requirement extends Omit<Need, 'trail'> {
  readonly signal: Signal;
  /** `undefined`: its caller has got it. */
  readonly trail: Need['trail'] | undefined;
}

/** Only what every signaller needs keeps the wait from ending: one that needs nothing refutes it. */
function linksOfSignal(signals: readonly Signal[], evidence: Evidence): readonly Link[] {
  const required = signals.map(requirementsOf);
  const common = [...(required[0]?.keys() ?? [])].filter((key) => required.every((own) => own.has(key)));
  return common.flatMap((key) => {
    const all = required.flatMap((own) => own.get(key) ?? []);
    // Who only reads comes in beside a waiter that reads, and ends the wait.
    const mode = all.some((one) => one.mode === 'read') ? 'read' : 'exclusive';
    return all.map((one) => linkOfSignal({ ...one, mode }, evidence));
  });
}

function requirementsOf(signal: Signal): ReadonlyMap<string, Requirement> {
  const ofCaller = signal.held
    .filter(isLockOfCaller)
    .map(({ waitable, mode }): Requirement => ({ signal, waitable, mode, trail: undefined }));
  const own = signal.needs.map((need): Requirement => ({ signal, ...need }));
  return new Map([...ofCaller, ...own].map((one) => [one.waitable.key, one]));
}

/** Of a lock in a struct the caller may hold another than the waiter does: each device has its own. */
const isLockOfCaller = ({ origin, waitable: { kind, key } }: Held): boolean =>
  origin === 'caller' && lockKinds.has(kind) && (key.includes(':') || /^\w+$/.test(key));

function linkOfSignal({ signal, waitable, mode, trail }: Requirement, evidence: Evidence): Link {
  const way = trail ? evidence.ways.of(trail) : [];
  return {
    from: signal.waitable,
    to: waitable,
    root: signal.root,
    origin: 'running',
    fromMode: 'exclusive',
    toMode: mode,
    fromSubclass: '',
    toSubclass: '',
    // Held up at a lock that the waiter holds besides, it signals no sooner: it keeps nobody apart.
    held: signal.held.filter((held) => !isLockOfCaller(held)),
    toInstance: '',
    stopped: [],
    steps: () => [...way, ...evidence.ways.of(signal.trail)],
    assumptions: [`Nobody else ends the wait for ${signal.waitable.name}.`],
    doubts: ['signal'],
    tested: untested,
    isInside: false,
    cost: costOf(['signal'], way.length, 1),
  };
}
