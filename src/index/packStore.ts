// packStore.ts
// Payloads by content id in append-only packs. Each process writes packs of its own under unique names, so two at
// once, or a kill at any moment, cost at most the records that were not yet written. Everything in here may vanish:
// a record that is gone or damaged is `undefined` and made again by the caller.

import type { CacheEntry, CacheFiles } from './host.ts';
import {
  decodePackIndex,
  decodeRecord,
  encodePackIndex,
  encodeRecord,
  recordHeader,
  scanPack,
  type RecordPlace,
} from './packFormat.ts';

export interface PackStoreOptions {
  readonly files: CacheFiles;
  /** Carries the version of what is stored: folders of other versions are not looked at. */
  readonly folder: string;
  readonly uniqueName: () => string;
  readonly now: () => number;
  readonly largestTotal: number;
  /** Called once, when writing fails; from then on nothing is written. */
  readonly onUnwritable: (error: unknown) => void;
}

/** A pack is closed at this size; offsets stay well inside 32 bits. */
const packBytes = 64 << 20;
/** Records wait in memory until so many bytes are written at once. */
const bufferBytes = 1 << 20;
/** An unfinished pack that nobody has written to for so long has lost its writer. */
const abandonedMs = 10 * 60 * 1000;
const smallPack = 8 << 20;
const mostSmallPacks = 12;

interface Place extends RecordPlace {
  readonly pack: string;
  /** The same record once more: another process made it too, or it was made again after damage. */
  readonly other: Place | undefined;
}

export class PackStore {
  readonly #options: PackStoreOptions;
  readonly #places = new Map<string, Place>();
  readonly #unwritten = new Map<string, Uint8Array>();
  #unwrittenBytes = 0;
  #pack: { readonly name: string; readonly places: RecordPlace[]; size: number } | undefined;
  #writing: Promise<void> = Promise.resolve();
  #isWritable = true;

  private constructor(options: PackStoreOptions) {
    this.#options = options;
  }

  static async open(options: PackStoreOptions): Promise<PackStore> {
    const store = new PackStore(options);
    const entries = await options.files.list(options.folder);
    for (const pack of packsOf(entries)) {
      for (const place of await store.#placesOf(pack, entries)) {
        store.#addPlace(place, pack.name);
      }
    }
    return store;
  }

  has(key: string): boolean {
    return this.#places.has(key) || this.#unwritten.has(key);
  }

