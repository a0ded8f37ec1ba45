// looseFiles.ts
// An index of a few C files that lie in no kernel tree, with the headers that they include by name: a test case, a
// program of user space, a driver on its own. Nothing is cached.

import { readFile, stat } from 'node:fs/promises';
import { relative, resolve, sep } from 'node:path';
import { UserError } from '../../base/errors.ts';
import { reasonToSkip } from '../../index/fileContent.ts';
import type { ReadOutcome, TreeHost } from '../../index/host.ts';
import { openIndex, type IndexedTree } from '../../index/indexedTree.ts';
import { MemoryTreeHost } from '../../index/memoryHost.ts';
import { nodeIndexHost, type OpenNodeIndexOptions } from './openTree.ts';
import { readInput } from './readInput.ts';

export interface LooseFiles {
  readonly index: IndexedTree;
  /** The files that were named, as the index calls them: relative to the current folder where they lie below it. */
  readonly paths: readonly string[];
}

// Where one header leads to hundreds of others, it leads out of what belongs to these files.
const mostHeaders = 200;

export async function openLooseFiles(
  files: readonly string[],
  currentFolder: string,
  options: Omit<OpenNodeIndexOptions, 'root'>,
): Promise<LooseFiles> {
  const tree = new MemoryTreeHost(currentFolder);
  const texts = new Map<string, Uint8Array>();
  for (const file of files) texts.set(nameOf(file, currentFolder), await readSource(file, currentFolder));
  const paths = [...texts.keys()].sort();
  await addHeaders(texts, currentFolder);
  for (const [path, bytes] of texts) tree.write(path, bytes);
  const parts = nodeIndexHost(currentFolder, { ...options, root: currentFolder, cacheDir: 'none', jobs: 0 });
  const index = await openIndex({ ...parts, tree: listingAll(tree, [...texts.keys()]) }, options);
  return { index, paths };
}

/** Whoever names a file wants it read, wherever it lies. */
function listingAll(tree: MemoryTreeHost, paths: readonly string[]): TreeHost {
  return {
    root: tree.root,
    listFiles: () => Promise.resolve(paths),
    versions: (wanted) => tree.versions(wanted),
    read: (path) => (paths.includes(path) ? tree.read(path) : readBeside(path, tree.root)),
  };
}

/** What the folder says about its files: `.holdwait.json`, and the stubs that it names. */
async function readBeside(path: string, folder: string): Promise<ReadOutcome> {
  const bytes = await readFile(resolve(folder, path)).catch(() => undefined);
  return bytes ? { kind: 'bytes', bytes } : { kind: 'failed', reason: 'it is not there' };
}

async function readSource(file: string, currentFolder: string): Promise<Uint8Array> {
  const path = resolve(currentFolder, file);
  if (await isFolder(path)) {
    const advice = 'name C files, or a kernel tree with --tree';
    throw new UserError('not-a-kernel-tree', `${file} is a folder with no kernel tree around it; ${advice}`);
  }
  const bytes = await readInput(path);
  const reason = /\.[ch]$/.test(file) ? reasonToSkip(file, bytes) : 'its name ends in neither .c nor .h';
  if (reason !== undefined)
    throw new UserError('file-skipped', `${file} is not read: ${reason}; name a C file`);
  return bytes;
}

/** Headers that exist beside what includes them, and what these include in turn. */
async function addHeaders(texts: Map<string, Uint8Array>, currentFolder: string): Promise<void> {
  let headers = 0;
  // A map that grows is gone through to its new end.
  for (const [path, bytes] of texts) {
    for (const name of namesIncluded(bytes)) {
      const header = nameOf(resolve(currentFolder, path, '..', name), currentFolder);
      if (texts.has(header) || headers >= mostHeaders) continue;
      const content = await readFile(resolve(currentFolder, header)).catch(() => undefined);
      if (!content || reasonToSkip(header, content) !== undefined) continue;
      texts.set(header, content);
      headers++;
    }
  }
}

function namesIncluded(bytes: Uint8Array): string[] {
  const text = new TextDecoder('latin1').decode(bytes);
  return [...text.matchAll(/^[ \t]*#[ \t]*include[ \t]*"([^"\n]+)"/gm)].map((match) => match[1] ?? '');
}

function nameOf(file: string, currentFolder: string): string {
  const path = resolve(currentFolder, file);
  const fromHere = relative(currentFolder, path);
  return (fromHere.startsWith('..') || fromHere === '' ? path : fromHere).split(sep).join('/');
}

async function isFolder(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  return found?.isDirectory() ?? false;
}
