// reviewScope.ts
// Where a review looks: the units that hold a touched file, and who calls the touched functions from elsewhere.

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

/** `named`: folders and files that somebody asked for; empty: the folders of the touched files. */
export async function reviewUnits(
  index: TreeIndex,
  touched: TouchedFiles,
  named: readonly string[],
  token: Token,
): Promise<readonly Unit[]> {
  const known = new Set(index.files);
  const paths = touched.paths.filter((path) => known.has(path));
  const callers = callersElsewhere(index, touched, paths);
  const scope = named.length > 0 ? named : scopeAround(paths);
  const files = scope.length === 0 ? [] : filesInScope(index, scope);
  const wanted = new Set([...paths, ...callers]);
  const units = await unitsOf(index, [...new Set([...files, ...wanted])].sort(), token);
  return units.filter((unit) => unit.some((path) => wanted.has(path)));
}

/** A header of the whole kernel has no driver around it: those who use what changed in it are looked at. */
const scopeAround = (paths: readonly string[]): readonly string[] => [
  ...new Set(paths.flatMap((path) => (isOfEverybody(path) ? [] : [folderOf(path)]))),
];

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