  async get(key: string): Promise<Uint8Array | undefined> {
    const waiting = this.#unwritten.get(key);
    if (waiting) return decodeRecord(waiting, key);
    for (let place = this.#places.get(key); place; place = place.other) {
      const record = await this.#options.files.readRange(
        this.#path(place.pack),
        place.offset,
        recordHeader + place.length,
      );
      const payload = record && decodeRecord(record, key);
      if (payload) return payload;
    }
    this.forget(key);
    return undefined;
  }

  /** The record turned out to be of no use. */
  forget(key: string): void {
    this.#places.delete(key);
  }

  add(key: string, payload: Uint8Array): void {
    if (!this.#isWritable || this.has(key)) return;
    this.#hold(key, payload);
    if (this.#unwrittenBytes >= bufferBytes) void this.flush();
  }

  /** Resolves when everything added so far is written, or nothing can be. */
  flush(): Promise<void> {
    this.#writing = this.#writing.then(() => this.#write());
    return this.#writing;
  }

  /** Finishes the pack, and keeps the folder small. */
  async close(): Promise<void> {
    await this.flush();
    await this.#guarded(async () => {
      await this.#finishPack();
      await this.#mergeSmallPacks();
      await this.#keepBelowBound();
    });
  }

  async clear(): Promise<void> {
    await this.flush();
    this.#places.clear();
    this.#pack = undefined;
    await this.#guarded(async () => {
      for (const { name } of await this.#options.files.list(this.#options.folder)) await this.#remove(name);
    });
  }

  async #write(): Promise<void> {
    const records = [...this.#unwritten];
    if (records.length === 0 || !this.#isWritable) return;
    await this.#guarded(async () => {
      this.#pack ??= { name: `${this.#options.uniqueName()}.pack`, places: [], size: 0 };
      const pack = this.#pack;
      await this.#options.files.append(
        this.#path(pack.name),
        records.map(([, record]) => record),
      );
      for (const [key, record] of records) {
        const place = { key, offset: pack.size, length: record.length - recordHeader };
        pack.places.push(place);
        pack.size += record.length;
        this.#addPlace(place, pack.name);
        this.#unwritten.delete(key);
        this.#unwrittenBytes -= record.length;
      }
      if (pack.size >= packBytes) await this.#finishPack();
    });
  }

  /** Until it is written. */
  #hold(key: string, payload: Uint8Array): void {
    const record = encodeRecord(key, payload);
    this.#unwritten.set(key, record);
    this.#unwrittenBytes += record.length;
  }

  #addPlace(place: RecordPlace, pack: string): void {
    const { key, offset, length } = place;
    // Without spreading: a whole tree has tens of thousands of them, and each start waits for them.
    this.#places.set(key, { key, offset, length, pack, other: this.#places.get(key) });
  }

  /** A full disk or a read-only folder: said once, and the work goes on without a store. */
  async #guarded(work: () => Promise<void>): Promise<void> {
    if (!this.#isWritable) return;
    try {
      await work();
    } catch (error) {
      this.#isWritable = false;
      this.#unwritten.clear();
      this.#unwrittenBytes = 0;
      this.#options.onUnwritable(error);
    }
  }

  async #finishPack(): Promise<void> {
    const pack = this.#pack;
    this.#pack = undefined;
    if (!pack) return;
    await this.#options.files.replace(this.#path(indexOf(pack.name)), encodePackIndex(pack.places));
    await this.#keepBelowBound();
  }

  async #placesOf(pack: CacheEntry, entries: readonly CacheEntry[]): Promise<readonly RecordPlace[]> {
    const { files } = this.#options;
    if (entries.some(({ name }) => name === indexOf(pack.name))) {
      const index = await files.read(this.#path(indexOf(pack.name)));
      const places = index && decodePackIndex(index);
      if (places) return places.filter(({ offset, length }) => offset + recordHeader + length <= pack.size);
    }
    const bytes = await files.read(this.#path(pack.name));
    const places = bytes ? scanPack(bytes) : [];
    if (this.#options.now() - pack.modifiedMs > abandonedMs) await this.#adopt(pack.name, places);
    return places;
  }

  /** Gives a pack whose writer died its index, so that the next start need not scan it. */
  async #adopt(name: string, places: readonly RecordPlace[]): Promise<void> {
    await this.#guarded(() =>
      this.#options.files.replace(this.#path(indexOf(name)), encodePackIndex(places)),
    );
  }

  async #mergeSmallPacks(): Promise<void> {
    const entries = await this.#options.files.list(this.#options.folder);
    // Without an index it may still be written to.
    const small = packsOf(entries).filter(
      ({ name, size }) => size < smallPack && entries.some((entry) => entry.name === indexOf(name)),
    );
    if (small.length <= mostSmallPacks) return;
    const names = new Set(small.map(({ name }) => name));
    for (const [key, place] of [...this.#places]) {
      if (!names.has(place.pack)) continue;
      const payload = await this.get(key);
      this.#places.delete(key);
      if (payload) this.#hold(key, payload);
    }
    await this.#write();
    // The merged pack must be whole before the others go.
    await this.#finishPack();
    if (this.#isWritable) for (const { name } of small) await this.#remove(name);
  }

  /** The oldest packs go first. */
  async #keepBelowBound(): Promise<void> {
    const entries = await this.#options.files.list(this.#options.folder);
    let total = entries.reduce((sum, { size }) => sum + size, 0);
    for (const pack of packsOf(entries).sort((a, b) => a.modifiedMs - b.modifiedMs)) {
      if (total <= this.#options.largestTotal) return;
      if (pack.name === this.#pack?.name) continue;
      await this.#remove(pack.name);
      total -= pack.size;
      for (const [key, place] of this.#places) if (place.pack === pack.name) this.#places.delete(key);
    }
  }

  async #remove(name: string): Promise<void> {
    const { files } = this.#options;
    // The index first: an index without its pack would never be looked at again.
    if (name.endsWith('.pack')) await files.remove(this.#path(indexOf(name)));
    await files.remove(this.#path(name));
  }

  #path(name: string): string {
    return `${this.#options.folder}/${name}`;
  }
}

const indexOf = (pack: string): string => pack.replace(/\.pack$/, '.index');

const packsOf = (entries: readonly CacheEntry[]): CacheEntry[] =>
  entries.filter(({ name }) => name.endsWith('.pack'));
