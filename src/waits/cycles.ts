// cycles.ts
// Cycles in the wait-for graph whose threads can all stand in their places at once. One whose classes contain those of
// a shorter one that is as sure is a detour of it, and left out; all others are found, short ones first, until the
// work becomes too much.

import { neverCancelled, throwIfCancelled } from '../base/cancel.ts';
import type { Token } from '../base/cancel.ts';
import { tiers } from './confidence.ts';
import { Choice } from './choice.ts';
import type { Rules } from './choice.ts';
import { ClassSets } from './classSets.ts';
import { Distances } from './distances.ts';
import { compare } from './graph.ts';
import type { EdgeIndex, NodeIndex, WaitGraph } from './graph.ts';
import type { Link } from './link.ts';

/** `links[i].to` is `links[i + 1].from`, and the last one leads to the first, which has the smallest name. */
export interface Cycle {
  readonly links: readonly Link[];
}

// Threads in one cycle. Longer ones are looked for where there is no shorter one and the graph is a thin one: a ring of
// sixty locks is found, and a knot of sixty is not searched for it.
const longest = 6;
const mostForLongRing = 200_000;

// Edges that are looked at for each degree of sureness, evidence counting twenty times. Real subsystems stay far below
// it; in a graph of 100,000 links it suffices for all cycles of three threads (test/bench/cycles.ts).
const mostTried = 6_000_000;

/** `written`: classes that some thread wants to write; where readers queue behind it, they wait for each other. */
export function cyclesOf(
  graph: WaitGraph,
  written: ReadonlySet<string> = new Set(),
  areApart: Rules['areApart'] = () => false,
  token: Token = neverCancelled,
): readonly Cycle[] {
  const found = new Map<string, Cycle>();
  const sets = new ClassSets();
  for (const tier of tiers) {
    for (const cycle of new Search(graph, { tier, written, areApart }, sets).run(token))
      found.set(keyOf(cycle.links), cycle);
  }
  return [...found].sort(([a], [b]) => compare(a, b)).map(([, cycle]) => cycle);
}

/** The classes of a cycle in order of their names. */
export const classesOf = (links: readonly Link[]): readonly string[] =>
  links.map((link) => link.from.key).sort(compare);

const keyOf = (links: readonly Link[]): string => classesOf(links).join('\n');

export const costOf = (links: readonly Link[]): number => links.reduce((sum, link) => sum + link.cost, 0);

interface Found {
  readonly nodes: readonly NodeIndex[];
  readonly cycle: Cycle;
}

/** All cycles of one degree of sureness, by length. */
class Search {
  readonly #graph: WaitGraph;
  readonly #choice: Choice;
  readonly #sets: ClassSets;
  readonly #onPath: Uint8Array;
  readonly #distances: Distances;
  #tried = 0;
  /** Some way was ended for its length alone. */
  #hasLonger = false;

  constructor(graph: WaitGraph, rules: Rules, sets: ClassSets) {
    this.#graph = graph;
    this.#choice = new Choice(graph, rules);
    this.#sets = sets;
    this.#onPath = new Uint8Array(graph.nodeCount);
    this.#distances = new Distances(graph);
  }

  /** What is found is added to the sets of classes, too. */
  run(token: Token): readonly Cycle[] {
    const all: Cycle[] = [];
    for (let length = 2; length <= this.#graph.nodeCount; length++) {
      if (length > longest && (all.length > 0 || this.#tried > mostForLongRing)) break;
      const found = this.#ofLength(length, token);
      for (const { nodes, cycle } of found) {
        all.push(cycle);
        this.#sets.add(nodes);
      }
      if (!this.#hasLonger || this.#isSpent()) break;
    }
    return all;
  }

  #ofLength(length: number, token: Token): readonly Found[] {
    const found = new Map<string, Found>();
    this.#hasLonger = false;
    for (let start = 0; start < this.#graph.nodeCount && !this.#isSpent(); start++) {
      throwIfCancelled(token);
      this.#from(start as NodeIndex, length, found);
    }
    return [...found.values()];
  }

  #isSpent(): boolean {
    return this.#tried + this.#distances.tried + 20 * this.#choice.tried > mostTried;
  }

  /** Cycles of that length in which `start` has the smallest name. */
  #from(start: NodeIndex, length: number, found: Map<string, Found>): void {
    const { first, targets } = this.#graph;
    if (first[start] === first[start + 1]) return;
    const near = this.#distances.to(start, length - 1);
    const path: EdgeIndex[] = [];
    const nodes: NodeIndex[] = [start];
    const goOn = (node: NodeIndex): void => {
      const left = length - path.length;
      for (let index = first[node]! as EdgeIndex; index < first[node + 1]!; index++) {
        const to = targets[index]! as NodeIndex;
        this.#tried++;
        if (left === 1) {
          if (to !== start) this.#hasLonger = true;
          else if (this.#choice.fits(path, index)) this.#take([...path, index], nodes, found);
          continue;
        }
        if (to <= start || this.#onPath[to] === 1) continue;
        if (near[to]! > left - 1) {
          this.#hasLonger = true;
          continue;
        }
        if (this.#isSpent() || !this.#choice.fits(path, index)) continue;
        this.#onPath[to] = 1;
        if (!this.#sets.hasWithin(to, (one) => one === start || this.#onPath[one] === 1)) {
          path.push(index);
          nodes.push(to);
          goOn(to);
          path.pop();
          nodes.pop();
        }
        this.#onPath[to] = 0;
      }
    };
    goOn(start);
  }

  #take(path: readonly EdgeIndex[], nodes: readonly NodeIndex[], found: Map<string, Found>): void {
    const links = this.#choice.cheapest(path);
    if (!links) return;
    const sorted = [...nodes].sort((a, b) => a - b);
    const key = sorted.join();
    const known = found.get(key);
    if (!known || costOf(links) < costOf(known.cycle.links))
      found.set(key, { nodes: sorted, cycle: { links } });
  }
}
