// witnesses.ts
// The evidence for one edge of the wait-for graph, without that which others stand for. The cheapest may be kept apart
// from another thread by a lock that both hold, so all evidence stays that differs in what it can be kept apart by.

import { lockKinds } from '../effects/tables.ts';
import { tierOf } from './confidence.ts';
import type { Tier } from './confidence.ts';
import type { Link } from './link.ts';

export interface Witness {
  readonly link: Link;
  /** 0 is the surest. */
  readonly tier: Tier;
  /** What keeps it apart from others: `2 * lock`, one more where it is only read. In order. */
  readonly gates: readonly number[];
  /** Keys of handlers that run in this thread. */
  readonly running: readonly string[];
  /** Of those with the same number only one runs at a time; -1: it may run any number of times at once. */
  readonly thread: number;
}

// Evidence for one edge with different gates stays below 30 in every driver that was looked at. More comes from code
// that is reached in every possible way, and then the first ones say it all.
const mostWitnesses = 64;

export class Witnesses {
  readonly #locks = new Map<string, number>();
  readonly #threads = new Map<string, number>();

  /** The cheapest first. */
  bestOf(links: readonly Link[]): readonly Witness[] {
    const different = new Map<string, Witness>();
    for (const link of links) {
      const witness = this.of(link);
      const { fromMode, toMode, fromSubclass, toSubclass } = link;
      const kind = `${fromMode},${toMode},${fromSubclass},${toSubclass}`;
      const started = `${witness.running.join()},${link.stopped.join()}`;
      const key = `${witness.tier},${witness.thread},${kind},${started},${witness.gates.join()}`;
      const known = different.get(key);
      if (!known || inOrder(witness, known) < 0) different.set(key, witness);
    }
    const kept: Witness[] = [];
    for (const witness of [...different.values()].sort(inOrder)) {
      if (kept.some((other) => standsFor(other, witness))) continue;
      kept.push(witness);
      if (kept.length === mostWitnesses) break;
    }
    return kept;
  }

  of(link: Link): Witness {
    const held = [{ waitable: link.from, mode: link.fromMode }, ...link.held];
    const gates = held.flatMap(({ waitable, mode }) =>
      lockKinds.has(waitable.kind)
        ? [2 * numberOf(this.#locks, waitable.key) + (mode === 'read' ? 1 : 0)]
        : [],
    );
    return {
      link,
      tier: tierOf(link.doubts),
      gates: [...new Set(gates)].sort((a, b) => a - b),
      running: runningIn(link),
      thread: isSerialised(link) ? numberOf(this.#threads, `${link.root.path}:${link.root.fn}`) : -1,
    };
  }
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

const isSerialised = ({ root }: Link): boolean => serialised.has(root.kind) || root.phase === 'setup';

/** Wherever `b` can stand in a cycle, `a`, which costs no more, can too. */
function standsFor(a: Witness, b: Witness): boolean {
  return (
    a.tier <= b.tier &&
    (a.thread === -1 || a.thread === b.thread) &&
    (a.link.fromMode === 'exclusive' || b.link.fromMode === 'read') &&
    (a.link.toMode === 'exclusive' || b.link.toMode === 'read') &&
    isWithin(a.running, b.running) &&
    isWithin(a.link.stopped, b.link.stopped) &&
    a.link.fromSubclass === b.link.fromSubclass &&
    a.link.toSubclass === b.link.toSubclass &&
    a.gates.every((gate) => b.gates.includes(gate) || (gate % 2 === 1 && b.gates.includes(gate - 1)))
  );
}

const isWithin = (a: readonly string[], b: readonly string[]): boolean => a.every((key) => b.includes(key));

function runningIn({ origin, from, held }: Link): readonly string[] {
  const others = held.flatMap((one) => (one.origin === 'running' ? one.waitable.key : []));
  return (origin === 'running' ? [from.key, ...others] : others).sort();
}

function numberOf(numbers: Map<string, number>, key: string): number {
  const known = numbers.get(key);
  if (known !== undefined) return known;
  numbers.set(key, numbers.size);
  return numbers.size - 1;
}

function inOrder(a: Witness, b: Witness): number {
  return (
    a.link.cost - b.link.cost ||
    a.gates.length - b.gates.length ||
    compare(startOf(a.link), startOf(b.link)) ||
    compare(textOf(a.link), textOf(b.link))
  );
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
