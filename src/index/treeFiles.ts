// treeFiles.ts
// The files of the tree and their symbols as they are known now: the map of the whole tree, and a layer of sketches
// for what changed since the map was made. A layer that has grown large becomes part of a new map.

import type { Token } from '../base/cancel.ts';
import { Turns } from '../base/turns.ts';
import { byCodeUnits, type FileList, type ListedFile } from './fileList.ts';
import type { FileReader } from './fileReader.ts';
import type { FileVersion, IndexHost } from './host.ts';
import { PathRows } from './pathRows.ts';
import { selectFiles, sketchOf, type FileSketch, type SketchBlock } from './sketchBlock.ts';
import { sketchFiles } from './sketcher.ts';
import type { StatCache } from './statCache.ts';
import { emptySymbols, type MappedFile, type SymbolMap } from './symbolMap.ts';
import { SymbolMapBuilder } from './symbolMapBuilder.ts';
import { layered, remembering, type Symbols } from './symbols.ts';
import type { TreeStore } from './treeStore.ts';

/** Making a new map of linux 6.12 takes a second; layers of so many files still answer at once. */
const largestLayer = 500;

// A look at the clock takes as long as one at some files.
const filesBetweenLooks = 256;

/** Trees in the cache that may be the same files under another name, and how many files tell. */
const mostOthers = 4;
const sampled = 100;

export interface FileState {
  readonly version: FileVersion;
  /** Empty for a file that could not be read. */
  readonly blob: string;
  /** Why there are neither symbols nor facts. */
  readonly skipped: string | undefined;
}

interface Changed {
  readonly blob: string;
  readonly skipped: string | undefined;
  readonly block: SketchBlock;
  readonly index: number;
}

export class TreeFiles {
  readonly #host: IndexHost;
  readonly #reader: FileReader;
  readonly #store: TreeStore;
  readonly #stats: StatCache;
  #map: SymbolMap | undefined;
  #rowsInMap = new PathRows([]);
  /** Over the map; by path. Files that are gone are told by `states`. */
  readonly #changed = new Map<string, Changed>();
  #areChangesSaved = true;
  #unsavedMap: SymbolMap | undefined;
  readonly states = new Map<string, FileState>();
  paths: readonly string[] = [];
  symbols: Symbols = emptySymbols;

  private constructor(host: IndexHost, reader: FileReader, store: TreeStore, stats: StatCache) {
    this.#host = host;
    this.#reader = reader;
    this.#store = store;
    this.#stats = stats;
  }

  /** What the cache knows; nothing is valid before the first `update`. */
  static async load(host: IndexHost, reader: FileReader, store: TreeStore): Promise<TreeFiles> {
    const files = new TreeFiles(host, reader, store, await store.loadStats());
    const [map, blocks] = await Promise.all([store.loadMap(), store.loadChanges()]);
    if (map) files.#useMap(map);
    for (const block of blocks) files.#addChanges(block);
    files.#areChangesSaved = true;
    return files;
  }

