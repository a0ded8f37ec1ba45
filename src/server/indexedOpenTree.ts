// indexedOpenTree.ts
// An open tree over an index: the engine to ask, the background work behind it, and its progress.

import { CancelledError } from '../base/cancel.ts';
import type { Token } from '../base/cancel.ts';
import type { Engine } from '../engine/engine.ts';
import { createEngine } from '../engine/treeEngine.ts';
import type { IndexedTree } from '../index/indexedTree.ts';
import type { Analyst, IndexedFiles, OpenTree, TreeEvents } from './environment.ts';
import { describeError } from './failures.ts';

export interface OpenTreeOptions {
  readonly background: boolean;
  /** For trees of which only some folders are listed: lists one more. `true` when that changed anything. */
  readonly addFolder?: (folder: string) => boolean;
  /** What the user should know about the limits of this index. */
  readonly note?: () => string;
  /** A file was changed on disk. */
  readonly forget?: (path: string) => void;
  readonly analyst?: Analyst;
}

// A switch of branches changes thousands of files; looking at all of them is then quicker than one by one.
const manyFiles = 2000;

const cancelledNote =
  'Reading ahead was cancelled: a file is read in full when something asks about it. Rescan Tree goes on.';

export class IndexedOpenTree implements OpenTree {
  readonly engine: Engine;
  readonly analyst?: Analyst;
  readonly #index: IndexedTree;
  readonly #events: TreeEvents;
  readonly #options: OpenTreeOptions;
  readonly #token = { isCancellationRequested: false };
  /** Of the reading in the background alone. */
  readonly #readingToken: Token;
  #isReading = false;
  #isReadingCancelled = false;
  #background: Promise<void> = Promise.resolve();
  #folders: Promise<void> = Promise.resolve();
  /** One of them was to be read and was not: whoever asks next tries again. */
  #isFolderMissing = false;

  constructor(index: IndexedTree, events: TreeEvents, options: OpenTreeOptions) {
    this.engine = createEngine(index);
    this.#index = index;
    this.#events = events;
    this.#options = options;
    const [closed, isReadingCancelled] = [this.#token, (): boolean => this.#isReadingCancelled];
    this.#readingToken = {
      get isCancellationRequested(): boolean {
        return closed.isCancellationRequested || isReadingCancelled();
      },
    };
    if (options.analyst) this.analyst = options.analyst;
    this.#work();
  }

  async prefer(folder: string): Promise<void> {
    this.#index.prefer(folder);
    const isNew = this.#options.addFolder?.(folder) === true;
    if (isNew || this.#isFolderMissing) this.#folders = this.#readFolders();
    await this.#folders;
  }

  setPaused(paused: boolean): void {
    if (paused) this.#index.pause();
    else this.#index.resume();
  }

  cancelReading(): boolean {
    const wasReading = this.#isReading && !this.#isReadingCancelled;
    if (wasReading) this.#isReadingCancelled = true;
    return wasReading;
  }

  async filesChanged(paths: readonly string[]): Promise<void> {
    for (const path of paths) this.#options.forget?.(path);
    await this.#index.refresh(paths.length > manyFiles ? undefined : paths, this.#token);
    this.engine.forget();
    this.analyst?.filesChanged(paths);
    this.#work();
  }

  clearCache(): Promise<void> {
    return this.#index.clearCache();
  }

  indexedFiles(): IndexedFiles {
    const { files, skipped } = this.#index.counts;
    const note = this.#note();
    return { files, read: this.#index.readInFull, skipped, ...(note === undefined ? {} : { note }) };
  }

  memoryLines(): readonly string[] {
    const { files, filesWithFacts, skipped } = this.#index.counts;
    const { recentFactsBytes } = this.#index.memory();
    return [
      `${files} files, ${filesWithFacts} of them read in full, ${skipped.length} skipped`,
      `${Math.round(recentFactsBytes / 1024 / 1024)} MB of facts at hand`,
    ];
  }

  async close(): Promise<void> {
    this.#token.isCancellationRequested = true;
    this.analyst?.close();
    try {
      await this.#index.close();
    } catch (error) {
      this.#events.log(describeError('the index was not closed in order', error));
    }
  }

  async #readFolders(): Promise<void> {
    this.#isFolderMissing = false;
    try {
      await this.#index.refresh();
    } catch (error) {
      this.#isFolderMissing = true;
      throw error;
    }
    // What was said about files elsewhere may have been said for want of this folder.
    this.engine.forget();
    this.#work();
  }

  /** Reads in the background what is not read yet, once more after each change. */
  #work(): void {
    this.#background = this.#background.then(async () => {
      try {
        if (this.#options.background && !this.#isReadingCancelled) await this.#readAll();
      } catch (error) {
        if (this.#token.isCancellationRequested) return;
        if (CancelledError.is(error)) this.#events.log('reading in the background was cancelled');
        else this.#events.trouble(describeError('reading in the background ended early', error));
      }
      this.#tellComplete();
    });
  }

  async #readAll(): Promise<void> {
    this.#isReading = true;
    try {
      await this.#index.indexFacts({
        token: this.#readingToken,
        onProgress: ({ done, total }) => this.#events.progress({ kind: 'reading', files: done, total }),
      });
    } finally {
      this.#isReading = false;
    }
  }

  #tellComplete(): void {
    if (this.#token.isCancellationRequested) return;
    const { files, skipped } = this.#index.counts;
    const note = this.#note();
    if (this.#options.background && !this.#isReadingCancelled)
      this.#events.log(`${files} files read in full, ${skipped.length} skipped`);
    this.#events.progress({
      kind: 'complete',
      files,
      skipped: skipped.map(({ path, reason }) => `${path}: ${reason}`),
      ...(note === undefined ? {} : { note }),
    });
  }

  #note(): string | undefined {
    const notes = [this.#options.note?.(), this.#isReadingCancelled ? cancelledNote : undefined];
    const said = notes.filter((note) => note !== undefined);
    return said.length === 0 ? undefined : said.join(' ');
  }
}
