// witnesses.ts
// The evidence for one edge of the wait-for graph, without that which others stand for. The cheapest may be kept apart
// from another thread by a lock that both hold, so all evidence stays that differs in what it can be kept apart by.

import { throwIfCancelled } from '../base/cancel.ts';
import type { Token } from '../base/cancel.ts';
import type { Root } from '../effects/results.ts';
import { lockKinds } from '../effects/tables.ts';
import { tierOf } from './confidence.ts';
import type { Tier } from './confidence.ts';
import type { Link } from './link.ts';

/** What a thread can be kept apart by. */
export interface Standing {
  /** What keeps it apart from others: `2 * lock`, one more where it is only read. In order. */
  readonly gates: readonly number[];
  /** Keys of handlers that run in this thread. */
  readonly running: readonly string[];
  /** Of those with the same number only one runs at a time; -1: it may run any number of times at once. */
  readonly thread: number;
}

export interface Witness extends Standing {
  readonly link: Link;
  /** 0 is the surest. */
  readonly tier: Tier;
}

// Evidence for one edge with different gates stays below 30 in every driver that was looked at. More comes from code
// that is reached in every possible way, and then the first ones say it all.
const mostWitnesses = 64;

export class Witnesses {
  readonly #locks = new Map<string, number>();
  readonly #threadNames = new Map<string, number>();
  readonly #threads = new Map<Root, number>();
  readonly #texts = new Map<Link, string>();
  readonly #surroundings = new Map<Link['around'], Surroundings>();

