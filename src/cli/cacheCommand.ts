// cacheCommand.ts
// `holdwait cache`: where the index is kept, how large it is, and emptying it.

import { defaultCacheFolder } from '../hosts/node/cacheFiles.ts';
import { cacheSize, emptyCache } from '../hosts/node/cacheFolder.ts';
import type { Arguments } from './arguments.ts';
import type { Command, ExitStatus, Surroundings } from './command.ts';
import { cacheOption } from './commonOptions.ts';

export const cacheCommand: Command = {
  spec: {
    name: 'cache',
    summary: 'where the index is kept and how large it is',
    operands: [],
    options: [{ name: '--clear', help: 'empty it; the next command reads the tree again' }, cacheOption],
    examples: [
      { words: 'holdwait cache', what: 'the folder and its size' },
      { words: 'holdwait cache --clear', what: 'after it, nothing is left in that folder' },
    ],
  },
  run,
};

async function run(args: Arguments, surroundings: Surroundings): Promise<ExitStatus> {
  const folder = args.value('--cache-dir') ?? defaultCacheFolder();
  const { files, bytes } = await cacheSize(folder);
  if (!args.has('--clear')) {
    surroundings.print(`${folder}: ${megabytes(bytes)} in ${files} ${files === 1 ? 'file' : 'files'}\n`);
    return 0;
  }
  await emptyCache(folder);
  surroundings.print(`${folder}: emptied, ${megabytes(bytes)} freed\n`);
  return 0;
}

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;
