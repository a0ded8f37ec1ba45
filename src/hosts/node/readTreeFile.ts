// readTreeFile.ts
// A file of a tree by its name in a patch. The patch is a stranger's: nothing outside of the tree is read, and no
// device or pipe.

import { lstat, readFile, realpath } from 'node:fs/promises';
import { join, sep } from 'node:path';

/** `undefined`: there is none, or it is nothing that a patch can change. */
export async function readTreeFile(root: string, path: string): Promise<Uint8Array | undefined> {
  try {
    const place = join(root, path);
    const top = await realpath(root);
    const folder = await realpath(join(place, '..'));
    if (folder !== top && !folder.startsWith(`${top}${sep}`)) return undefined;
    const info = await lstat(place);
    return info.isFile() ? await readFile(place) : undefined;
  } catch {
    return undefined;
  }
}
