// factsBacklog.ts
// Background work: the facts of everything that the cache does not hold yet, in small jobs, so that pausing takes
// effect at once and a question that somebody waits for is never far behind.

import { throwIfCancelled, type Token } from '../base/cancel.ts';
import { forEachLimited } from './batches.ts';
import type { FactsLoader, WantedFile } from './factsLoader.ts';
import type { IndexHost } from './host.ts';
import type { ProgressListener } from './progress.ts';

const mostFiles = 32;
const mostBytes = 1 << 19;

export class FactsBacklog {
  readonly #host: IndexHost;
  readonly #loader: FactsLoader;
  #preferred: string | undefined;
  #resumed: Promise<void> = Promise.resolve();
  #resume: (() => void) | undefined;

  constructor(host: IndexHost, loader: FactsLoader) {
    this.#host = host;
    this.#loader = loader;
  }

  prefer(folder: string): void {
    this.#preferred = folder;
  }

  pause(): void {
    if (this.#resume) return;
    this.#resumed = new Promise((resolve) => (this.#resume = resolve));
  }

  resume(): void {
    this.#resume?.();
    this.#resume = undefined;
  }

  async run(files: readonly WantedFile[], onProgress: ProgressListener, token: Token): Promise<void> {
    const queue = new Queue(files.filter((file) => !this.#loader.has(file)));
    let done = files.length - queue.count;
    const report = (): void => onProgress({ phase: 'facts', done, total: files.length });
    report();
    const { workers } = this.#host;
    const lanes = Array.from({ length: workers ? workers.size + 1 : 1 }, (_, lane) => lane);
    await forEachLimited(
      lanes,
      lanes.length,
      async () => {
        for (;;) {
          await this.#pauseOrCancel(token);
          const batch = queue.take(this.#preferred);
          if (batch.length === 0) return;
          const missing = batch.filter((file) => !this.#loader.has(file));
          if (missing.length > 0) await this.#loader.store(missing, 'background');
          done += batch.length;
          report();
          if (!workers) await this.#host.breathe();
        }
      },
      token,
    );
  }

  /** A cancelled run does not wait for somebody to resume it. */
  async #pauseOrCancel(token: Token): Promise<void> {
    while (this.#resume) {
      throwIfCancelled(token);
      await Promise.race([this.#resumed, new Promise((look) => setTimeout(look, 50))]);
    }
    throwIfCancelled(token);
  }
}

/** Files in order, those of a preferred folder first. */
class Queue {
  readonly #files: readonly WantedFile[];
  readonly #isTaken: Uint8Array;
  #next = 0;
  #folder: string | undefined;
  #preferred: number[] = [];

  constructor(files: readonly WantedFile[]) {
    this.#files = files;
    this.#isTaken = new Uint8Array(files.length);
  }

  get count(): number {
    return this.#files.length;
  }

  take(folder: string | undefined): readonly WantedFile[] {
    if (folder !== this.#folder) this.#prefer(folder);
    const batch: WantedFile[] = [];
    let bytes = 0;
    while (batch.length < mostFiles && bytes < mostBytes) {
      const index = this.#nextIndex();
      if (index === undefined) break;
      this.#isTaken[index] = 1;
      batch.push(this.#files[index]!);
      bytes += this.#files[index]!.size;
    }
    return batch;
  }

  #prefer(folder: string | undefined): void {
    this.#folder = folder;
    const isInside = (path: string): boolean => folder !== undefined && path.startsWith(`${folder}/`);
    this.#preferred = [...this.#files.keys()].filter((i) => isInside(this.#files[i]!.path)).reverse();
  }

  #nextIndex(): number | undefined {
    for (let index = this.#preferred.pop(); index !== undefined; index = this.#preferred.pop()) {
      if (this.#isTaken[index] === 0) return index;
    }
    while (this.#next < this.#files.length && this.#isTaken[this.#next] === 1) this.#next++;
    return this.#next < this.#files.length ? this.#next : undefined;
  }
}
