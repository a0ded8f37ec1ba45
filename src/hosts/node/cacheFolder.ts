// cacheFolder.ts
// The cache as a whole: how large it is, and emptying it.

import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

export interface CacheSize {
  readonly files: number;
  readonly bytes: number;
}

export async function cacheSize(folder: string): Promise<CacheSize> {
  const paths = await cachedFiles(folder);
  let bytes = 0;
  for (const path of paths) bytes += (await stat(path).catch(() => undefined))?.size ?? 0;
  return { files: paths.length, bytes };
}

export async function emptyCache(folder: string): Promise<void> {
  for (const name of await ownFolders(folder)) await rm(join(folder, name), { recursive: true, force: true });
}

async function cachedFiles(folder: string): Promise<string[]> {
  const lists = (await ownFolders(folder)).map(async (name) => {
    const entries = await readdir(join(folder, name), { withFileTypes: true }).catch(() => []);
    return entries.filter((entry) => entry.isFile()).map((entry) => join(folder, name, entry.name));
  });
  return (await Promise.all(lists)).flat();
}

// The folder may have been named by hand and hold other things. Only what Holdwait made is touched.
async function ownFolders(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isDirectory() && /^(?:trees|facts|derived|findings)-[\w.-]+$/.test(entry.name))
    .map((entry) => entry.name);
}
