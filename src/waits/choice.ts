// choice.ts
// Which evidence stands for each edge of a way through the wait-for graph, so that all threads can be there at once.

import type { Tier } from './confidence.ts';
import { areOpposite, blocks, canOverlap, isStopped, mayBlock } from './feasible.ts';
import type { EdgeIndex, WaitGraph } from './graph.ts';
import type { Link } from './link.ts';
import type { Witness } from './witnesses.ts';

/** What counts as evidence. */
export interface Rules {
  readonly tier: Tier;
  readonly written: ReadonlySet<string>;
  /** Whether the two threads may have no object in common, though it is of one class. */
  readonly areApart: (a: Link, b: Link) => boolean;
}

// Combinations of evidence that are tried for one cycle of classes.
const mostTried = 20_000;

export class Choice {
  readonly #graph: WaitGraph;
  readonly #rules: Rules;
  readonly #witnesses: (readonly Witness[])[] = [];
  readonly #apart = new Map<number, boolean>();
  readonly #behind = new Map<number, boolean>();
  tried = 0;

  constructor(graph: WaitGraph, rules: Rules) {
    this.#graph = graph;
    this.#rules = rules;
  }

  /** Whether the edge can follow that way, as far as two edges at a time tell. */
  fits(path: readonly EdgeIndex[], next: EdgeIndex): boolean {
    const last = path.at(-1);
    if (last === undefined) return this.#of(next).length > 0;
    return this.#canFollow(last, next) && path.every((edge) => this.#canOverlap(edge, next));
  }

  /** The cheapest evidence for a way round; `undefined`: the threads cannot all be there at once. */
  cheapest(path: readonly EdgeIndex[]): readonly Link[] | undefined {
    const [first] = path;
    const last = path.at(-1);
    if (first === undefined || last === undefined || !this.#canFollow(last, first)) return undefined;
    const lists = path.map((edge) => this.#of(edge));
    const rest = lists.map((_, i) =>
      lists.slice(i + 1).reduce((sum, list) => sum + (list[0]?.link.cost ?? 0), 0),
    );
    const end = this.tried + mostTried;
    let best: readonly Witness[] | undefined;
    let least = Infinity;
    const choose = (chosen: readonly Witness[], cost: number): void => {
      const list = lists[chosen.length];
      if (!list) {
        if (!this.#blocks(chosen.at(-1)!, chosen[0]!)) return;
        best = chosen;
        least = cost;
        return;
      }
      for (const witness of list) {
        const sum = cost + witness.link.cost;
        if (sum + rest[chosen.length]! >= least || this.tried++ > end) return;
        const before = chosen.at(-1);
        if (before && !this.#blocks(before, witness)) continue;
        if (chosen.every((one) => this.#overlap(one, witness))) choose([...chosen, witness], sum);
      }
    };
    choose([], 0);
    return best?.map((witness) => witness.link);
  }

  #of(edge: EdgeIndex): readonly Witness[] {
    let list = this.#witnesses[edge];
    if (!list) {
      list = this.#graph.edge(edge).witnesses.filter((witness) => witness.tier <= this.#rules.tier);
      this.#witnesses[edge] = list;
    }
    return list;
  }

  #canOverlap(a: EdgeIndex, b: EdgeIndex): boolean {
    return a < b
      ? this.#remembered(this.#apart, a, b, (left, right) => this.#overlap(left, right))
      : this.#remembered(this.#apart, b, a, (left, right) => this.#overlap(left, right));
  }

  #canFollow(a: EdgeIndex, b: EdgeIndex): boolean {
    return this.#remembered(this.#behind, a, b, (left, right) => this.#blocks(left, right));
  }

  #remembered(
    memo: Map<number, boolean>,
    a: EdgeIndex,
    b: EdgeIndex,
    holds: (left: Witness, right: Witness) => boolean,
  ): boolean {
    const key = a * this.#graph.edges.length + b;
    const known = memo.get(key);
    if (known !== undefined) return known;
    const some = this.#of(a).some((left) => this.#of(b).some((right) => this.#tries(left, right, holds)));
    memo.set(key, some);
    return some;
  }

  #tries(left: Witness, right: Witness, holds: (left: Witness, right: Witness) => boolean): boolean {
    this.tried++;
    return holds(left, right);
  }

  #overlap(a: Witness, b: Witness): boolean {
    if (!canOverlap(a, b)) return false;
    if (this.#rules.tier === 0 && this.#rules.areApart(a.link, b.link)) return false;
    return this.#rules.tier === 2 || (!isStopped(a.link, b.link) && !areOpposite(a.link, b.link));
  }

  #blocks({ link: a }: Witness, { link: b }: Witness): boolean {
    return this.#rules.tier === 2 ? mayBlock(a, b, this.#rules.written) : blocks(a, b);
  }
}
