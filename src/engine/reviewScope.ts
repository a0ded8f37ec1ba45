// reviewScope.ts
// Where a review looks: the units that hold a touched file, and who calls the touched functions from elsewhere.
// A folder that many drivers lie below is not read as a whole for a file in it: what its Makefile only descends into
// is built by itself.

import type { Token } from '../base/cancel.ts';
import type { TreeIndex } from '../index/treeIndex.ts';
import { unitsOf } from '../program/units.ts';
import type { Unit } from '../program/units.ts';
import { filesInScope } from './scope.ts';

export interface TouchedFiles {
  /** Paths in any state of the tree, in order. */
  readonly paths: readonly string[];
  /** Names of functions and macros whose code differs. */
  readonly names: ReadonlySet<string>;
}

// What more files call is a service of the kernel: it is looked at from its own side.
const mostCallers = 24;

/** A folder with all below it but for some folders there. */
interface Around {
  readonly folder: string;
  readonly without: readonly string[];
}

/** Folders and files that somebody named, or what is around the touched files. */
export type ReviewScope = { readonly named: readonly string[] } | { readonly around: readonly Around[] };

/** Of the base; the same for all states, in which the Makefiles may differ. */
export async function reviewScope(
  base: TreeIndex,
  paths: readonly string[],
  named: readonly string[],
): Promise<ReviewScope> {
  if (named.length > 0) return { named };
  // A header of the whole kernel has no driver around it: those who use what changed in it are looked at.
  const folders = new Set(paths.flatMap((path) => (isOfEverybody(path) ? [] : [folderOf(path)])));
  const around = [...folders].map(async (folder) => ({ folder, without: await builtApart(base, folder) }));
  return { around: await Promise.all(around) };
}

export async function reviewUnits(
  index: TreeIndex,
  touched: TouchedFiles,
  scope: ReviewScope,
  token: Token,
): Promise<readonly Unit[]> {
  const known = new Set(index.files);
  const paths = touched.paths.filter((path) => known.has(path));
  const callers = callersElsewhere(index, touched, paths);
  const files =
    'named' in scope ? filesInScope(index, scope.named) : index.files.filter(isAround(scope.around));
  const wanted = new Set([...paths, ...callers]);
  const units = await unitsOf(index, [...new Set([...files, ...wanted])].sort(), token, paths);
  return units.filter((unit) => unit.some((path) => wanted.has(path)));
}

const isAround =
  (around: readonly Around[]) =>
  (path: string): boolean =>
    around.some(({ folder, without }) => {
      const below = folder === '' ? '' : `${folder}/`;
      return path.startsWith(below) && !without.some((other) => path.startsWith(`${below}${other}`));
    });

// The largest drivers that are spread over folders have some 700 files, and their Makefiles name the objects there.
const mostFilesAround = 500;

/**
 * Folders below a large one that its Makefile descends into: `obj-$(CONFIG_BONDING) += bonding/`, and what lies beside
 * one of those, unless objects of it are named: `acme-y += hw/pci.o`.
 */
async function builtApart(index: TreeIndex, folder: string): Promise<readonly string[]> {
  if (index.files.filter(isAround([{ folder, without: [] }])).length <= mostFilesAround) return [];
  const makefile = (await index.text(`${folder}/Makefile`)) ?? (await index.text(`${folder}/Kbuild`));
  const words = new TextDecoder('latin1').decode(makefile).split(/\s+/);
  const named = new Set(words.flatMap((word) => /^([\w-]+\/).*\.o$/.exec(word)?.[1] ?? []));
  const entered = new Set(words.flatMap((word) => /^([\w-]+\/)(?:[\w./-]*\/)?$/.exec(word)?.[1] ?? []));
  return [...entered].filter((below) => !named.has(below));
}

const isOfEverybody = (path: string): boolean => /^(?:arch\/\w+\/)?include\//.test(path);

const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));

function callersElsewhere(
  index: TreeIndex,
  { names }: TouchedFiles,
  touched: readonly string[],
): readonly string[] {
  const own = new Set(touched);
  return [...names].flatMap((name) => {
    // A function of the same name elsewhere in the kernel is another one.
    const definitions = index.definitionsOf(name).filter(({ path }) => own.has(path));
    if (definitions.every(({ isStatic, path }) => isStatic && path.endsWith('.c'))) return [];
    const callers = index.callersOf(name).filter((path) => !own.has(path));
    return callers.length <= mostCallers ? callers : [];
  });
}
