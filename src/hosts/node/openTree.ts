// openTree.ts
// An index of a folder on this machine's disk, with threads and a cache.

import { realpath, stat } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import type { Token } from '../../base/cancel.ts';
import { UserError } from '../../base/errors.ts';
import { openIndex, type IndexedTree } from '../../index/indexedTree.ts';
import type { CacheFiles, IndexHost } from '../../index/host.ts';
import { listedTree } from '../../index/listing.ts';
import type { Listing } from '../../index/listing.ts';
import type { ProgressListener } from '../../index/progress.ts';
import type { ParserName } from '../../syntax/parser.ts';
import { bundledFile } from './bundledFiles.ts';
import { defaultCacheFolder, NodeCacheFiles } from './cacheFiles.ts';
import { createParser } from './parser.ts';
import { sha1 } from './sha1.ts';
import { NodeTreeHost } from './treeFiles.ts';
import { uniqueName } from './uniqueName.ts';
import { NodeWorkerPool } from './workerPool.ts';

export interface OpenNodeIndexOptions {
  readonly root: string;
  /** Where the index is kept; the user's cache folder where left out. `none`: nothing is kept. */
  readonly cacheDir?: string;
  /** Bytes that facts may take on disk. */
  readonly largestCache?: number;
  /** Threads that read files; 0 reads everything on this one. */
  readonly jobs?: number;
  /** They stand back for everything else on the machine: somebody works at it, and waits for other things. */
  readonly isModest?: boolean;
  /** The folder of arch/ that is read; `x86` where left out. */
  readonly architecture?: string;
  readonly parser?: ParserName;
  /** The files as another thread has found them: the disk is not asked which there are. */
  readonly listing?: Listing;
  readonly log?: (line: string) => void;
  readonly onProgress?: ProgressListener;
  readonly token?: Token;
  /** Another bundle of worker.ts, for tests of threads that die. */
  readonly workerScript?: string;
}

/** Ready when the symbols of the whole tree are. To be closed with `close()`. */
export async function openNodeIndex(options: OpenNodeIndexOptions): Promise<IndexedTree> {
  const root = await realFolder(options.root);
  // Where it is not installed, say so once, here, and not from every thread.
  if (options.parser === 'native') (await createParser('native')).dispose();
  const host = nodeIndexHost(root, options);
  try {
    return await openIndex(host, options);
  } catch (error) {
    host.workers?.dispose();
    throw error;
  }
}

export function nodeIndexHost(root: string, options: OpenNodeIndexOptions): IndexHost {
  const log = options.log ?? (() => {});
  const parser = options.parser ?? 'wasm';
  return {
    tree: options.listing ? listedTree(new NodeTreeHost(root), options.listing) : new NodeTreeHost(root),
    cache: cacheOf(options),
    workers: poolOf(root, parser, log, options),
    sha1,
    createParser: () => createParser(parser),
    now: () => Date.now(),
    breathe: () => new Promise((resume) => setImmediate(resume)),
    memoryBytes: () => process.memoryUsage.rss(),
    uniqueName,
    log,
  };
}

export async function realFolder(path: string): Promise<string> {
  try {
    const root = await realpath(path);
    if ((await stat(root)).isDirectory()) return root;
  } catch {
    // Said below.
  }
  throw new UserError('not-a-folder', `${path} is not a folder`);
}

function cacheOf({ cacheDir }: OpenNodeIndexOptions): CacheFiles | undefined {
  return cacheDir === 'none' ? undefined : new NodeCacheFiles(cacheDir ?? defaultCacheFolder());
}

/** How many threads work where nobody says otherwise. */
export function defaultJobs(): number {
  return Math.min(availableParallelism(), 16);
}

function poolOf(
  root: string,
  parser: ParserName,
  log: (line: string) => void,
  options: OpenNodeIndexOptions,
): NodeWorkerPool | undefined {
  const size = options.jobs ?? defaultJobs();
  const script = options.workerScript ?? bundledFile('worker.js');
  if (size < 1) return undefined;
  if (script === undefined) log('worker.js is missing beside the program: everything is read on one thread');
  if (script === undefined) return undefined;
  return new NodeWorkerPool({ script, root, parser, size, log, isModest: options.isModest ?? false });
}
