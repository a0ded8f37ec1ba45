// memoryIndex.ts
// The real index over a few texts, with nothing on disk.

import { openIndex } from '../../src/index/indexedTree.ts';
import type { IndexedTree } from '../../src/index/indexedTree.ts';
import { MemoryTreeHost } from '../../src/index/memoryHost.ts';
import { createTestParser } from './factsReader.ts';

const parser = createTestParser();

export async function memoryIndex(files: Readonly<Record<string, string>>): Promise<IndexedTree> {
  return openIndex({
    tree: new MemoryTreeHost('/tree', files),
    cache: undefined,
    workers: undefined,
    sha1: (chunks) => chunks.map((chunk) => new TextDecoder().decode(chunk)).join(''),
    createParser: () => parser,
    now: () => 0,
    breathe: () => Promise.resolve(),
    memoryBytes: () => 0,
    uniqueName: () => 'x',
    log: () => {},
  });
}
