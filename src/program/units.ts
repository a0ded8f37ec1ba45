// units.ts
// Splits a large scope into units that can be looked at one after the other: files that use each other's functions
// and variables belong together, so a driver stays whole while its neighbours are other units.
//
// Files that call functions which are not exported are one module. Modules that use each other's exports are one unit,
// unless so many use them that they are a core: then each user is looked at with the core as it is looked at from any
// driver. What is lost between units: a cycle of which one half lies in one unit and the other half in another, joined
// only by locks of a core, and callbacks that reach a unit through nothing but a registration there. A small library
// does not join two large drivers either: each is looked at with it. mlxfw would make one unit of mlx5 and mlxsw.

import type { Token } from '../base/cancel.ts';
import type { Definition, TreeIndex } from '../index/treeIndex.ts';
import { nearest } from './resolve.ts';
import { withoutTests } from './testFiles.ts';
import { folderOf, Includes, isSource, readUnitFiles } from './unitFiles.ts';
import type { UnitFile, UnitFiles } from './unitFiles.ts';
import { Sets, withLibraries } from './unitSets.ts';
import type { Library } from './unitSets.ts';

/** Paths of the files of one unit, in order. */
export type Unit = readonly string[];

// mlx4_core has two users, mlx5_core five, hwmon two hundred.
const mostUsersOfModule = 8;
// Sources of a library that is looked at with each of its users, and of all these together: joining few is no harm.
const largestLibrary = 6;
const manySources = 60;

/**
 * The same files in the same units whatever the order of the scope; units in order of their first file. `asked` are
 * files that somebody named or changed: tests of a driver are looked at for themselves only.
 */
export async function unitsOf(
  index: TreeIndex,
  scope: readonly string[],
  token: Token,
  asked: readonly string[] = [],
): Promise<readonly Unit[]> {
  const paths = [...new Set(scope)].sort();
  const files = await readUnitFiles(index, paths, token);
  const includes = new Includes(files);
  const sources = paths.filter(isSource);
  const uses = usesIn(sources, files, includes);
  const sets = new Sets(sources);
  for (const { user, owner, isExport } of uses) if (!isExport) sets.join(user, owner);
  for (const path of sources) {
    for (const other of includes.of(path)) {
      if (isSource(other)) sets.join(path, other);
      // Its types are shared with the others that include it.
      else if (folderOf(other) === folderOf(path)) sets.join(path, `by ${other}`);
    }
  }
  const libraries = joinModules(uses, sets);
  const units = withHeaders(withLibraries(sets, libraries), paths, includes);
  const areAsked = new Set(asked);
  return units.map((unit) => withoutTests(unit, areAsked));
}

/** One file uses what another one defines. */
interface Use {
  readonly user: string;
  readonly owner: string;
  readonly isExport: boolean;
}

function usesIn(sources: readonly string[], files: UnitFiles, includes: Includes): readonly Use[] {
  const definitions = new Map<string, Definition[]>();
  for (const path of sources) {
    for (const [name, definition] of files.get(path)?.defines ?? []) {
      const list = definitions.get(name);
      if (list) list.push(definition);
      else definitions.set(name, [definition]);
    }
  }
  return sources.flatMap((path) => {
    const file = files.get(path);
    return file ? usesOf(file, files, includes, definitions) : [];
  });
}

function usesOf(
  file: UnitFile,
  files: UnitFiles,
  includes: Includes,
  definitions: ReadonlyMap<string, readonly Definition[]>,
): readonly Use[] {
  const headers = [...includes.allOf(file.path)].flatMap((path) => files.get(path) ?? []);
  const uses = new Map<string, boolean>();
  for (const name of namesUsed(file, headers)) {
    const candidates = definitions.get(name);
    const owner = candidates && nearest(candidates, ['function', 'global'], file)?.path;
    if (owner === undefined || owner === file.path) continue;
    const isExport = files.get(owner)?.exports.has(name) ?? false;
    if (isExport || isDeclared(name, file, headers) || isNested(owner, file.path)) {
      uses.set(owner, isExport && uses.get(owner) !== false);
    }
  }
  return [...uses].map(([owner, isExport]) => ({ user: file.path, owner, isExport }));
}

