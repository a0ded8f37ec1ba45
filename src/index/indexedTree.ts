// indexedTree.ts
// An indexed tree that follows the disk: symbols of all files from the start, facts as they are asked for, or of
// everything in the background. `openIndex` is the way in; src/hosts/node/openTree.ts calls it with Node's files.

import { throwIfCancelled, neverCancelled, type Token } from '../base/cancel.ts';
import { FactsReader } from '../facts/factsReader.ts';
import type { FileFacts } from '../facts/fileFacts.ts';
import { aboutTheTree, isMakefile } from './aboutTheTree.ts';
import { FactsBacklog } from './factsBacklog.ts';
import { FactsLoader } from './factsLoader.ts';
import { FactsStore } from './factsStore.ts';
import { chooseByVersion, fileFilter, listTree, type FileChoice } from './fileList.ts';
import { FileReader } from './fileReader.ts';
import { CachedDerived, stateOf } from './derivedStore.ts';
import type { IndexHost } from './host.ts';
import { kernelVersionOf } from './kernelTree.ts';
import { listingOf } from './listing.ts';
import type { Listing } from './listing.ts';
import { OpenDocuments } from './openDocuments.ts';
import { OverlayTree, type OverlayParts } from './overlayTree.ts';
import { throttled, type ProgressListener } from './progress.ts';
import { isCallable, type FieldFunction, type Symbols } from './symbols.ts';
import { TreeFiles } from './treeFiles.ts';
import type { Definition, FieldUse, IndexCounts, SkippedFile, TreeIndex } from './treeIndex.ts';
import { TreeStore } from './treeStore.ts';

export interface IndexOptions {
  /** The folder of arch/ that is read; `x86` unless said otherwise. */
  readonly architecture?: string;
  readonly onProgress?: ProgressListener;
  readonly token?: Token;
  /** Facts of all trees on disk, in bytes. */
  readonly largestCache?: number;
}

export interface BackgroundOptions {
  /** Only these folders and files; everything where left out. */
  readonly folders?: readonly string[];
  readonly onProgress?: ProgressListener;
  readonly token?: Token;
}

export interface IndexMemory {
  readonly processBytes: number;
  /** Encoded size of the facts that are held decoded. */
  readonly recentFactsBytes: number;
}

// By then whoever opened the tree has asked for facts, and waits for other threads to read them.
const saveAfterMs = 1500;

const defaultLargestCache = 1 << 30;

export async function openIndex(host: IndexHost, options: IndexOptions = {}): Promise<IndexedTree> {
  const makefile = await host.tree.read('Makefile');
  const kernelVersion =
    makefile.kind === 'bytes' ? kernelVersionOf(new TextDecoder().decode(makefile.bytes)) : undefined;
  const choice = { isKernelTree: kernelVersion !== undefined, architecture: options.architecture ?? 'x86' };
  const tree = await IndexedTree.open(host, choice, kernelVersion, options);
  return tree;
}

export class IndexedTree implements TreeIndex {
  readonly root: string;
  /** `undefined` where the folder is no kernel tree; it can be asked all the same. */
  readonly kernelVersion: string | undefined;
  readonly #host: IndexHost;
  readonly #choice: FileChoice;
  readonly #files: TreeFiles;
  readonly #store: TreeStore;
  readonly #facts: FactsStore;
  readonly #loader: FactsLoader;
  readonly #backlog: FactsBacklog;
  readonly #overlayParts: OverlayParts;
  #tooLarge: readonly SkippedFile[] = [];
  /** Files whose facts could not be made, with the reason. */
  readonly #failed = new Map<string, string>();
  #updates: Promise<unknown> = Promise.resolve();
  #saving: Promise<void> = Promise.resolve();
  #toSave: ReturnType<typeof setTimeout> | undefined;
  #generation = 0;
  #derived: { readonly generation: number; readonly store: CachedDerived } | undefined;

