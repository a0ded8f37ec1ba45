// unitLocksText.ts
// Lock classes and orders of a unit as a value for JSON, and back. Places and names come up again and again, so each
// is written once and meant by its number.

import type { Hop, Waitable } from '../effects/results.ts';
import type { LockOrder, UnitLocks } from '../waits/lockOrders.ts';

export interface WrittenLocks {
  readonly words: readonly string[];
  /** Path, place, function, action, target, and of a call through a table what it is called through. */
  readonly hops: readonly (readonly number[])[];
  /** Kind, name, key, and for each taking its hop and 1 for readers plus 2 for trylocks. */
  readonly classes: readonly (readonly [...waitable: [number, number, number], takings: readonly number[]])[];
  /** The classes by their numbers, the count, and the hops of each way. */
  readonly orders: readonly (readonly [number, number, number, readonly (readonly number[])[]])[];
}

const reads = 1;
const tries = 2;

export function writeLocks({ classes, orders }: UnitLocks): WrittenLocks {
  const words = new Numbers();
  const hops = new Numbers();
  const keys = new Map(classes.map(({ waitable }, i) => [waitable.key, i]));
  const hopNumber = ({ path, at, fn, action, target, via }: Hop): number => {
    const own = [words.of(path), at, words.of(fn), words.of(action), words.of(target)];
    const hop = via === undefined ? own : [...own, words.of(via)];
    return hops.of(hop.join());
  };
  const writtenClasses = classes.map(({ waitable: { kind, name, key }, takings }) => {
    const numbers = takings.flatMap(({ hop, mode, isTried }) => [
      hopNumber(hop),
      (mode === 'read' ? reads : 0) + (isTried ? tries : 0),
    ]);
    return [words.of(kind), words.of(name), words.of(key), numbers] as const;
  });
  const writtenOrders = orders.map(({ held, wanted, count, ways }) => {
    const steps = ways.map((way) => way.map(hopNumber));
    return [keys.get(held) ?? -1, keys.get(wanted) ?? -1, count, steps] as const;
  });
  return {
    words: words.all,
    hops: hops.all.map((hop) => hop.split(',').map(Number)),
    classes: writtenClasses,
    orders: writtenOrders,
  };
}

/** Throws on what `writeLocks` has not written. */
export function readLocks({ words, hops, classes, orders }: WrittenLocks): UnitLocks {
  const at = <T>(list: readonly T[], index: number | undefined): T => {
    const item = index === undefined ? undefined : list[index];
    if (item === undefined) throw new RangeError('a number that means nothing');
    return item;
  };
  const read = hops.map(([path, place, fn, action, target, via]): Hop => ({
    path: at(words, path),
    at: place as Hop['at'],
    fn: at(words, fn),
    action: at(words, action) as Hop['action'],
    target: at(words, target),
    ...(via !== undefined && { via: at(words, via) }),
  }));
  const readClasses = classes.map(([kind, name, key, takings]) => {
    const waitable: Waitable = {
      kind: at(words, kind) as Waitable['kind'],
      name: at(words, name),
      key: at(words, key),
    };
    const readTakings = pairsOf(takings).map(([hop, flags]) => ({
      hop: at(read, hop),
      mode: (flags & reads) === 0 ? ('exclusive' as const) : ('read' as const),
      isTried: (flags & tries) !== 0,
    }));
    return { waitable, takings: readTakings };
  });
  const readOrders = orders.map(([held, wanted, count, ways]): LockOrder => ({
    held: at(readClasses, held).waitable.key,
    wanted: at(readClasses, wanted).waitable.key,
    count,
    ways: ways.map((way) => way.map((hop) => at(read, hop))),
  }));
  return { classes: readClasses, orders: readOrders };
}

const pairsOf = (numbers: readonly number[]): readonly (readonly [number, number])[] =>
  Array.from({ length: numbers.length / 2 }, (_, i) => [numbers[2 * i]!, numbers[2 * i + 1]!]);

/** Numbers for texts, in the order in which they come. */
class Numbers {
  readonly #numbers = new Map<string, number>();

  get all(): readonly string[] {
    return [...this.#numbers.keys()];
  }

  of(text: string): number {
    const known = this.#numbers.get(text) ?? this.#numbers.size;
    this.#numbers.set(text, known);
    return known;
  }
}
