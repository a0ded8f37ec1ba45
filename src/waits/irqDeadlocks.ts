// irqDeadlocks.ts
// A lock that an interrupt, a timer or a softirq takes, and that other code takes without keeping it away: it comes
// on the same processor while the lock is held, and spins for ever. The same happens through a second lock: one that is
// taken with interrupts on, while another processor holds the handler's lock and wants it.

import { throwIfCancelled } from '../base/cancel.ts';
import type { Token } from '../base/cancel.ts';
import type { Context } from '../program/meaning.ts';
import type { Effects, Held, Root, Waitable, Want } from '../effects/results.ts';
import type { ObjectKind } from '../kernel/primitive.ts';
import { cheapest, textOf } from './cheapest.ts';
import { belief } from './confidence.ts';
import type { Evidence } from './evidence.ts';
import { isStopped } from './feasible.ts';
import type { Edge, Finding } from './finding.ts';
import { fingerprint } from './fingerprint.ts';
import type { Doubt, Link } from './link.ts';
import { copyOf, linkOf } from './wantLink.ts';

const spinning: ReadonlySet<ObjectKind> = new Set(['spinlock', 'raw spinlock', 'rwlock', 'bit spinlock']);

// What a handler may not take: a way on which it does is a mistake of another kind, or no way that is gone.
const sleeping: ReadonlySet<ObjectKind> = new Set(['mutex', 'rt mutex', 'ww mutex', 'rwsem', 'semaphore']);

/** A thread that holds `lock`, for as long as it wants something else or is interrupted. */
interface Holder {
  readonly want: Want;
  readonly link: Link;
}

export function irqDeadlocks({ wants }: Effects, evidence: Evidence, token: Token): readonly Finding[] {
  const locks = new SpinningLocks(wants, evidence);
  return locks.keys.flatMap((key) => {
    throwIfCancelled(token);
    for (const context of ['hardirq', 'softirq'] as const) {
      const finding = locks.direct(key, context) ?? locks.throughAnother(key, context);
      if (finding) return [finding];
    }
    return [];
  });
}

class SpinningLocks {
  readonly keys: readonly string[];
  readonly #evidence: Evidence;
  readonly #wants = new Map<string, Want[]>();
  readonly #direct = new Map<string, Finding | undefined>();
  /** By lock, the locks that are wanted while it is held, in order. */
  readonly #wantedUnder = new Map<string, string[]>();

