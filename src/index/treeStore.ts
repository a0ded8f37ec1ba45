// treeStore.ts
// What the cache holds of one tree: the stat cache, the symbol map, and sketches of files that changed since the
// map was written. Each is right by itself for the files whose blob ids it names, so it does not matter if another
// process replaces one of them in between.

import { decodeArrays, encodeArrays, packStrings, unpackStrings } from './arrayFile.ts';
import type { CacheFiles } from './host.ts';
import { sketchVersion } from './sketch.ts';
import type { SketchBlock } from './sketchBlock.ts';
import { StatCache } from './statCache.ts';
import { SymbolMap, symbolMapFormat } from './symbolMap.ts';

const changesFormat = 2;
const folder = `trees-${symbolMapFormat}.${sketchVersion}`;
/** Maps of all trees together; that of linux 6.12 has 100 MB. */
const largestTotal = 1 << 30;

export class TreeStore {
  readonly #files: CacheFiles | undefined;
  readonly #key: string;
  readonly #onUnwritable: (error: unknown) => void;

  /** `key` stands for the root and for what of it is indexed. */
  constructor(files: CacheFiles | undefined, key: string, onUnwritable: (error: unknown) => void) {
    this.#files = files;
    this.#key = key;
    this.#onUnwritable = onUnwritable;
  }

  async loadStats(): Promise<StatCache> {
    return StatCache.decode(await this.#read('stats'));
  }

  async loadMap(): Promise<SymbolMap | undefined> {
    const bytes = await this.#read('symbols');
    return bytes && SymbolMap.decode(bytes);
  }

  async loadChanges(): Promise<readonly SketchBlock[]> {
    const bytes = await this.#read('changes');
    const arrays = bytes && decodeArrays(changesFormat, bytes);
    if (!arrays || arrays.length % arraysOfBlock !== 0) return [];
    const blocks: SketchBlock[] = [];
    for (let i = 0; i < arrays.length; i += arraysOfBlock) {
      blocks.push(blockOf(arrays.slice(i, i + arraysOfBlock) as (Uint8Array & Uint32Array)[]));
    }
    return blocks;
  }

  /** Other trees of which there is a map, the last one used first. */
  async others(): Promise<readonly TreeStore[]> {
    const entries = [...((await this.#files?.list(folder)) ?? [])].sort(
      (a, b) => b.modifiedMs - a.modifiedMs,
    );
    return entries
      .filter(({ name }) => name.endsWith('.symbols') && !name.startsWith(this.#key))
      .map(({ name }) => new TreeStore(this.#files, name.slice(0, -'.symbols'.length), this.#onUnwritable));
  }

  saveStats(stats: StatCache, isListed: (path: string) => boolean): Promise<void> {
    return this.#write('stats', stats.encode(isListed));
  }

  async saveMap(map: SymbolMap): Promise<void> {
    await this.#write('symbols', map.encode());
    await this.#dropOldTrees();
  }

  saveChanges(blocks: readonly SketchBlock[]): Promise<void> {
    return this.#write('changes', encodeArrays(changesFormat, blocks.flatMap(arraysOf)));
  }

  async clear(): Promise<void> {
    for (const part of ['stats', 'symbols', 'changes']) await this.#files?.remove(this.#path(part));
  }

  #read(part: string): Promise<Uint8Array | undefined> {
    return this.#files?.read(this.#path(part)) ?? Promise.resolve(undefined);
  }

  async #write(part: string, chunks: readonly Uint8Array[]): Promise<void> {
    try {
      await this.#files?.replace(this.#path(part), chunks);
    } catch (error) {
      this.#onUnwritable(error);
    }
  }

  async #dropOldTrees(): Promise<void> {
    if (!this.#files) return;
    const entries = [...(await this.#files.list(folder))].sort((a, b) => a.modifiedMs - b.modifiedMs);
    let total = entries.reduce((sum, { size }) => sum + size, 0);
    for (const { name, size } of entries) {
      if (total <= largestTotal) return;
      if (name.startsWith(this.#key)) continue;
      await this.#files.remove(`${folder}/${name}`);
      total -= size;
    }
  }

  #path(part: string): string {
    return `${folder}/${this.#key}.${part}`;
  }
}

const arraysOfBlock = 15;

function arraysOf(block: SketchBlock): (Uint8Array | Uint32Array)[] {
  return [
    ...packStrings(block.files.map(({ path }) => path)),
    ...packStrings(block.files.map(({ blob }) => blob)),
    ...packStrings(block.files.map(({ skipped }) => skipped ?? '')),
    block.nameBytes,
    block.nameEnds,
    block.nameHashes,
    block.definitions,
    block.definitionEnds,
    block.calls,
    block.callEnds,
    block.fieldUses,
    block.fieldUseEnds,
  ];
}

function blockOf(arrays: readonly (Uint8Array & Uint32Array)[]): SketchBlock {
  const blobs = unpackStrings(arrays[2]!, arrays[3]!);
  const reasons = unpackStrings(arrays[4]!, arrays[5]!);
  return {
    files: unpackStrings(arrays[0]!, arrays[1]!).map((path, i) => ({
      path,
      blob: blobs[i]!,
      skipped: reasons[i] || undefined,
    })),
    nameBytes: arrays[6]!,
    nameEnds: arrays[7]!,
    nameHashes: arrays[8]!,
    definitions: arrays[9]!,
    definitionEnds: arrays[10]!,
    calls: arrays[11]!,
    callEnds: arrays[12]!,
    fieldUses: arrays[13]!,
    fieldUseEnds: arrays[14]!,
  };
}
