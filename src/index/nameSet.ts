// nameSet.ts
// A set of names, by their numbers in the tokeniser, that is emptied in one step: it is filled anew for each function.

import { larger } from './namePool.ts';

export class NameSet {
  /** By name: when it was last put in. */
  #round = new Uint32Array(1 << 12);
  #now = 1;

  add(name: number): void {
    if (name >= this.#round.length) this.#round = larger(this.#round, name + 1);
    this.#round[name] = this.#now;
  }

  has(name: number): boolean {
    return name < this.#round.length && this.#round[name] === this.#now;
  }

  clear(): void {
    this.#now++;
  }
}