  constructor(wants: readonly Want[], evidence: Evidence) {
    this.#evidence = evidence;
    for (const want of wants) {
      if (want.action !== 'acquire' || !spinning.has(want.waitable.kind)) continue;
      const list = this.#wants.get(want.waitable.key);
      if (list) list.push(want);
      else this.#wants.set(want.waitable.key, [want]);
    }
    this.keys = [...this.#wants.keys()].sort();
    for (const key of this.keys) {
      const holds = this.#wants.get(key)?.flatMap(({ held }) => held.filter(isExclusive)) ?? [];
      for (const over of new Set(holds.map(({ waitable }) => waitable.key))) {
        const others = this.#wantedUnder.get(over);
        if (others) others.push(key);
        else this.#wantedUnder.set(over, [key]);
      }
    }
  }

  direct(key: string, context: Context): Finding | undefined {
    const memo = `${context} ${key}`;
    if (!this.#direct.has(memo)) this.#direct.set(memo, this.#directOf(key, context));
    return this.#direct.get(memo);
  }

  #directOf(key: string, context: Context): Finding | undefined {
    const list = this.#wants.get(key) ?? [];
    const handlers = list.filter((want) => isInside(want, context));
    const others = list.filter((want) => this.#isInterruptible(want, context));
    // Two readers do not wait for each other: one of the two has to write.
    const possible = others.some(isExclusive) ? handlers : handlers.filter(isExclusive);
    // Of a lock in every device of a kind, first the handlers of drivers that take it elsewhere too.
    const met = possible.filter(({ root }) => others.some((other) => this.#areTogether(other.root, root)));
    const inside = this.#cheapest(met.length > 0 ? met : possible);
    if (!inside) return undefined;
    const outside = this.#cheapest(isExclusive(inside.want) ? others : others.filter(isExclusive), inside);
    return outside && this.#findingOf([outside, inside], undefined);
  }

  /**
   * The handler can come while this thread holds the lock. What lets a caller's lock go and takes it again does both
   * in the same way: with what the caller has switched off still off.
   */
  #isInterruptible(want: Want, by: Context): boolean {
    if (!isInterruptible(want, by)) return false;
    const { takings, ways } = this.#evidence;
    // What a callee takes back as its callers had it tells nothing of those that had interrupts on.
    const isCallee = ways.of(want.trail).at(-1)?.fn !== want.root.fn;
    if (by === 'hardirq' && isOn(want) && isCallee && takings.maskBefore(want) !== undefined) return false;
    const masked = takings.maskOnWay(want);
    return by === 'hardirq' ? masked !== 'irq' : masked === undefined;
  }

  #areTogether(a: Root, b: Root): boolean {
    return !this.#evidence.areApart(a, b);
  }

  /** `key` is taken by the handler, and another lock is wanted under it that is taken with interrupts on. */
  throughAnother(key: string, context: Context): Finding | undefined {
    const list = this.#wants.get(key) ?? [];
    const inside = this.#cheapest(list.filter((want) => isInside(want, context)));
    if (!inside) return undefined;
    for (const other of this.#wantedUnder.get(key) ?? []) {
      if (other === key || this.direct(other, context)) continue;
      const under = this.#wants.get(other) ?? [];
      const wanting = under.filter(
        (want) => !isInside(want, context) && want.held.some((held) => isOf(held, key)),
      );
      if (wanting.length === 0) continue;
      const outside = this.#cheapest(
        under.filter((want) => this.#isInterruptible(want, context)),
        inside,
      );
      if (!outside) continue;
      const link = this.#cheapestLink(wanting, key, [outside.link, inside.link]);
      if (link) return this.#findingOf([outside, inside], link);
    }
    return undefined;
  }

  /** Of threads that hold the lock; best of all one that has not seen the end of `handler`. */
  #cheapest(wants: readonly Want[], handler?: Holder): Holder | undefined {
    let best: Holder | undefined;
    let least = Infinity;
    for (const want of wants) {
      const known = linkOf(want, holding(want.waitable), this.#evidence);
      const isRetaken = handler && this.#evidence.takings.maskBefore(want) !== undefined;
      const more =
        (isRetaken ? retakenCost : 0) +
        (handler && !this.#areTogether(want.root, handler.link.root) ? apartCost : 0);
      if (known.least.cost + more > least) continue;
      const isInside = this.#evidence.ways.endsInside(want.trail);
      const doubts: readonly Doubt[] = isRetaken ? [...known.doubts, 'retaken'] : known.doubts;
      const link = { ...copyOf(known), isInside, doubts, cost: known.cost + (isRetaken ? retakenCost : 0) };
      const cost = known.cost + more + (handler && isStopped(link, handler.link) ? stoppedCost : 0);
      if (cost > least || (best && cost === least && textOf(link) >= textOf(best.link))) continue;
      best = { want, link };
      least = cost;
    }
    return best;
  }

  /** Of threads that want one of these while they hold `from`, and that no common lock keeps apart from the others. */
  #cheapestLink(wants: readonly Want[], from: string, others: readonly Link[]): Link | undefined {
    const links = wants
      .flatMap((want) => want.held.filter((held) => isOf(held, from)).map((held) => ({ want, held })))
      .map(({ want, held }) => linkOf(want, held, this.#evidence))
      .filter((link) => !others.some((other) => haveCommonGate(link, other)))
      .map((link) => ({ link, cost: link.cost, text: () => textOf(link) }));
    return cheapest(links)?.link;
  }

  #findingOf([outside, inside]: readonly [Holder, Holder], between: Link | undefined): Finding {
    const all = [outside, inside].map(({ link }) => link.root);
    const isOfOne = inside.want.waitable.key.includes(':');
    const isApart = !isOfOne && all.some((one) => all.some((other) => !this.#areTogether(one, other)));
    return findingOf([outside, inside], between, isApart ? ['apart'] : []);
  }
}

const stoppedCost = 1000;
const apartCost = 500;
const retakenCost = 20;

const isExclusive = ({ mode }: Pick<Held, 'mode'>): boolean => mode === 'exclusive';

const isOf = (held: Held, key: string): boolean => held.waitable.key === key && isExclusive(held);

function haveCommonGate(a: Link, b: Link): boolean {
  return a.held.some(
    (own) =>
      spinning.has(own.waitable.kind) && b.held.some((other) => other.waitable.key === own.waitable.key),
  );
}

function isInside(want: Want, context: Context): boolean {
  return contextOf(want) === context && !want.held.some((held) => sleeping.has(held.waitable.kind));
}

// Works of these queues run as softirqs.
const softirqQueues: ReadonlySet<string> = new Set(['wq:system_bh_wq', 'wq:system_bh_highpri_wq']);

function contextOf({ held, root }: Want): Context {
  if (held.some(({ origin, waitable }) => origin === 'running' && softirqQueues.has(waitable.key)))
    return 'softirq';
  return root.sleeps === true ? 'process' : root.context;
}

function isInterruptible(want: Want, by: Context): boolean {
  const context = contextOf(want);
  if (by === 'hardirq')
    return want.masked !== 'irq' && (context === 'process' || context === 'softirq' || isOn(want));
  return want.masked === undefined && context === 'process';
}

const isOn = ({ root }: Want): boolean => root.context === 'any' && root.interrupts === 'on';

function findingOf(
  [outside, inside]: readonly [Holder, Holder],
  between: Link | undefined,
  more: readonly Doubt[],
): Finding {
  const lock = inside.want.waitable;
  const handler = handlerOf(inside.want);
  const links = [outside.link, inside.link, ...(between ? [between] : [])];
  const word = inside.want.root.context === 'hardirq' ? 'interrupts' : 'softirqs';
  return {
    id: fingerprint(['irq-deadlock', lock.key, ...(between ? [between.to.key] : [])]),
    rule: 'irq-deadlock',
    ...belief(
      [...doubtsOf(links, outside, inside.want.root), ...more],
      'Both contexts are known, and nothing on the way switches them off.',
    ),
    edges: [
      ...(between ? [edge(between, lock, between.to)] : []),
      edge(outside.link, outside.want.waitable, handler),
      edge({ ...inside.link, origin: 'running' }, handler, lock),
    ],
    title: titleOf(outside.want, inside.want, word, between),
    assumptions: [...new Set(links.flatMap((link) => link.assumptions))].sort(),
    unseenByLockdep: undefined,
    alsoFrom: [],
  };
}

function doubtsOf(links: readonly Link[], outside: Holder, handler: Root): readonly Doubt[] {
  const doubts = links.flatMap((link) => link.doubts);
  if (links.some((link) => links.some((other) => other !== link && isStopped(link, other))))
    doubts.push('stopped');
  if (isOn(outside.want)) doubts.push('contexts');
  if (outside.link.steps().some((step) => step.path === handler.path && step.fn === handler.fn))
    doubts.push('polled');
  // What is switched off inside the core is not kept track of.
  if (outside.link.isInside) doubts.push('inside');
  return doubts;
}

function titleOf(outside: Want, inside: Want, word: string, between: Link | undefined): string {
  const lock = outside.waitable.name;
  const start = `${outside.root.fn}() takes ${lock} with ${word} on, and ${inside.root.fn}()`;
  return between
    ? `${start} takes ${inside.waitable.name}, under which ${between.root.fn}() takes ${lock}`
    : `${start} takes it in one`;
}

function edge(link: Link, holds: Waitable, wants: Waitable): Edge {
  const held = link.held.filter((one) => one.waitable.kind !== 'cpu').map((one) => one.waitable);
  return { root: link.root, holds, wants, origin: link.origin, steps: link.steps(), held };
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
