// checkedFiles.ts
// What a check looks at: folders and files of the kernel tree that somebody named, or files that lie in none.

import { relative, resolve, sep } from 'node:path';

import { UserError } from '../base/errors.ts';
import { findTreeRoot } from '../hosts/node/kernelRoot.ts';
import type { UnitThreads } from '../engine/unitThreads.ts';
import { openLooseFiles } from '../hosts/node/looseFiles.ts';
import type { IndexedTree } from '../index/indexedTree.ts';
import type { Arguments } from './arguments.ts';
import type { Surroundings } from './command.ts';
import { indexOptions, openTree } from './tree.ts';
import { unitThreads } from './unitThreads.ts';

export interface CheckedFiles {
  readonly index: IndexedTree;
  /** As the index names them. */
  readonly scope: readonly string[];
  readonly threads: UnitThreads | undefined;
  close(): Promise<void>;
}

export async function openChecked(args: Arguments, surroundings: Surroundings): Promise<CheckedFiles> {
  const { currentFolder } = surroundings;
  const named = [...args.list('--scope'), ...args.operands];
  const [first] = args.operands;
  const around = first === undefined ? undefined : await findTreeRoot(resolve(currentFolder, first));
  const isLoose = first !== undefined && !args.has('--tree') && args.list('--scope').length === 0 && !around;
  if (isLoose) {
    const loose = await openLooseFiles(args.operands, currentFolder, indexOptions(args, surroundings));
    return { index: loose.index, scope: loose.paths, threads: undefined, close: () => loose.index.close() };
  }
  const tree = await openTree(args, surroundings, around);
  try {
    const threads = unitThreads(tree.index, indexOptions(args, surroundings));
    const close = async (): Promise<void> => {
      await threads?.close();
      await tree.close();
    };
    return { index: tree.index, scope: scopeOf(named, tree.index, currentFolder), threads, close };
  } catch (error) {
    await tree.close();
    throw error;
  }
}

function scopeOf(named: readonly string[], index: IndexedTree, currentFolder: string): readonly string[] {
  if (named.length > 0) return named.map((name) => pathOf(name, index, currentFolder));
  const here = fromRoot(currentFolder, index.root);
  if (here !== undefined && here !== '') return [here];
  const example = 'holdwait check --scope drivers/net/ethernet/intel/e1000';
  throw new UserError('missing-argument', `check needs a file or --scope DIR; for example: ${example}`);
}

/** Named from the current folder, from the root of the tree as all output names it, or from the root of the disk. */
function pathOf(name: string, index: IndexedTree, currentFolder: string): string {
  const byRoot = name.replace(/^(?:\.\/)+/, '').replace(/\/+$/, '');
  const byFolder = fromRoot(resolve(currentFolder, name), index.root);
  if (byFolder === undefined) return byRoot;
  const isThere = (path: string): boolean =>
    path === '' || index.files.some((file) => file === path || file.startsWith(`${path}/`));
  return !isThere(byFolder) && isThere(byRoot) ? byRoot : byFolder;
}

/** `undefined`: outside. */
function fromRoot(path: string, root: string): string | undefined {
  const below = relative(root, path);
  return below.startsWith('..') ? undefined : below.split(sep).join('/');
}
