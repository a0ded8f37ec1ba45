// classSets.ts
// Sets of classes that are cycles already: whatever contains one of them is a detour.

import type { NodeIndex } from './graph.ts';

export class ClassSets {
  readonly #byNode = new Map<NodeIndex, (readonly NodeIndex[])[]>();

  add(nodes: readonly NodeIndex[]): void {
    for (const node of nodes) {
      const known = this.#byNode.get(node);
      if (known) known.push(nodes);
      else this.#byNode.set(node, [nodes]);
    }
  }

  /** Whether a set that contains `node` lies among those that `has` says are there. */
  hasWithin(node: NodeIndex, has: (node: NodeIndex) => boolean): boolean {
    return this.#byNode.get(node)?.some((set) => set.every(has)) ?? false;
  }
}
