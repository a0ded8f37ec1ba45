// unitThreads.ts
// Threads that look at units of a tree that is open here.

import type { UnitThreads } from '../engine/unitThreads.ts';
import { bundledFile } from '../hosts/node/bundledFiles.ts';
import { defaultJobs } from '../hosts/node/openTree.ts';
import type { OpenNodeIndexOptions } from '../hosts/node/openTree.ts';
import { TaskThreads } from '../hosts/node/taskThreads.ts';
import type { IndexedTree } from '../index/indexedTree.ts';

/** Given to a thread when it starts. */
export interface UnitSetup {
  readonly tree: OpenNodeIndexOptions;
  /** Texts that lie over the tree on disk. */
  readonly base: ReadonlyMap<string, Uint8Array | undefined>;
}

// Each thread gets a copy.
const largestBase = 32 << 20;

type Options = Omit<OpenNodeIndexOptions, 'root'>;

// mlx5 of 6.12, the largest unit below drivers/net/ethernet, takes 1.2 GB in a process of its own; all of that folder
// with two threads takes 2.5 GB. What needs more is looked at without a thread, where the bound is that of the process.
const largestMegabytes = 700;
const mostMegabytes = 1536;

/** `undefined` where one thread is wanted, or nothing is kept in a cache from which the others could take the tree. */
export function unitThreads(
  index: IndexedTree,
  options: Options,
  base: UnitSetup['base'] = new Map(),
): UnitThreads | undefined {
  const size = options.jobs ?? defaultJobs();
  const script = bundledFile('unitWorker.js');
  if (size < 2 || options.cacheDir === 'none' || script === undefined) return undefined;
  if (sizeOf(base) > largestBase) return undefined;
  return new TaskThreads({
    script,
    setup: async (): Promise<UnitSetup> => ({ tree: await setupOf(index, options), base }),
    size,
    mostMegabytes,
    largestMegabytes,
  });
}

async function setupOf(
  index: IndexedTree,
  { architecture, cacheDir, parser, largestCache }: Options,
): Promise<OpenNodeIndexOptions> {
  await index.save();
  return {
    root: index.root,
    jobs: 0,
    listing: index.listing(),
    ...(architecture !== undefined && { architecture }),
    ...(cacheDir !== undefined && { cacheDir }),
    ...(largestCache !== undefined && { largestCache }),
    ...(parser !== undefined && { parser }),
  };
}

const sizeOf = (texts: UnitSetup['base']): number =>
  [...texts.values()].reduce((sum, text) => sum + (text?.byteLength ?? 0), 0);
