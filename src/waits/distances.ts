// distances.ts
// How many links it takes at least from a node of the wait-for graph to another.

import type { NodeIndex, WaitGraph } from './graph.ts';

const far = 255;

export class Distances {
  readonly #into: readonly (readonly NodeIndex[])[];
  readonly #distances: Uint8Array;
  #reached: NodeIndex[] = [];
  tried = 0;

  constructor(graph: WaitGraph) {
    const into = Array.from({ length: graph.nodeCount }, (): NodeIndex[] => []);
    for (const { from, to } of graph.edges) into[to]!.push(from);
    this.#into = into;
    this.#distances = new Uint8Array(graph.nodeCount).fill(far);
  }

  /** To `target`, through nodes after it in order, up to `farthest`; 255: farther. Good until the next question. */
  to(target: NodeIndex, farthest: number): Uint8Array {
    for (const node of this.#reached) this.#distances[node] = far;
    this.#reached = [];
    let frontier: readonly NodeIndex[] = [target];
    for (let distance = 1; distance <= farthest && frontier.length > 0; distance++)
      frontier = this.#before(frontier, target, distance);
    return this.#distances;
  }

  #before(frontier: readonly NodeIndex[], target: NodeIndex, distance: number): readonly NodeIndex[] {
    const next: NodeIndex[] = [];
    for (const node of frontier) {
      const before = this.#into[node]!;
      this.tried += before.length;
      for (const previous of before) {
        if (previous <= target || this.#distances[previous] !== far) continue;
        this.#distances[previous] = distance;
        next.push(previous);
      }
    }
    this.#reached.push(...next);
    return next;
  }
}
