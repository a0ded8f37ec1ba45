// factsStore.ts
// Facts by content: those used lately decoded in memory, the rest in packs on disk, shared by all trees.

import { decodeFacts } from '../facts/decodeFacts.ts';
import { factsVersion } from '../facts/encodeFacts.ts';
import type { FileFacts } from '../facts/fileFacts.ts';
import { grammarVersion } from '../syntax/cSymbols.ts';
import type { IndexHost } from './host.ts';
import { MemoryCacheFiles } from './memoryHost.ts';
import { PackStore } from './packStore.ts';
import { RecentFacts } from './recentFacts.ts';

/** Part of the folder's name, so that what another version wrote is never read. */
const folder = `facts-${factsVersion}-${grammarVersion}`;

// Encoded bytes; decoded they take about ten times as much (519 files of drivers/net/ethernet/mellanox: 4 to 45 MB).
const recentBytes = 32 << 20;

/** Without a cache on disk the packs lie in memory. */
const largestInMemory = 256 << 20;

export interface FactsStoreOptions {
  readonly host: IndexHost;
  /** Bytes on disk. */
  readonly largestTotal: number;
  readonly onUnwritable: (error: unknown) => void;
}

export class FactsStore {
  readonly #recent = new RecentFacts(recentBytes);
  readonly #opening: Promise<PackStore>;
  #packs: PackStore | undefined;

  /** Begins to read the list of what is stored; questions wait for it. */
  constructor({ host, largestTotal, onUnwritable }: FactsStoreOptions) {
    const { cache, uniqueName, now } = host;
    this.#opening = PackStore.open({
      files: cache ?? new MemoryCacheFiles(),
      folder,
      uniqueName,
      now,
      largestTotal: cache ? largestTotal : Math.min(largestTotal, largestInMemory),
      onUnwritable,
    });
    void this.#opening.then((packs) => (this.#packs = packs));
  }

  /** Until the list of what is stored is read, only what is in memory counts. */
  has(blob: string): boolean {
    return this.#recent.has(blob) || (this.#packs?.has(blob) ?? false);
  }

  get recentBytes(): number {
    return this.#recent.totalBytes;
  }

  async whenOpen(): Promise<void> {
    await this.#opening;
  }

  async get(blob: string): Promise<FileFacts | undefined> {
    const recent = this.#recent.get(blob);
    if (recent) return recent;
    const packs = await this.#opening;
    const payload = await packs.get(blob);
    if (!payload) return undefined;
    try {
      const facts = decodeFacts(payload);
      this.#recent.add(blob, facts, payload.length);
      return facts;
    } catch {
      // Passed its checksum and still is no fact: written by a build with the same version number.
      packs.forget(blob);
      return undefined;
    }
  }

  /** Keeps facts in memory only: text that is on no disk. */
  keep(blob: string, facts: FileFacts, size: number): void {
    this.#recent.add(blob, facts, size);
  }

  async addEncoded(blob: string, payload: Uint8Array): Promise<void> {
    (await this.#opening).add(blob, payload);
  }

  async flush(): Promise<void> {
    await (await this.#opening).flush();
  }

  async clear(): Promise<void> {
    this.#recent.clear();
    await (await this.#opening).clear();
  }

  async close(): Promise<void> {
    await (await this.#opening).close();
  }
}
