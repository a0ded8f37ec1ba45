// derivedStore.ts
// What was worked out from one state of a tree: good for as long as every file of the tree is the same.

import type { CacheFiles } from './host.ts';

export interface DerivedStore {
  /** The tree in this state: equal texts are equal trees. */
  readonly state: string;
  read(key: string): Promise<Uint8Array | undefined>;
  write(key: string, bytes: Uint8Array): Promise<void>;
}

const folder = 'derived-1';
const largestTotal = 256 << 20;

type Sha1 = (parts: readonly Uint8Array[]) => string;

/** The state of a tree in which these files have that content: an id, or nothing for one that is not there. */
export function stateOf(files: Iterable<readonly [path: string, blob: string]>, sha1: Sha1): string {
  const lines: string[] = [];
  for (const [path, blob] of files) lines.push(`${path}\0${blob}\n`);
  return sha1([new TextEncoder().encode(lines.sort().join(''))]);
}

export class CachedDerived implements DerivedStore {
  readonly state: string;
  readonly #files: CacheFiles;
  readonly #sha1: Sha1;

  constructor(state: string, files: CacheFiles, sha1: Sha1) {
    this.state = state;
    this.#files = files;
    this.#sha1 = sha1;
  }

  /** The same for a tree that stands on this one. */
  over(files: Iterable<readonly [path: string, blob: string]>): CachedDerived {
    const state = stateOf([['', this.state], ...files], this.#sha1);
    return new CachedDerived(state, this.#files, this.#sha1);
  }

  read(key: string): Promise<Uint8Array | undefined> {
    return this.#files.read(this.#path(key));
  }

  /** A cache that cannot be written is said elsewhere; nothing depends on it. */
  async write(key: string, bytes: Uint8Array): Promise<void> {
    try {
      await this.#files.replace(this.#path(key), [bytes]);
      await this.#dropOldest();
    } catch {
      return;
    }
  }

  async #dropOldest(): Promise<void> {
    const entries = [...(await this.#files.list(folder))].sort((a, b) => a.modifiedMs - b.modifiedMs);
    let total = entries.reduce((sum, { size }) => sum + size, 0);
    for (const { name, size } of entries) {
      if (total <= largestTotal) return;
      await this.#files.remove(`${folder}/${name}`);
      total -= size;
    }
  }

  #path(key: string): string {
    return `${folder}/${this.#sha1([new TextEncoder().encode(`${this.state}\n${key}`)])}`;
  }
}
