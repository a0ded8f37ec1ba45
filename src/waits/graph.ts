// graph.ts
// The wait-for graph: classes, and between two of them the best evidence that one is held while the other is wanted.

import { circlesFirst } from '../effects/circles.ts';
import type { Waitable } from '../effects/results.ts';
import type { Link } from './link.ts';

// Evidence for one edge that differs in what else is held. The best one may be kept apart by a common lock, so others
// are tried; more than this for one edge add nothing but time.
const mostWitnesses = 16;

export type NodeIndex = number;

export class WaitGraph {
  readonly nodes: Waitable[] = [];
  readonly #indexes = new Map<string, NodeIndex>();
  /** `out[a].get(b)`: best first. */
  readonly out: Map<NodeIndex, Link[]>[] = [];
  readonly component: number[] = [];
  readonly #next: (readonly NodeIndex[])[] = [];
  readonly #previous: NodeIndex[][] = [];

  constructor(links: readonly Link[]) {
    for (const link of links) {
      const from = this.#indexOf(link.from);
      const to = this.#indexOf(link.to);
      if (from === to) continue;
      const edges = this.out[from]!;
      const witnesses = edges.get(to);
      if (witnesses) witnesses.push(link);
      else edges.set(to, [link]);
    }
    circlesFirst(this.out.map((edges) => [...edges.keys()])).forEach((circle, index) => {
      for (const node of circle) this.component[node] = index;
    });
    this.#keepBest();
  }

  /** Edges that can be part of a cycle, in the order of their names. */
  edges(): readonly (readonly [NodeIndex, NodeIndex])[] {
    const edges = this.out.flatMap((targets, from) =>
      [...targets.keys()]
        .filter((to) => this.component[from] === this.component[to])
        .map((to) => [from, to] as const),
    );
    return edges.sort(
      (a, b) => compare(this.#name(a[0]), this.#name(b[0])) || compare(this.#name(a[1]), this.#name(b[1])),
    );
  }

  /** Where one can go from a node without leaving its component, in the order of names. */
  next(node: NodeIndex): readonly NodeIndex[] {
    return this.#next[node] ?? [];
  }

  witnesses(from: NodeIndex, to: NodeIndex): readonly Link[] {
    return this.out[from]?.get(to) ?? [];
  }

  /** All evidence for the edge that a link is part of. */
  between(link: Link): readonly Link[] {
    const from = this.#indexes.get(link.from.key);
    const to = this.#indexes.get(link.to.key);
    return from === undefined || to === undefined ? [] : this.witnesses(from, to);
  }

  previous(node: NodeIndex): readonly NodeIndex[] {
    return this.#previous[node] ?? [];
  }

  #keepBest(): void {
    this.out.forEach((targets, from) => {
      const inside = [...targets.keys()].filter((to) => this.component[to] === this.component[from]);
      this.#next[from] = inside.sort((a, b) => compare(this.#name(a), this.#name(b)));
      for (const to of inside) {
        targets.set(to, bestOf(targets.get(to) ?? []));
        this.#previous[to] = [...(this.#previous[to] ?? []), from];
      }
    });
  }

  #name(node: NodeIndex): string {
    return this.nodes[node]?.key ?? '';
  }

  #indexOf(waitable: Waitable): NodeIndex {
    const known = this.#indexes.get(waitable.key);
    if (known !== undefined) return known;
    const index = this.nodes.length;
    this.#indexes.set(waitable.key, index);
    this.nodes.push(waitable);
    this.out.push(new Map());
    return index;
  }
}

/** Of the same root with the same things held, the cheapest; the cheapest of all first. */
function bestOf(links: readonly Link[]): Link[] {
  const sorted = [...links].sort((a, b) => a.cost - b.cost || compare(sortKey(a), sortKey(b)));
  const seen = new Set<string>();
  const best: Link[] = [];
  for (const link of sorted) {
    const key = `${link.fromMode}${link.toMode}${link.root.kind === 'function' ? '' : link.root.via} ${link.held.map((one) => one.waitable.key).join()}`;
    if (seen.has(key)) continue;
    seen.add(key);
    best.push(link);
    if (best.length === mostWitnesses) break;
  }
  return best;
}

const sortKey = (link: Link): string => `${link.root.path}:${link.root.at}:${link.root.fn}:${link.root.via}`;

export const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