  /** Takes over the list of the whole tree, and reads what is not known. */
  async update(list: FileList, token: Token, onRead: (done: number, total: number) => void): Promise<void> {
    if (!this.#map) await this.#learnFromOthers(list.files);
    if (this.states.size > 0) {
      const listed = new Set(list.files.map(({ path }) => path));
      for (const path of [...this.states.keys()]) if (!listed.has(path)) this.states.delete(path);
    }
    await this.#bringIn(list.files, token, onRead);
  }

  /** The same for some files only; one without a version is gone. */
  async updateSome(
    files: readonly (ListedFile | { readonly path: string; readonly version: undefined })[],
    token: Token,
  ): Promise<void> {
    const present: ListedFile[] = [];
    for (const { path, version } of files) {
      if (version) present.push({ path, version });
      else this.states.delete(path);
    }
    await this.#bringIn(present, token, () => {});
  }

  async save(): Promise<void> {
    const map = this.#unsavedMap;
    this.#unsavedMap = undefined;
    if (map) await this.#store.saveMap(map);
    if (this.#stats.isChanged) await this.#store.saveStats(this.#stats, (path) => this.states.has(path));
    if (this.#areChangesSaved) return;
    this.#areChangesSaved = true;
    await this.#store.saveChanges(this.#changedBlocks(() => true));
  }

  /** A tree that was made of hard links to another one is that one but for a few files. */
  async #learnFromOthers(files: readonly ListedFile[]): Promise<void> {
    const step = Math.max(1, Math.floor(files.length / sampled));
    // Without inodes nothing tells a link from a namesake.
    const sample = files.filter(({ version }, i) => i % step === 0 && version.inode !== 0);
    for (const store of (await this.#store.others()).slice(0, mostOthers)) {
      const stats = await store.loadStats();
      const known = sample.filter(({ path, version }) => stats.blobOf(path, version) !== undefined);
      if (known.length * 2 <= sample.length) continue;
      const map = await store.loadMap();
      if (!map) continue;
      this.#stats.addAll(stats);
      this.#useMap(map);
      for (const block of await store.loadChanges()) this.#addChanges(block);
      return;
    }
  }

  async #bringIn(
    files: readonly ListedFile[],
    token: Token,
    onRead: (done: number, total: number) => void,
  ): Promise<void> {
    const unknown: ListedFile[] = [];
    const turns = new Turns(() => this.#host.breathe());
    for (const [i, file] of files.entries()) {
      if (i % filesBetweenLooks === 0) await turns.rest(token);
      if (!this.#takeKnown(file)) unknown.push(file);
    }
    const isRebuild = this.#map === undefined || unknown.length + this.#changed.size > largestLayer;
    const builder = isRebuild ? new SymbolMapBuilder(this.#map, unknown.length) : undefined;
    const versions = new Map(unknown.map(({ path, version }) => [path, version]));
    let done = 0;
    onRead(0, unknown.length);
    const onBlock = (block: SketchBlock): void => {
      builder?.add(block);
      for (const [index, file] of block.files.entries()) {
        const version = versions.get(file.path)!;
        if (file.blob !== '') this.#stats.remember(file.path, version, file.blob, this.#host.now());
        this.states.set(file.path, { version, blob: file.blob, skipped: file.skipped });
        if (!builder) this.#addChange({ ...file, block, index });
      }
      done += block.files.length;
      onRead(done, unknown.length);
    };
    await sketchFiles(unknown, this.#host, this.#reader, onBlock, token);
    if (builder) this.#rebuild(builder, versions);
    this.#refreshSymbols();
  }

  /** Whether the file is known by its version, and its symbols by its content. */
  #takeKnown({ path, version }: ListedFile): boolean {
    const blob = this.#stats.blobOf(path, version);
    if (blob === undefined) return false;
    const changed = this.#changed.get(path);
    const mapped = this.#inMap(path);
    const known = changed?.blob === blob ? changed : mapped?.blob === blob ? mapped : undefined;
    if (!known) return false;
    if (known === mapped) this.#dropChange(path);
    this.states.set(path, { version, blob, skipped: known.skipped });
    return true;
  }

  #rebuild(builder: SymbolMapBuilder, read: ReadonlyMap<string, unknown>): void {
    for (const block of this.#changedBlocks((path) => !read.has(path) && this.states.has(path)))
      builder.add(block);
    const map = builder.build((path) => this.states.has(path));
    this.#useMap(map);
    this.#changed.clear();
    this.#areChangesSaved = false;
    this.#unsavedMap = map;
  }

  #useMap(map: SymbolMap): void {
    this.#map = map;
    this.#rowsInMap = new PathRows(map.files.map(({ path }) => path));
  }

  #addChanges(block: SketchBlock): void {
    for (const [index, file] of block.files.entries()) this.#addChange({ ...file, block, index });
  }

  #addChange(file: Changed & { readonly path: string }): void {
    if (this.#inMap(file.path)?.blob === file.blob && file.blob !== '') {
      this.#dropChange(file.path);
      return;
    }
    this.#changed.set(file.path, file);
    this.#areChangesSaved = false;
  }

  #dropChange(path: string): void {
    if (this.#changed.delete(path)) this.#areChangesSaved = false;
  }

  /** The blocks of the layer without what is outdated in them. */
  #changedBlocks(wanted: (path: string) => boolean): SketchBlock[] {
    const blocks = new Set([...this.#changed.values()].map(({ block }) => block));
    const isCurrent = (block: SketchBlock, path: string, index: number): boolean => {
      const changed = this.#changed.get(path);
      return changed?.block === block && changed.index === index && wanted(path);
    };
    return [...blocks].map((block) => selectFiles(block, ({ path }, index) => isCurrent(block, path, index)));
  }

  #refreshSymbols(): void {
    const layer = new Map<string, FileSketch | undefined>();
    for (const [path, { block, index }] of this.#changed) {
      if (this.states.has(path)) layer.set(path, sketchOf(block, index));
    }
    const mapped = this.#map?.files ?? [];
    const paths = [...this.states.keys()].sort(byCodeUnits);
    // Nearly always the files of the map and no others: comparing is quicker than looking up.
    const isSame = paths.length === mapped.length && mapped.every(({ path }, i) => path === paths[i]);
    if (!isSame) for (const { path } of mapped) if (!this.states.has(path)) layer.set(path, undefined);
    this.symbols = remembering(layered(this.#map ?? emptySymbols, layer));
    this.paths = paths;
  }

  #inMap(path: string): MappedFile | undefined {
    const row = this.#rowsInMap.of(path);
    return row === undefined ? undefined : this.#map?.files[row];
  }
}
