// sources.ts
// The files of a program while it is put together. A question that needs a file which is not there yet is given up
// (`lacking` is thrown), the file is loaded with all others that were lacking, and the question is asked again: so
// nothing that was found out without the file is ever kept.

import { throwIfCancelled } from '../base/cancel.ts';
import type { Token } from '../base/cancel.ts';
import type { FileFacts } from '../facts/fileFacts.ts';
import type { Definition, TreeIndex } from '../index/treeIndex.ts';
import { FileView } from './fileView.ts';
import type { TreeNames } from './treeNames.ts';

/** Thrown, and caught by those who can ask again. */
export const lacking = new (class Lacking extends Error {
  override readonly name = 'Lacking';
})('a file has to be loaded first');

export class Sources {
  readonly index: TreeIndex;
  readonly #names: TreeNames;
  /** `undefined`: not readable. */
  readonly #views = new Map<string, FileView | undefined>();
  readonly #definitions = new Map<string, readonly Definition[]>();
  readonly #lacking = new Set<string>();
  /** How often a file was lacking so far. */
  lacks = 0;
  /** Files that are not there count as not readable: the end of all rounds. */
  #isClosed = false;

  constructor(index: TreeIndex, names: TreeNames) {
    this.index = index;
    this.#names = names;
  }

  get loadedCount(): number {
    return this.#views.size;
  }

  get lacksSome(): boolean {
    return this.#lacking.size > 0;
  }

  /** Throws `lacking` where the file is not there yet. */
  view(path: string): FileView | undefined {
    const view = this.#views.get(path);
    if (view || this.#isClosed || this.#views.has(path)) return view;
    this.lacks++;
    this.#lacking.add(path);
    throw lacking;
  }

  /** As `view`, without giving up: what is not there yet is noted and will be. */
  peek(path: string): FileView | undefined {
    const view = this.#views.get(path);
    if (!view && !this.#isClosed && !this.#views.has(path)) {
      this.lacks++;
      this.#lacking.add(path);
    }
    return view;
  }

  add(path: string, facts: FileFacts, isStub: boolean): FileView {
    const view = new FileView(path, facts, isStub, this.#names.of(path, facts));
    this.#views.set(path, view);
    return view;
  }

  definitionsOf(name: string): readonly Definition[] {
    let definitions = this.#definitions.get(name);
    if (!definitions) {
      definitions = this.index.definitionsOf(name);
      this.#definitions.set(name, definitions);
    }
    return definitions;
  }

  async load(paths: readonly string[], token: Token): Promise<void> {
    const unknown = paths.filter((path) => !this.#views.has(path));
    const loaded = await this.index.facts(unknown, token);
    for (const path of unknown) {
      const facts = loaded.get(path);
      if (facts) this.add(path, facts, false);
      else this.#views.set(path, undefined);
    }
    throwIfCancelled(token);
  }

  async loadLacking(token: Token): Promise<void> {
    const paths = [...this.#lacking].sort();
    this.#lacking.clear();
    await this.load(paths, token);
  }

  close(): void {
    this.#isClosed = true;
  }
}
