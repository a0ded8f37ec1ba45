// kernelRoot.ts
// Finds the kernel tree around a place on disk.

import { readFile, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { kernelMarkers, kernelVersionOf } from '../../index/kernelTree.ts';

/** The version of the kernel tree with this root; `undefined` if the folder is none. */
export async function kernelVersion(root: string): Promise<string | undefined> {
  const markers = await Promise.all(kernelMarkers.map((name) => isThere(join(root, name))));
  if (!markers.includes(true)) return undefined;
  try {
    return kernelVersionOf(await readFile(join(root, 'Makefile'), 'utf8'));
  } catch {
    return undefined;
  }
}

/** The innermost kernel tree that holds this file or folder; the file itself need not exist. */
export async function findTreeRoot(path: string): Promise<string | undefined> {
  for (let folder = resolve(path); ; folder = dirname(folder)) {
    if ((await kernelVersion(folder)) !== undefined) return folder;
    if (dirname(folder) === folder) return undefined;
  }
}

async function isThere(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch {
    return false;
  }
}
