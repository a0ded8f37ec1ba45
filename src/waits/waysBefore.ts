// waysBefore.ts
// Many ways of one thread, as a tree of their steps, which says what ends before another way comes to its end. To ask
// them one by one takes as long as there are ways; in the tree it takes as long as the way has steps.

import type { Hop } from '../effects/results.ts';

export class WaysBefore {
  readonly #begin = new Node();
  readonly #hops: HopNumbers;
  readonly #isWayAround: IsWayAround;

  constructor(hops: HopNumbers, isWayAround: IsWayAround = () => false) {
    this.#hops = hops;
    this.#isWayAround = isWayAround;
  }

  /** All ways are added before the first question. */
  add(steps: readonly Hop[], key: string): void {
    let node = this.#begin;
    for (const hop of steps) {
      const number = this.#hops.of(hop);
      let branch = node.branches.get(number);
      if (!branch) node.branches.set(number, (branch = { hop, keys: new Set(), node: new Node() }));
      branch.keys.add(key);
      node = branch.node;
    }
  }

  /** The keys of ways that part from this one and end before it goes on, in order. See `comesBefore`. */
  before(steps: readonly Hop[]): readonly string[] {
    let node = this.#begin;
    let before: readonly string[] = none;
    for (const hop of steps) {
      const number = this.#hops.of(hop);
      before = node.before(number, hop, before, this.#isWayAround);
      const branch = node.branches.get(number);
      if (!branch) break;
      node = branch.node;
    }
    return before;
  }
}

type IsWayAround = (earlier: Hop, later: Hop) => boolean;

/** Equal steps have one number. */
export class HopNumbers {
  readonly #byHop = new Map<Hop, number>();
  readonly #byText = new Map<string, number>();

  of(hop: Hop): number {
    let number = this.#byHop.get(hop);
    if (number === undefined) {
      const text = `${hop.path}:${hop.at}:${hop.target}`;
      number = this.#byText.get(text) ?? this.#byText.size;
      this.#byText.set(text, number);
      this.#byHop.set(hop, number);
    }
    return number;
  }
}

interface Branch {
  readonly hop: Hop;
  /** Of all ways that go on here. */
  readonly keys: Set<string>;
  readonly node: Node;
}

class Node {
  readonly branches = new Map<number, Branch>();
  readonly #known = new Map<number, readonly string[]>();

  /** `earlier`: what comes before this node. There is only one way to it, so that is the same each time. */
  before(number: number, hop: Hop, earlier: readonly string[], isWayAround: IsWayAround): readonly string[] {
    let known = this.#known.get(number);
    if (!known) {
      const keys = new Set(earlier);
      for (const branch of this.branches.values())
        if (isEarlier(branch.hop, hop) && !isWayAround(branch.hop, hop))
          for (const key of branch.keys) keys.add(key);
      known = keys.size === earlier.length ? earlier : [...keys].sort();
      this.#known.set(number, known);
    }
    return known;
  }
}

const isEarlier = (a: Hop, b: Hop): boolean => a.at < b.at && a.path === b.path && a.fn === b.fn;

const none: readonly string[] = [];
