// links.ts
// All links that the threads of a program make: what is held at a want leads to what is wanted, and a wait for a
// signal leads to what everybody who signals needs first.

import { throwIfCancelled } from '../base/cancel.ts';
import type { Token } from '../base/cancel.ts';
import type { Effects, Held, Need, Signal, Want } from '../effects/results.ts';
import { lockKinds } from '../effects/tables.ts';
import { grouped } from './cheapest.ts';
import { closingPairs } from './closing.ts';
import type { MayClose } from './closing.ts';
import { costOf } from './cost.ts';
import type { Evidence } from './evidence.ts';
import { compare } from './graph.ts';
import type { Doubt, Link } from './link.ts';
import { untested } from './testedWays.ts';
import { WantAlone, WantLink } from './wantLink.ts';

/** Kinds that one signal ends; all others end when the thread that is them has ended. */
const signalled: ReadonlySet<string> = new Set(['completion', 'wait queue']);

export function linksOf(effects: Effects, evidence: Evidence, token: Token): readonly Link[] {
  const { wants } = effects;
  const mayClose = closingPairs(effects);
  return [
    ...wants.flatMap((want) => {
      throwIfCancelled(token);
      if (want.root.kind === 'module' && !isOfRegistering(want, evidence)) return [];
      return linksOfWant(want, evidence, mayClose);
    }),
    ...linksOfSignals(effects, evidence),
  ];
}

/**
 * A lock of the list on which it puts itself. What it waits for while it is loaded are other modules mostly, and what
 * happens behind tables is about the devices that it brings.
 */
const isOfRegistering = ({ action, root, trail }: Want, { ways }: Evidence): boolean =>
  action === 'acquire' && ways.of(trail).every(({ path }) => path === root.path);

function linksOfWant(want: Want, evidence: Evidence, mayClose: MayClose): readonly Link[] {
  const closing = want.held.filter(
    (held) => canBlock(held) && mayClose(held.waitable.key, want.waitable.key),
  );
  if (closing.length === 0) return [];
  const ofWant = new WantAlone(want, evidence);
  return closing.map((held) => new WantLink(ofWant, held));
}

// Readers of RCU never want what a waiter for them holds: they may not sleep. A processor is no lock.
const canBlock = (held: Held): boolean => held.waitable.kind !== 'cpu' && held.waitable.kind !== 'rcu';

function linksOfSignals(effects: Effects, evidence: Evidence): readonly Link[] {
  const { wants, signals, isEndedElsewhere, isForLast } = effects;
  const isSetup = ({ root }: Want | Signal): boolean => root.phase === 'setup';
  const waitsOf = grouped(
    wants.filter(({ waitable }) => signalled.has(waitable.kind)),
    ({ waitable }) => waitable.key,
  );
  return [...waitsOf]
    .sort(([a], [b]) => compare(a, b))
    .flatMap(([key, waits]) => {
      const every = signals.filter((one) => one.waitable.key === key);
      // What is signalled while the object is set up was so before anybody else waits.
      const later = waits.some(isSetup) ? [] : every.filter((signal) => !isSetup(signal));
      const own = later.length > 0 ? later : every;
      const isOwnShare = (signal: Signal): boolean =>
        isForLast?.(signal.trail) === true && isBeforeWait(signal, waits, evidence);
      const links = linksOfSignal(own, evidence, isOwnShare);
      if (links.length === 0 || !own.some((signal) => isEndedElsewhere?.(signal))) return links;
      return links.map((link) => ({
        ...link,
        doubts: elsewhere,
        cost: costOf(elsewhere, link.steps().length, 1),
      }));
    });
}

const elsewhere: readonly Doubt[] = ['signal', 'elsewhere'];

/** What one signaller has to get before it comes there. */
interface Requirement extends Omit<Need, 'trail'> {
  readonly signal: Signal;
  /** `undefined`: its caller has got it. */
  readonly trail: Need['trail'] | undefined;
}

/**
 * `if (refcount_dec_and_test(&x->users)) complete(&x->free); wait_for_completion(&x->free);`: who waits has given up its own
 * share before. The wait is for the others, of whom such a step tells nothing.
 */
function isBeforeWait(signal: Signal, waits: readonly Want[], { ways }: Evidence): boolean {
  const steps = ways.of(signal.trail);
  return waits.some((want) => {
    const last = ways.of(want.trail).at(-1);
    return steps.some(({ path, fn, at }) => path === last?.path && fn === last.fn && at < last.at);
  });
}

/** Only what every signaller needs keeps the wait from ending: one that needs nothing refutes it. */
function linksOfSignal(
  signals: readonly Signal[],
  evidence: Evidence,
  isOwnShare: (signal: Signal) => boolean,
): readonly Link[] {
  const required = signals.map(requirementsOf);
  const common = [...(required[0]?.keys() ?? [])].filter((key) => required.every((own) => own.has(key)));
  return common.flatMap((key) => {
    const all = required.flatMap((own) => own.get(key) ?? []);
    // Who only reads comes in beside a waiter that reads, and ends the wait.
    const mode = all.some((one) => one.mode === 'read') ? 'read' : 'exclusive';
    return all
      .filter(({ signal }) => !isOwnShare(signal))
      .map((one) => linkOfSignal({ ...one, mode }, evidence));
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
  // Held up at a lock that the waiter holds besides, it signals no sooner: it keeps nobody apart.
  const held = signal.held.filter((one) => !isLockOfCaller(one));
  return {
    from: signal.waitable,
    to: waitable,
    root: signal.root,
    origin: 'running',
    fromMode: 'exclusive',
    toMode: mode,
    fromSubclass: '',
    toSubclass: '',
    around: [{ waitable: signal.waitable, mode: 'exclusive', origin: 'running' }, ...held],
    held,
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
