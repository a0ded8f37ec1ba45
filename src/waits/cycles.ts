// cycles.ts
// Cycles in the wait-for graph whose threads can all stand in their places at once. For every edge the shortest cycle
// through it is looked for: all cycles of a graph are too many to list, and the longer ones say nothing new.

import { blocks, canOverlap } from './feasible.ts';
import { compare } from './graph.ts';
import type { NodeIndex, WaitGraph } from './graph.ts';
import type { Link } from './link.ts';

/** `links[i].to` is `links[i + 1].from`, and the last one leads to the first. */
export interface Cycle {
  readonly links: readonly Link[];
}

// Places that are tried for one edge before it is given up. The graphs of whole subsystems stay below a tenth of it.
const mostTried = 5000;

export function cyclesOf(graph: WaitGraph): readonly Cycle[] {
  const found = new Map<string, Cycle>();
  for (const [from, to] of graph.edges()) {
    const links = new Search(graph, from, to).run();
    if (!links) continue;
    const key = classesOf(links).join('\n');
    const known = found.get(key);
    if (!known || costOf(links) < costOf(known.links)) found.set(key, { links: turned(links) });
  }
  return minimal([...found.entries()].sort(([a], [b]) => compare(a, b)).map(([, cycle]) => cycle));
}

/** The classes of a cycle in order of their names. */
export const classesOf = (links: readonly Link[]): readonly string[] =>
  links.map((link) => link.from.key).sort(compare);

export const costOf = (links: readonly Link[]): number => links.reduce((sum, link) => sum + link.cost, 0);

/** Starts at the class with the smallest name, so that one cycle found twice is the same. */
function turned(links: readonly Link[]): readonly Link[] {
  let first = 0;
  for (let i = 1; i < links.length; i++)
    if (compare(links[i]!.from.key, links[first]!.from.key) < 0) first = i;
  return [...links.slice(first), ...links.slice(0, first)];
}

/** A cycle whose classes contain those of a shorter one is a detour of it. */
function minimal(cycles: readonly Cycle[]): readonly Cycle[] {
  const sets = cycles.map((cycle) => new Set(classesOf(cycle.links)));
  return cycles.filter((_, index) => {
    const own = sets[index]!;
    return !sets.some((other) => other.size < own.size && [...other].every((key) => own.has(key)));
  });
}

class Search {
  readonly #graph: WaitGraph;
  readonly #from: NodeIndex;
  readonly #to: NodeIndex;
  readonly #distance: ReadonlyMap<NodeIndex, number>;
  #tried = 0;

  constructor(graph: WaitGraph, from: NodeIndex, to: NodeIndex) {
    this.#graph = graph;
    this.#from = from;
    this.#to = to;
    this.#distance = distancesTo(graph, from);
  }

  run(): readonly Link[] | undefined {
    const shortest = this.#distance.get(this.#to);
    if (shortest === undefined) return undefined;
    const longest = this.#distance.size;
    for (let length = shortest; length <= longest && this.#tried < mostTried; length++) {
      for (const link of this.#graph.witnesses(this.#from, this.#to)) {
        const links = this.#close([link], new Set([this.#from, this.#to]), this.#to, length);
        if (links) return links;
      }
    }
    return undefined;
  }

  /** Goes on from `node` with exactly `left` more links back to the start. */
  #close(
    links: readonly Link[],
    seen: Set<NodeIndex>,
    node: NodeIndex,
    left: number,
  ): readonly Link[] | undefined {
    for (const next of this.#graph.next(node)) {
      const isEnd = next === this.#from;
      if (isEnd !== (left === 1)) continue;
      if (!isEnd && (seen.has(next) || (this.#distance.get(next) ?? Infinity) > left - 1)) continue;
      for (const link of this.#graph.witnesses(node, next)) {
        if (this.#tried++ > mostTried) return undefined;
        if (!fits(links, link) || (isEnd && !blocks(link, links[0]!))) continue;
        if (isEnd) return [...links, link];
        const closed = this.#close([...links, link], new Set([...seen, next]), next, left - 1);
        if (closed) return closed;
      }
    }
    return undefined;
  }
}

function fits(links: readonly Link[], link: Link): boolean {
  const last = links.at(-1);
  return last !== undefined && blocks(last, link) && links.every((one) => canOverlap(one, link));
}

/** Of all nodes of the component: how many links it takes at least to get to `target`. */
function distancesTo(graph: WaitGraph, target: NodeIndex): ReadonlyMap<NodeIndex, number> {
  const distances = new Map<NodeIndex, number>([[target, 0]]);
  let frontier = [target];
  for (let length = 1; frontier.length > 0; length++) {
    const reached: NodeIndex[] = [];
    for (const node of frontier) {
      for (const previous of graph.previous(node)) {
        if (distances.has(previous)) continue;
        distances.set(previous, length);
        reached.push(previous);
      }
    }
    frontier = reached;
  }
  return distances;
}