/** With the names in the bodies of those functions and macros of headers that are used. */
function namesUsed(file: UnitFile, headers: readonly UnitFile[]): ReadonlySet<string> {
  const names = new Set(file.used);
  const open = new Set(headers);
  for (let isSettled = false; !isSettled;) {
    isSettled = true;
    for (const header of open) {
      if (![...header.inlines].some((name) => names.has(name))) continue;
      for (const name of header.used) names.add(name);
      open.delete(header);
      isSettled = false;
    }
  }
  return names;
}

// Without a declaration in reach, an equal name far away is most likely another thing.
const isDeclared = (name: string, file: UnitFile, headers: readonly UnitFile[]): boolean =>
  file.declares.has(name) || headers.some((header) => header.declares.has(name));

const isNested = (a: string, b: string): boolean =>
  folderOf(a).startsWith(folderOf(b)) || folderOf(b).startsWith(folderOf(a));

/** Modules that use exports of each other, but for those that everybody uses, and libraries. */
function joinModules(uses: readonly Use[], sets: Sets): readonly Library[] {
  const users = new Map<string, Set<string>>();
  for (const { user, owner } of uses) {
    const [from, to] = [sets.top(user), sets.top(owner)];
    if (from === to) continue;
    const known = users.get(to);
    if (known) known.add(from);
    else users.set(to, new Set([from]));
  }
  const sizes = sets.sizes();
  const libraries: Library[] = [];
  for (const [module, others] of users) {
    if (others.size > mostUsersOfModule) continue;
    if (isLibrary(module, others, sizes)) libraries.push({ module, users: [...others] });
    else for (const other of others) sets.join(module, other);
  }
  const joined = sets.sizes();
  const isStillSmall = ({ module }: Library): boolean => sizeOf(sets.top(module), joined) <= largestLibrary;
  for (const library of libraries)
    if (!isStillSmall(library)) for (const user of library.users) sets.join(library.module, user);
  return libraries.filter(isStillSmall).map(({ module, users: all }) => ({
    module: sets.top(module),
    users: all.map((user) => sets.top(user)).filter((user) => user !== sets.top(module)),
  }));
}

function isLibrary(module: string, users: ReadonlySet<string>, sizes: ReadonlyMap<string, number>): boolean {
  const own = sizeOf(module, sizes);
  const all = [...users].reduce((sum, user) => sum + sizeOf(user, sizes), own);
  return users.size > 1 && own <= largestLibrary && all >= manySources;
}

const sizeOf = (top: string, sizes: ReadonlyMap<string, number>): number => sizes.get(top) ?? 0;

/** A header goes with the units that include it, one that none includes with those of its folder; the rest are a unit. */
function withHeaders(units: readonly Unit[], paths: readonly string[], includes: Includes): readonly Unit[] {
  const included = units.map((unit) => new Set(unit.flatMap((path) => [...includes.allOf(path)])));
  const folders = units.map((unit) => new Set(unit.map(folderOf)));
  const headers = units.map((): string[] => []);
  const rest: string[] = [];
  for (const path of paths) {
    if (isSource(path)) continue;
    const users = indexesWith(included, path);
    const homes = users.length > 0 ? users : indexesWith(folders, folderOf(path));
    for (const i of homes) headers[i]!.push(path);
    if (homes.length === 0) rest.push(path);
  }
  const whole = units.map((unit, i) => [...unit, ...headers[i]!].sort());
  const all = rest.length === 0 ? whole : [...whole, rest];
  return all.sort((a, b) => ((a[0] ?? '') < (b[0] ?? '') ? -1 : 1));
}

function indexesWith(sets: readonly ReadonlySet<string>[], key: string): readonly number[] {
  return sets.flatMap((set, i) => (set.has(key) ? [i] : []));
}
