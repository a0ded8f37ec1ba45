// graph.ts
// The wait-for graph: classes, and between two of them the evidence that one is held while the other is wanted.
// Nodes and edges are numbered in the order of their names, so nothing depends on the order of the links.

import { neverCancelled } from '../base/cancel.ts';
import { circlesFirst } from '../effects/circles.ts';
import { canOverlap } from './feasible.ts';
import type { Link } from './link.ts';
import { Witnesses } from './witnesses.ts';
import type { Witness } from './witnesses.ts';

declare const tag: unique symbol;
export type NodeIndex = number & { readonly [tag]: 'NodeIndex' };
export type EdgeIndex = number & { readonly [tag]: 'EdgeIndex' };

/** An edge that can be part of a cycle: both ends lie in one component. */
export interface GraphEdge {
  readonly from: NodeIndex;
  readonly to: NodeIndex;
  /** Best first. */
  readonly witnesses: readonly Witness[];
  /** All evidence, that which others stand for too. */
  readonly links: readonly Link[];
}

export class WaitGraph {
  readonly edges: readonly GraphEdge[];
  /** Where each edge leads. */
  readonly targets: Int32Array;
  /** The edges that leave a node are those from `first[node]` up to `first[node + 1]`, in the order of their targets. */
  readonly first: Int32Array;
  readonly #indexes: ReadonlyMap<string, NodeIndex>;
  readonly #edgeIndexes = new Map<number, EdgeIndex>();
  readonly #witnesses = new Witnesses();

  constructor(links: readonly Link[], token = neverCancelled) {
    const names = new Set(links.flatMap(({ from, to }) => [from.key, to.key]));
    this.#indexes = new Map([...names].sort(compare).map((key, index) => [key, index as NodeIndex]));
    const byTarget = this.#grouped(links);
    const component = componentsOf(byTarget);
    const edges: GraphEdge[] = [];
    this.first = new Int32Array(byTarget.length + 1);
    byTarget.forEach((targets, from) => {
      const inside = [...targets.keys()].filter((to) => component[to] === component[from]);
      for (const to of inside.sort((a, b) => a - b)) {
        this.#edgeIndexes.set(from * byTarget.length + to, edges.length as EdgeIndex);
        const all = targets.get(to) ?? [];
        edges.push({
          from: from as NodeIndex,
          to,
          witnesses: this.#witnesses.bestOf(all, token),
          links: all,
        });
      }
      this.first[from + 1] = edges.length;
    });
    this.edges = edges;
    this.targets = Int32Array.from(edges, (edge) => edge.to);
  }

  get nodeCount(): number {
    return this.first.length - 1;
  }

  edge(index: EdgeIndex): GraphEdge {
    const edge = this.edges[index];
    if (!edge) throw new RangeError(`no edge ${index}`);
    return edge;
  }

  /** Evidence that could take the place of a link beside the other threads of a cycle. */
  replacements(link: Link, others: readonly Link[]): readonly Link[] {
    const beside = others.map((other) => this.#witnesses.standingOf(other));
    return this.#between(link).filter((one) => {
      const standing = this.#witnesses.standingOf(one);
      return beside.every((other) => canOverlap(other, standing));
    });
  }

  #between({ from, to }: Link): readonly Link[] {
    const [source, target] = [this.#indexes.get(from.key), this.#indexes.get(to.key)];
    if (source === undefined || target === undefined) return [];
    const edge = this.#edgeIndexes.get(source * this.nodeCount + target);
    return edge === undefined ? [] : this.edge(edge).links;
  }

  #grouped(links: readonly Link[]): readonly Map<NodeIndex, Link[]>[] {
    const grouped = Array.from(this.#indexes, () => new Map<NodeIndex, Link[]>());
    for (const link of links) {
      const from = this.#indexes.get(link.from.key)!;
      const to = this.#indexes.get(link.to.key)!;
      if (from === to) continue;
      const known = grouped[from]!.get(to);
      if (known) known.push(link);
      else grouped[from]!.set(to, [link]);
    }
    return grouped;
  }
}

function componentsOf(byTarget: readonly Map<NodeIndex, Link[]>[]): readonly number[] {
  const component: number[] = [];
  circlesFirst(byTarget.map((targets) => [...targets.keys()])).forEach((circle, index) => {
    for (const node of circle) component[node] = index;
  });
  return component;
}

export const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
