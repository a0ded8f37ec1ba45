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
/** What stays where it was more: each removal makes room for many writes. */
const totalAfterRemoval = largestTotal * 0.875;

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
  readonly #room: Room;

  constructor(state: string, files: CacheFiles, sha1: Sha1, room = new Room(files)) {
    this.state = state;
    this.#files = files;
    this.#sha1 = sha1;
    this.#room = room;
  }

  /** The same for a tree that stands on this one. */
  over(files: Iterable<readonly [path: string, blob: string]>): CachedDerived {
    const state = stateOf([['', this.state], ...files], this.#sha1);
    return new CachedDerived(state, this.#files, this.#sha1, this.#room);
  }

  read(key: string): Promise<Uint8Array | undefined> {
    return this.#files.read(this.#path(key));
  }

  /** A cache that cannot be written is said elsewhere; nothing depends on it. */
  async write(key: string, bytes: Uint8Array): Promise<void> {
    try {
      await this.#files.replace(this.#path(key), [bytes]);
      await this.#room.take(bytes.byteLength);
    } catch {
      return;
    }
  }

  #path(key: string): string {
    return `${folder}/${this.#sha1([new TextEncoder().encode(`${this.state}\n${key}`)])}`;
  }
}

/**
 * Keeps the folder within its bounds. It is listed once, and again when as much was written as had room: at every write
 * of 600 units that took more time than all else that they need.
 */
class Room {
  readonly #files: CacheFiles;
  #left = 0;

  constructor(files: CacheFiles) {
    this.#files = files;
  }

  async take(bytes: number): Promise<void> {
    this.#left -= bytes;
    if (this.#left >= 0) return;
    // Writes that go on meanwhile need not list it too.
    this.#left = largestTotal;
    this.#left = largestTotal - (await this.#dropOldest());
  }

  /** How much is there afterwards. */
  async #dropOldest(): Promise<number> {
    const entries = [...(await this.#files.list(folder))].sort((a, b) => a.modifiedMs - b.modifiedMs);
    let total = entries.reduce((sum, { size }) => sum + size, 0);
    if (total <= largestTotal) return total;
    for (const { name, size } of entries) {
      if (total <= totalAfterRemoval) break;
      await this.#files.remove(`${folder}/${name}`);
      total -= size;
    }
    return total;
  }
}
