// diskFiles.ts
// Files of this machine's disk by their address.

import { lstat, readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { AddressedFiles } from './addressedFiles.ts';

export const diskFiles: AddressedFiles = {
  readFile: (address) => orUndefined(readFile(fileURLToPath(address))),
  listFolder: async (address) => {
    const entries = await orUndefined(readdir(fileURLToPath(address), { withFileTypes: true }));
    return entries
      ?.filter((entry) => entry.isFile() || entry.isDirectory())
      .map((entry) => ({ name: entry.name, isFolder: entry.isDirectory() }));
  },
  stat: (addresses) =>
    Promise.all(
      addresses.map(async (address) => {
        const stat = await orUndefined(lstat(fileURLToPath(address)));
        return stat?.isFile() === true ? { size: stat.size, modifiedMs: stat.mtimeMs } : undefined;
      }),
    ),
};

async function orUndefined<T>(value: Promise<T>): Promise<T | undefined> {
  try {
    return await value;
  } catch {
    return undefined;
  }
}