  /** The cheapest first. */
  bestOf(links: readonly Link[], token: Token): readonly Witness[] {
    const different = new Map<string, Witness>();
    const front: Witness[] = [];
    for (const promise of this.#promisesOf(links, token)) {
      throwIfCancelled(token);
      if (front.some((one) => isBetter(one, promise, promise.cost))) continue;
      const witness = this.of(promise.link);
      const { link, tier, thread, running, gates } = witness;
      const kind = `${link.fromMode},${link.toMode},${link.fromSubclass},${link.toSubclass}`;
      const started = `${running.join()},${link.stopped.join()}`;
      const key = `${tier},${thread},${kind},${started},${gates.join()}`;
      const known = different.get(key);
      if (known && this.#inOrder(witness, known) >= 0) continue;
      different.set(key, witness);
      addToFront(witness, front);
    }
    const kept: Witness[] = [];
    for (const witness of [...different.values()].sort((a, b) => this.#inOrder(a, b))) {
      if (kept.some((other) => standsFor(other, witness))) continue;
      kept.push(witness);
      if (kept.length === mostWitnesses) break;
    }
    this.#texts.clear();
    return kept;
  }

  /** What promises most comes first, so that little of the rest has to be weighed. */
  #promisesOf(links: readonly Link[], token: Token): readonly Promised[] {
    const promises = links.map((link): Promised => {
      throwIfCancelled(token);
      const { doubts, cost } = link.least ?? link;
      const surroundings = this.#surroundingsOf(link.around);
      return { link, ...surroundings, tier: tierOf(doubts), cost, thread: this.#threadOf(link) };
    });
    return promises.sort((a, b) => a.cost - b.cost);
  }

  of(link: Link): Witness {
    return { link, tier: tierOf(link.doubts), ...this.standingOf(link) };
  }

  /** Without a look at what is to be doubted, which takes longer than all else. */
  standingOf(link: Link): Standing {
    return { ...this.#surroundingsOf(link.around), thread: this.#threadOf(link) };
  }

  #threadOf({ root }: Link): number {
    let thread = this.#threads.get(root);
    if (thread === undefined) {
      thread = isSerialised(root) ? numberOf(this.#threadNames, `${root.path}:${root.fn}`) : -1;
      this.#threads.set(root, thread);
    }
    return thread;
  }

  #inOrder(a: Witness, b: Witness): number {
    return (
      a.link.cost - b.link.cost ||
      a.gates.length - b.gates.length ||
      compare(startOf(a.link), startOf(b.link)) ||
      compare(this.#textOf(a.link), this.#textOf(b.link))
    );
  }

  #textOf(link: Link): string {
    let text = this.#texts.get(link);
    if (text === undefined) {
      text = textOf(link);
      this.#texts.set(link, text);
    }
    return text;
  }

  #surroundingsOf(around: Link['around']): Surroundings {
    let surroundings = this.#surroundings.get(around);
    if (!surroundings) {
      const gates = around.flatMap(({ waitable, mode }) =>
        lockKinds.has(waitable.kind)
          ? [2 * numberOf(this.#locks, waitable.key) + (mode === 'read' ? 1 : 0)]
          : [],
      );
      const running = around.flatMap(({ origin, waitable }) => (origin === 'running' ? waitable.key : []));
      surroundings = { gates: [...new Set(gates)].sort((a, b) => a - b), running: running.sort() };
      this.#surroundings.set(around, surroundings);
    }
    return surroundings;
  }
}

/** A witness of which it is only known how good it can be at best. */
interface Promised extends Witness {
  readonly cost: number;
}

/** It stands for one that costs so much, or more, and is the better of the two. */
function isBetter(witness: Witness, other: Witness, least: number): boolean {
  const { cost } = witness.link;
  const costsLess = cost < least || (cost === least && witness.gates.length < other.gates.length);
  return costsLess && standsFor(witness, other);
}

/** Those than which none is better: what is hopeless beside any of all is hopeless beside one of these. */
function addToFront(witness: Witness, front: Witness[]): void {
  const { cost } = witness.link;
  if (front.some((one) => isBetter(one, witness, cost))) return;
  const left = front.filter((one) => !isBetter(witness, one, one.link.cost));
  front.splice(0, front.length, ...left, witness);
}

type Surroundings = Pick<Witness, 'gates' | 'running'>;

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

const isSerialised = (root: Root): boolean => serialised.has(root.kind) || root.phase === 'setup';

/** Wherever `b` can stand in a cycle, `a`, which costs no more, can too. */
function standsFor(a: Witness, b: Witness): boolean {
  return (
    a.tier <= b.tier &&
    (a.thread === -1 || a.thread === b.thread) &&
    (a.link.fromMode === 'exclusive' || b.link.fromMode === 'read') &&
    (a.link.toMode === 'exclusive' || b.link.toMode === 'read') &&
    isWithin(a.running, b.running) &&
    a.link.fromSubclass === b.link.fromSubclass &&
    a.link.toSubclass === b.link.toSubclass &&
    a.gates.every((gate) => b.gates.includes(gate) || (gate % 2 === 1 && b.gates.includes(gate - 1))) &&
    (a.link.stopped.length === 0 || isWithin(a.link.stopped, b.link.stopped))
  );
}

const isWithin = (a: readonly string[], b: readonly string[]): boolean =>
  a === b || a.every((key) => b.includes(key));

function numberOf(numbers: Map<string, number>, key: string): number {
  const known = numbers.get(key);
  if (known !== undefined) return known;
  numbers.set(key, numbers.size);
  return numbers.size - 1;
}

const startOf = ({ root }: Link): string => `${root.path}:${root.at}:${root.fn}:${root.via}`;

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Tells any two links apart that differ in something that a reader sees. */
function textOf({ held, fromMode, toMode, fromSubclass, toSubclass, doubts, stopped, steps }: Link): string {
  const way = steps().map((step) => `${step.path}:${step.at}:${step.target}`);
  const others = held.map((one) => `${one.waitable.key}/${one.mode}`);
  const modes = `${fromMode}/${fromSubclass}/${toMode}/${toSubclass}`;
  return [modes, ...doubts, ...stopped, ...others.sort(), ...way].join('\n');
}
