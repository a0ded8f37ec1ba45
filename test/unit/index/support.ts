// support.ts
// A host in memory for tests of the index: a tree of texts, a cache, a clock that the test moves.

import { sha1 } from '../../../src/hosts/node/sha1.ts';
import { createParser } from '../../../src/hosts/node/parser.ts';
import type { CacheFiles, IndexHost } from '../../../src/index/host.ts';
import { MemoryCacheFiles, MemoryTreeHost } from '../../../src/index/memoryHost.ts';

export interface TestHost extends IndexHost {
  readonly tree: MemoryTreeHost;
  readonly cache: CacheFiles;
  readonly logged: string[];
}

export interface TestHostParts {
  readonly tree?: MemoryTreeHost;
  readonly cache?: CacheFiles;
  readonly nowMs?: number;
}

let names = 0;

/** The clock runs far ahead of the time stamps of the tree, so that no file counts as just written. */
export function testHost(texts: Readonly<Record<string, string>>, parts: TestHostParts = {}): TestHost {
  const logged: string[] = [];
  let clockMs = 1e12;
  return {
    tree: parts.tree ?? new MemoryTreeHost('/tree', texts),
    cache: parts.cache ?? new MemoryCacheFiles(),
    workers: undefined,
    sha1,
    createParser: () => createParser('wasm'),
    now: () => parts.nowMs ?? (clockMs += 200),
    breathe: () => Promise.resolve(),
    memoryBytes: () => 0,
    uniqueName: () => `name-${names++}`,
    log: (line) => void logged.push(line),
    logged,
  };
}

/** Numbers that look random and are the same in every run. */
export function seeded(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