  private constructor(host: IndexHost, choice: FileChoice, kernelVersion: string | undefined, parts: Parts) {
    this.root = host.tree.root;
    this.kernelVersion = kernelVersion;
    this.#host = host;
    this.#choice = choice;
    this.#files = parts.files;
    this.#store = parts.store;
    this.#facts = parts.facts;
    this.#loader = new FactsLoader(host, parts.reader, parts.facts, {
      failed: (path, reason) => void this.#failed.set(path, reason),
      outdated: (path) => void this.refresh([path]).catch(() => undefined),
    });
    this.#backlog = new FactsBacklog(host, this.#loader);
    const { reader, facts } = parts;
    this.#overlayParts = { reader, facts, documents: new OpenDocuments(), sha1: host.sha1 };
  }

  static async open(
    host: IndexHost,
    choice: FileChoice,
    kernelVersion: string | undefined,
    options: IndexOptions,
  ): Promise<IndexedTree> {
    const onUnwritable = onceUnwritable(host);
    const reader = readerOf(host);
    const key = host
      .sha1([new TextEncoder().encode(`${host.tree.root}\n${choice.architecture}`)])
      .slice(0, 16);
    const store = new TreeStore(host.cache, key, onUnwritable);
    const largestTotal = options.largestCache ?? defaultLargestCache;
    const facts = new FactsStore({ host, largestTotal, onUnwritable });
    const token = options.token ?? neverCancelled;
    // The disk is asked for its files while the cache is read.
    const listed = listTree(host.tree, choice, token);
    const [files] = await Promise.all([TreeFiles.load(host, reader, store), listed]);
    const tree = new IndexedTree(host, choice, kernelVersion, { files, reader, store, facts });
    await tree.#updateAll(options.onProgress ?? (() => {}), token, listed);
    return tree;
  }

  get files(): readonly string[] {
    return this.#files.paths;
  }

  get symbols(): Symbols {
    return this.#files.symbols;
  }

  /** Counts up whenever files or symbols changed: what was derived from them before is outdated. */
  get generation(): number {
    return this.#generation;
  }

  get counts(): IndexCounts {
    const skipped: SkippedFile[] = [...this.#tooLarge];
    let filesWithFacts = 0;
    for (const [path, state] of this.#files.states) {
      const reason = state.skipped ?? this.#failed.get(path);
      if (reason !== undefined) skipped.push({ path, reason });
      else if (this.#isReadInFull(path)) filesWithFacts++;
    }
    return { files: this.#files.states.size, filesWithFacts, skipped };
  }

  /** Paths of the files whose facts are there, in order. */
  get readInFull(): readonly string[] {
    return this.files.filter((path) => this.#isReadInFull(path));
  }

  definitionsOf(name: string): readonly Definition[] {
    return this.symbols.definitionsOf(name);
  }

  callersOf(name: string): readonly string[] {
    return this.symbols.callersOf(name);
  }

  fieldUsesOf(name: string): readonly FieldUse[] {
    return this.symbols.fieldUsesOf(name);
  }

  functionsInField(field: string): readonly FieldFunction[] {
    return this.symbols
      .functionsInField(field)
      .filter(({ name }) => isCallable(this.symbols.definitionsOf(name)));
  }

  filesFilling(field: string): readonly string[] {
    return this.symbols.filesFilling(field);
  }

  async facts(paths: readonly string[], token: Token): Promise<ReadonlyMap<string, FileFacts>> {
    return this.#loader.load(this.#readable(paths), token);
  }

  async factsOfTexts(
    texts: readonly Uint8Array[],
    token: Token,
  ): Promise<readonly (FileFacts | undefined)[]> {
    return this.#loader.loadTexts(texts, token);
  }

  /** Whether a file of this name would be read. */
  wantsFile(path: string): boolean {
    return fileFilter(this.#choice).wantsFile(path);
  }

  derived(): CachedDerived | undefined {
    const { cache, sha1 } = this.#host;
    if (!cache) return undefined;
    if (this.#derived?.generation !== this.#generation) {
      const blobs = [...this.#files.states].map(([path, { blob }]): [string, string] => [path, blob]);
      const store = new CachedDerived(stateOf(blobs, sha1), cache, sha1);
      this.#derived = { generation: this.#generation, store };
    }
    return this.#derived.store;
  }

  blobOf(path: string): string | undefined {
    // Empty for a file that could not be read.
    return this.#files.states.get(path)?.blob || undefined;
  }

  async text(path: string): Promise<Uint8Array | undefined> {
    const isSource = this.#files.states.has(path) || fileFilter(this.#choice).wantsFile(path);
    if (!isSource && !aboutTheTree.has(path) && !isMakefile(path)) return undefined;
    const outcome = await this.#host.tree.read(path);
    return outcome.kind === 'bytes' ? outcome.bytes : undefined;
  }

  async overlay(files: ReadonlyMap<string, Uint8Array | undefined>): Promise<TreeIndex> {
    return new OverlayTree(this, files, this.#overlayParts);
  }

  /** It follows the disk, and forgets what was there before. */
  changesFrom(): undefined {
    return undefined;
  }

  /** Follows the disk: of these files, or of the whole tree, only what changed is read. */
  refresh(paths?: readonly string[], token: Token = neverCancelled): Promise<void> {
    return this.#oneByOne(() => (paths ? this.#updateSome(paths, token) : this.#updateAll(() => {}, token)));
  }

  /** Makes the facts that the cache does not hold yet. What is done stays, however it ends. */
  async indexFacts(options: BackgroundOptions = {}): Promise<void> {
    const paths = this.files.filter((path) => isWithin(path, options.folders));
    const onProgress = throttled(options.onProgress ?? (() => {}), this.#host.now);
    await this.#facts.whenOpen();
    try {
      await this.#backlog.run(this.#readable(paths), onProgress, options.token ?? neverCancelled);
    } finally {
      await this.#facts.flush();
    }
  }

  /** The files of this folder come first in background work. */
  prefer(folder: string): void {
    this.#backlog.prefer(folder);
  }

  pause(): void {
    this.#backlog.pause();
  }

  resume(): void {
    this.#backlog.resume();
  }

  memory(): IndexMemory {
    return { processBytes: this.#host.memoryBytes(), recentFactsBytes: this.#facts.recentBytes };
  }

  /** The next start reads everything again; this one goes on with what it has in memory. */
  async clearCache(): Promise<void> {
    await this.#save();
    await this.#facts.clear();
    await this.#store.clear();
  }

  /** For another thread that is to see this tree; `save` what it is to find in the cache. */
  listing(): Listing {
    return listingOf(this.#files.states);
  }

  /** Writes what is not yet written. */
  async save(): Promise<void> {
    await this.#updates;
    await this.#save();
    await this.#facts.flush();
  }

  /** Writes what is not yet written and lets go of the workers. */
  async close(): Promise<void> {
    await this.save();
    await this.#facts.close();
    this.#overlayParts.documents.dispose();
    this.#host.cache?.close();
    this.#host.workers?.dispose();
  }

  #isReadInFull(path: string): boolean {
    const state = this.#files.states.get(path);
    const isSkipped = state?.skipped !== undefined || this.#failed.has(path);
    return state !== undefined && !isSkipped && this.#facts.has(state.blob);
  }

  #readable(
    paths: readonly string[],
  ): { readonly path: string; readonly blob: string; readonly size: number }[] {
    return paths.flatMap((path) => {
      const state = this.#files.states.get(path);
      return state && state.skipped === undefined
        ? [{ path, blob: state.blob, size: state.version.size }]
        : [];
    });
  }

  /** Updates run one after the other; a question in between sees the state before. */
  #oneByOne(update: () => Promise<void>): Promise<void> {
    const run = this.#updates.then(update, update);
    this.#updates = run.catch(() => undefined);
    return run;
  }

  async #updateAll(
    onProgress: ProgressListener,
    token: Token,
    listed = listTree(this.#host.tree, this.#choice, token),
  ): Promise<void> {
    const report = throttled(onProgress, this.#host.now);
    report({ phase: 'list', done: 0, total: 1 });
    const list = await listed;
    throwIfCancelled(token);
    report({ phase: 'list', done: list.files.length, total: list.files.length });
    this.#tooLarge = list.skipped;
    await this.#files.update(list, token, (done, total) => report({ phase: 'symbols', done, total }));
    this.#afterUpdate();
    // Packing a hundred megabytes takes a third of a second, and somebody waits for an answer now. After an update of a
    // few files only `close` saves.
    clearTimeout(this.#toSave);
    this.#toSave = setTimeout(() => void this.#save(), saveAfterMs);
  }

  async #updateSome(paths: readonly string[], token: Token): Promise<void> {
    const filter = fileFilter(this.#choice);
    const wanted = [...new Set(paths)].filter((path) => filter.wantsFile(path));
    const versions = await this.#host.tree.versions(wanted);
    const { skipped } = chooseByVersion(wanted, versions);
    const tooLarge = new Set(skipped.map(({ path }) => path));
    this.#tooLarge = [...this.#tooLarge.filter(({ path }) => !wanted.includes(path)), ...skipped];
    const files = wanted.map((path, i) => ({ path, version: tooLarge.has(path) ? undefined : versions[i] }));
    await this.#files.updateSome(files as Parameters<TreeFiles['updateSome']>[0], token);
    this.#afterUpdate();
  }

  #save(): Promise<void> {
    clearTimeout(this.#toSave);
    return (this.#saving = this.#saving.then(() => this.#files.save()));
  }

  #afterUpdate(): void {
    this.#generation++;
    this.#failed.clear();
  }
}

interface Parts {
  readonly files: TreeFiles;
  readonly reader: FileReader;
  readonly store: TreeStore;
  readonly facts: FactsStore;
}

function readerOf(host: IndexHost): FileReader {
  return new FileReader({
    read: (path) => host.tree.read(path),
    sha1: host.sha1,
    openFacts: async () => new FactsReader(await host.createParser()),
    atFile: () => {},
  });
}

function onceUnwritable(host: IndexHost): (error: unknown) => void {
  let isSaid = false;
  return (error) => {
    if (isSaid) return;
    isSaid = true;
    const reason = error instanceof Error ? error.message : String(error);
    host.log(`the cache cannot be written, so the next start reads everything again: ${reason}`);
  };
}

function isWithin(path: string, folders: readonly string[] | undefined): boolean {
  return (
    folders === undefined ||
    folders.some((folder) => folder === '' || path === folder || path.startsWith(`${folder}/`))
  );
}
