// factsLoader.ts
// Gets the facts of files: from memory, from the packs, or by reading the files, here or on the workers.

import { throwIfCancelled, type Token } from '../base/cancel.ts';
import { decodeFacts } from '../facts/decodeFacts.ts';
import type { FileFacts } from '../facts/fileFacts.ts';
import { batchesOf, forEachLimited } from './batches.ts';
import type { EncodedFacts } from './factsBlock.ts';
import { blobIdOf } from './fileContent.ts';
import type { FactsStore } from './factsStore.ts';
import type { FileReader } from './fileReader.ts';
import type { IndexHost, WorkerPool } from './host.ts';

export interface WantedFile {
  readonly path: string;
  readonly blob: string;
  readonly size: number;
}

export interface LoaderEvents {
  /** The facts could not be made. */
  failed(path: string, reason: string): void;
  /** The file on disk is no longer the one that the index knows. */
  outdated(path: string): void;
}

// Starting a thread and loading the grammar in it takes about 0.1 s; this thread reads so much in 0.3 s.
const fewFiles = 64;
const fewBytes = 1 << 19;
// A thread that is there already is worth it for two small files.
const veryFewBytes = 1 << 14;
/** Several to each thread, so that none waits long for the last one. */
const batchesPerThread = 3;

export class FactsLoader {
  readonly #host: IndexHost;
  readonly #reader: FileReader;
  readonly #store: FactsStore;
  readonly #events: LoaderEvents;
  /** By content, what some question is having made now. These promises never fail. */
  readonly #making = new Map<string, Promise<void>>();

  constructor(host: IndexHost, reader: FileReader, store: FactsStore, events: LoaderEvents) {
    this.#host = host;
    this.#reader = reader;
    this.#store = store;
    this.#events = events;
  }

  has(file: WantedFile): boolean {
    return this.#store.has(file.blob);
  }

  /** In the order of `files`; without those that could not be read. */
  async load(files: readonly WantedFile[], token: Token): Promise<ReadonlyMap<string, FileFacts>> {
    const found = new Map<string, FileFacts>();
    const missing = await this.#lookUp(files, found, token);
    if (missing.length === 0) return found;
    const others = missing.filter(({ blob }) => this.#making.has(blob));
    const running = others.flatMap(({ blob }) => this.#making.get(blob) ?? []);
    await this.#makeOnce(
      missing.filter(({ blob }) => !this.#making.has(blob)),
      found,
      token,
    );
    await Promise.all(running);
    // What another question began and did not end, since it was cancelled, is made here.
    await this.#make(await this.#lookUp(others, found, token), found, token);
    return inOrder(files, found);
  }

  /** In the order of `texts`. */
  async loadTexts(texts: readonly Uint8Array[], token: Token): Promise<readonly (FileFacts | undefined)[]> {
    const found: (FileFacts | undefined)[] = [];
    for (const text of texts) {
      throwIfCancelled(token);
      const known = await this.#store.get(blobIdOf(text, this.#host.sha1));
      found.push(known ?? (await this.#makeFromText(text)));
    }
    return found;
  }

  async #makeFromText(text: Uint8Array): Promise<FileFacts | undefined> {
    const { blob, payload } = await this.#reader.factsOfText(text);
    if (!payload) return undefined;
    await this.#store.addEncoded(blob, payload);
    return decodeFacts(payload);
  }

  async #lookUp(
    files: readonly WantedFile[],
    found: Map<string, FileFacts>,
    token: Token,
  ): Promise<readonly WantedFile[]> {
    const missing: WantedFile[] = [];
    for (const file of files) {
      throwIfCancelled(token);
      const facts = await this.#store.get(file.blob);
      if (facts) found.set(file.path, facts);
      else missing.push(file);
    }
    return missing;
  }

  /** Other questions that need the same files meanwhile wait for this one. */
  async #makeOnce(files: readonly WantedFile[], found: Map<string, FileFacts>, token: Token): Promise<void> {
    const run = this.#make(files, found, token);
    const settled = run.catch(() => undefined);
    for (const { blob } of files) this.#making.set(blob, settled);
    try {
      await run;
    } finally {
      for (const { blob } of files) this.#making.delete(blob);
    }
  }

  /** Makes facts and stores them, without decoding. */
  async store(
    files: readonly WantedFile[],
    urgency: 'urgent' | 'background',
  ): Promise<readonly EncodedFacts[]> {
    const job = { kind: 'facts', paths: files.map(({ path }) => path) } as const;
    const { workers } = this.#host;
    const result = workers ? await workers.run(job, urgency) : await this.#reader.run(job);
    return result.kind === 'facts' ? this.#take(files, result.block.files) : [];
  }

  async #make(files: readonly WantedFile[], found: Map<string, FileFacts>, token: Token): Promise<void> {
    const bytes = files.reduce((sum, { size }) => sum + size, 0);
    const { workers } = this.#host;
    const isMuch = workers !== undefined && isWorthThreads(files.length, bytes, workers);
    const sized = files.map((file) => ({ ...file, version: { size: file.size } }));
    const batches = isMuch ? batchesOf(sized, 32, batchBytes(bytes, workers)) : sized.map((file) => [file]);
    await forEachLimited(
      batches,
      isMuch ? workers.size * 2 : 1,
      async (batch) => {
        const made = isMuch ? await this.store(batch, 'urgent') : await this.#makeHere(batch);
        for (const { path, blob, payload } of made) {
          if (!payload) continue;
          const facts = decodeFacts(payload);
          this.#store.keep(blob, facts, payload.length);
          found.set(path, facts);
        }
        if (!isMuch) await this.#host.breathe();
      },
      token,
    );
  }

  async #makeHere(files: readonly WantedFile[]): Promise<readonly EncodedFacts[]> {
    const result = await this.#reader.run({ kind: 'facts', paths: files.map(({ path }) => path) });
    return result.kind === 'facts' ? this.#take(files, result.block.files) : [];
  }

  async #take(
    wanted: readonly WantedFile[],
    made: readonly EncodedFacts[],
  ): Promise<readonly EncodedFacts[]> {
    const blobs = new Map(wanted.map(({ path, blob }) => [path, blob]));
    for (const { path, blob, payload, skipped } of made) {
      if (payload) await this.#store.addEncoded(blob, payload);
      else this.#events.failed(path, skipped ?? 'could not be analysed');
      if (blob !== '' && blobs.get(path) !== blob) this.#events.outdated(path);
    }
    return made;
  }
}

function isWorthThreads(files: number, bytes: number, workers: WorkerPool): boolean {
  if (files > fewFiles || bytes > fewBytes) return true;
  return files > 1 && bytes > veryFewBytes && workers.idle > 0;
}

const batchBytes = (bytes: number, { size }: WorkerPool): number =>
  Math.min(1 << 19, Math.max(veryFewBytes, Math.ceil(bytes / (size * batchesPerThread))));

function inOrder(
  files: readonly WantedFile[],
  found: ReadonlyMap<string, FileFacts>,
): ReadonlyMap<string, FileFacts> {
  const ordered = new Map<string, FileFacts>();
  for (const { path } of files) {
    const facts = found.get(path);
    if (facts) ordered.set(path, facts);
  }
  return ordered;
}
