// listing.ts
// The files of a tree with their versions, packed for another thread that is to see the very same tree.

import type { TreeHost, FileVersion } from './host.ts';

export interface Listing {
  /** One a line, in order. */
  readonly paths: string;
  /** Size, time and inode of each. */
  readonly numbers: Float64Array;
}

export function listingOf(
  files: Iterable<readonly [path: string, state: { readonly version: FileVersion }]>,
): Listing {
  const paths: string[] = [];
  const numbers: number[] = [];
  for (const [path, { version }] of files) {
    paths.push(path);
    numbers.push(version.size, version.modifiedMs, version.inode);
  }
  return { paths: paths.join('\n'), numbers: Float64Array.from(numbers) };
}

/** The tree as it was listed: the disk is asked for bytes only. */
export function listedTree(tree: TreeHost, { paths, numbers }: Listing): TreeHost {
  const files = paths === '' ? [] : paths.split('\n');
  const rows = new Map(files.map((path, row) => [path, row]));
  const version = (path: string): FileVersion | undefined => {
    const row = rows.get(path);
    if (row === undefined) return undefined;
    const [size = 0, modifiedMs = 0, inode = 0] = numbers.subarray(row * 3, row * 3 + 3);
    return { size, modifiedMs, inode };
  };
  return {
    root: tree.root,
    listFiles: () => Promise.resolve(files),
    versions: (asked) => Promise.resolve(asked.map(version)),
    read: (path) => tree.read(path),
  };
}
