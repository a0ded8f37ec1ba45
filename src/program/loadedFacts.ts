// loadedFacts.ts
// Facts of the files that a question needs. The question is asked without waiting; a file that it lacked is
// remembered, loaded together with all others that were lacking, and the question is asked again.

import { throwIfCancelled } from '../base/cancel.ts';
import type { Token } from '../base/cancel.ts';
import type { FileFacts } from '../facts/fileFacts.ts';
import type { TreeIndex } from '../index/treeIndex.ts';

export class LoadedFacts {
  readonly index: TreeIndex;
  /** `undefined`: asked for, and not readable. */
  readonly #files = new Map<string, FileFacts | undefined>();
  readonly #lacking = new Set<string>();
  /** Loaded, and not asked for until now. */
  readonly #unasked = new Set<string>();

  constructor(index: TreeIndex) {
    this.index = index;
  }

  get(path: string): FileFacts | undefined {
    this.#unasked.delete(path);
    const facts = this.#files.get(path);
    if (!facts && !this.#files.has(path)) this.#lacking.add(path);
    return facts;
  }

  add(path: string, facts: FileFacts): void {
    this.#files.set(path, facts);
  }

  /** The last question lacked no file. */
  get isComplete(): boolean {
    return this.#lacking.size === 0;
  }

  /** Files that questions have asked for so far, and that are loaded. */
  get asked(): readonly string[] {
    return [...this.#files.keys()].filter((path) => !this.#unasked.has(path));
  }

  /** Loads what a question is going to need, so that it is asked once. */
  async load(paths: readonly string[], token: Token): Promise<void> {
    const unknown = paths.filter((path) => !this.#files.has(path)).sort();
    const loaded = await this.index.facts(unknown, token);
    for (const path of unknown) {
      this.#files.set(path, loaded.get(path));
      this.#unasked.add(path);
    }
  }

  /**
   * The answer to a question over these facts. After `rounds` loads the answer stands as it is, with what is still
   * unknown left unknown.
   */
  async ask<T>(question: () => T, rounds: number, token: Token): Promise<T> {
    for (let round = 0; ; round++) {
      this.#lacking.clear();
      const answer = question();
      if (this.#lacking.size === 0 || round === rounds) return answer;
      await this.load([...this.#lacking], token);
      throwIfCancelled(token);
    }
  }
}
