// openOperations.ts
// Operations of a flow that are still to be looked at. The lowest comes first: what stands before a place is mostly done
// before it is visited, so that few places are visited twice.

import type { OpIndex } from '../facts/flow.ts';

export class OpenOperations {
  readonly #open: OpIndex[] = [];
  readonly #isOpen: Uint8Array;

  /** For operations below `count`. */
  constructor(count: number) {
    this.#isOpen = new Uint8Array(count);
  }

  get isEmpty(): boolean {
    return this.#open.length === 0;
  }

  /** One that is there already is there once. */
  add(index: OpIndex): void {
    if (this.#isOpen[index] === 1) return;
    this.#isOpen[index] = 1;
    this.#open.push(index);
  }

  takeNext(): OpIndex | undefined {
    const open = this.#open;
    let lowest = 0;
    for (let i = 1; i < open.length; i++) if (open[i]! < open[lowest]!) lowest = i;
    const index = open[lowest];
    if (index === undefined) return undefined;
    open[lowest] = open.at(-1)!;
    open.pop();
    this.#isOpen[index] = 0;
    return index;
  }
}
