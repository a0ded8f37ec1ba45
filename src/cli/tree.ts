// tree.ts
// Opens the kernel tree that a command line means.

import { relative, resolve, sep } from 'node:path';

import { UserError } from '../base/errors.ts';
import { findTreeRoot, kernelVersion } from '../hosts/node/kernelRoot.ts';
import { openNodeIndex, type OpenNodeIndexOptions } from '../hosts/node/openTree.ts';
import type { IndexedTree } from '../index/indexedTree.ts';
import type { IndexProgress } from '../index/progress.ts';
import type { Arguments } from './arguments.ts';
import type { Surroundings } from './command.ts';

export interface OpenedTree {
  readonly index: IndexedTree;
  /** Writes what is not yet written to the cache. */
  close(): Promise<void>;
}

/** `knownRoot` where it is known already; without it, `--tree` or the current folder says. */
export async function openTree(
  args: Arguments,
  surroundings: Surroundings,
  knownRoot?: string,
): Promise<OpenedTree> {
  const { currentFolder, progress } = surroundings;
  const tree = args.value('--tree');
  const root = tree === undefined && knownRoot !== undefined ? knownRoot : await rootOf(tree, currentFolder);
  const index = await openNodeIndex({ ...indexOptions(args, surroundings), root });
  progress.clear();
  return { index, close: () => index.close() };
}

export function indexOptions(
  args: Arguments,
  surroundings: Surroundings,
): Omit<OpenNodeIndexOptions, 'root'> {
  const { token, progress } = surroundings;
  const jobs = args.count('--jobs');
  const cacheDir = args.has('--no-cache') ? 'none' : args.value('--cache-dir');
  const architecture = args.value('--arch');
  return {
    token,
    log: (line) => surroundings.complain(`holdwait: ${line}`),
    onProgress: (step) => progress.show(progressText(step)),
    parser: args.value('--parser') === 'native' ? 'native' : 'wasm',
    ...(jobs !== undefined && { jobs }),
    ...(cacheDir !== undefined && { cacheDir }),
    ...(architecture !== undefined && { architecture }),
  };
}

export function progressText({ phase, done, total }: IndexProgress): string {
  switch (phase) {
    case 'list':
      return 'looking for files';
    case 'symbols':
      return `reading symbols: ${done} of ${total} files`;
    case 'facts':
      return `reading functions: ${done} of ${total} files`;
  }
}

/** A path as somebody typed it, as the index names it: relative to the root, with `/`. */
export function pathInTree(path: string, root: string, currentFolder: string): string {
  const fromHere = relative(root, resolve(currentFolder, path));
  // Outside the tree from here: then it was meant from the root, as all output names it.
  return fromHere.startsWith('..') ? path.replace(/^\.\//, '') : fromHere.split(sep).join('/');
}

/** The top of the tree that `--tree` names, or of the one around the folder. */
export async function rootOf(tree: string | undefined, currentFolder: string): Promise<string> {
  if (tree === undefined) {
    const root = await findTreeRoot(currentFolder);
    if (root !== undefined) return root;
    throw new UserError(
      'not-a-kernel-tree',
      `there is no kernel tree around ${currentFolder}; name one with --tree DIR`,
    );
  }
  const root = resolve(currentFolder, tree);
  if ((await kernelVersion(root)) !== undefined) return root;
  const around = await findTreeRoot(root);
  const advice =
    around === undefined ? 'it has no Makefile of a kernel at its top' : `the tree around it is ${around}`;
  throw new UserError('not-a-kernel-tree', `--tree ${tree} is not the top of a kernel tree: ${advice}`);
}
