// recentFacts.ts
// Decoded facts that were asked for lately, by content. Bounded, the longest unused go first.

import type { FileFacts } from '../facts/fileFacts.ts';

interface Entry {
  readonly facts: FileFacts;
  readonly size: number;
}

export class RecentFacts {
  // A Map iterates in order of insertion, so the first entry is the longest unused one.
  readonly #entries = new Map<string, Entry>();
  readonly #largestTotal: number;
  #total = 0;

  /** In bytes of encoded facts; decoded they take several times as much. */
  constructor(largestTotal: number) {
    this.#largestTotal = largestTotal;
  }

  get totalBytes(): number {
    return this.#total;
  }

  has(blob: string): boolean {
    return this.#entries.has(blob);
  }

  get(blob: string): FileFacts | undefined {
    const entry = this.#entries.get(blob);
    if (!entry) return undefined;
    this.#entries.delete(blob);
    this.#entries.set(blob, entry);
    return entry.facts;
  }

  add(blob: string, facts: FileFacts, size: number): void {
    this.#remove(blob);
    this.#entries.set(blob, { facts, size });
    this.#total += size;
    for (const oldest of this.#entries.keys()) {
      if (this.#total <= this.#largestTotal || oldest === blob) return;
      this.#remove(oldest);
    }
  }

  clear(): void {
    this.#entries.clear();
    this.#total = 0;
  }

  #remove(blob: string): void {
    const entry = this.#entries.get(blob);
    if (!entry) return;
    this.#entries.delete(blob);
    this.#total -= entry.size;
  }
}
