// resolve.ts
// Which definition a name means at the place that uses it, by what a compiler and a linker could see from there.

import type { Definition, DefinitionKind, TreeIndex } from '../index/treeIndex.ts';

/** The file that uses a name. */
export interface Viewpoint {
  readonly path: string;
  /** Files that it includes by name, as written: a `.c` among them makes its static functions visible. */
  readonly includes: readonly { readonly path: string }[];
}

export const callable: readonly DefinitionKind[] = ['function', 'macro', 'object-macro'];
export const functions: readonly DefinitionKind[] = ['function'];
export const objectMacros: readonly DefinitionKind[] = ['object-macro'];
export const constants: readonly DefinitionKind[] = ['enumerator', 'object-macro'];
export const aggregates: readonly DefinitionKind[] = ['struct', 'union'];
export const typedefs: readonly DefinitionKind[] = ['typedef'];
export const globals: readonly DefinitionKind[] = ['global'];

/** What a direct call of that name runs; `undefined` where no file defines it, or only as a pointer. */
export function resolveCall(
  index: Pick<TreeIndex, 'definitionsOf'>,
  name: string,
  from: Viewpoint,
): Definition | undefined {
  return nearest(index.definitionsOf(name), callable, from);
}

/** The definition of one of these kinds that this file means. */
export function nearest(
  definitions: readonly Definition[],
  kinds: readonly DefinitionKind[],
  from: Viewpoint,
): Definition | undefined {
  let best: Definition | undefined;
  // Nearly every name: no ranks are needed to choose from one.
  let bestRank: Rank | undefined;
  for (const definition of definitions) {
    if (!kinds.includes(definition.kind) || !isVisible(definition, from)) continue;
    if (best) {
      if (hides(best, definition, from)) continue;
      bestRank ??= rankOf(best, from);
      const rank = rankOf(definition, from);
      if (!hides(definition, best, from) && compareRanks(rank, bestRank) >= 0) continue;
      bestRank = rank;
    }
    best = definition;
  }
  return best;
}

/** The other one is not meant where there is this one, however near it lies. */
const hides = (one: Definition, other: Definition, from: Viewpoint): boolean =>
  replacesStub(one, other, from) || wraps(one, other, from);

/** A header may use a function that it has a stub of; that the stub stands in the same file does not make it the one meant. */
const replacesStub = (real: Definition, stub: Definition, from: Viewpoint): boolean =>
  stub.path === from.path && mayBeStub(stub) && isReal(real);

/** A macro of the driver's own headers leaves nothing of a function of that name in another driver. */
function wraps(macro: Definition, other: Definition, from: Viewpoint): boolean {
  if (macro.kind !== 'macro' || other.kind !== 'function' || isPublicHeader(macro.path)) return false;
  const folder = macro.path.slice(0, macro.path.lastIndexOf('/') + 1);
  return isNear(macro.path, from.path) && isBelow(from.path, folder, other.path);
}

const isBelow = (path: string, folder: string, other: string): boolean =>
  path.startsWith(folder) && !other.startsWith(folder) && isSource(other);

/** All definitions of these kinds, the one that a reader most likely means first. */
export function bestFirst(
  definitions: readonly Definition[],
  kinds: readonly DefinitionKind[],
): readonly Definition[] {
  return definitions
    .filter((definition) => kinds.includes(definition.kind))
    .map((definition) => ({ definition, rank: rankOf(definition, nowhere) }))
    .sort((a, b) => compareRanks(a.rank, b.rank) || a.definition.at - b.definition.at)
    .map((ranked) => ranked.definition);
}

const nowhere: Viewpoint = { path: '', includes: [] };

function isVisible(definition: Definition, from: Viewpoint): boolean {
  if (definition.path === from.path) return true;
  if (isSource(definition.path)) return !definition.isStatic || isIncluded(definition.path, from);
  // A header that lies with some other driver is not on the include path of this one.
  if (isPublicHeader(definition.path)) return true;
  const enough = Math.min(2, folderDepth(from.path));
  return sharedFolders(definition.path, from.path) >= enough || isNamedBy(definition.path, from);
}

/** Compared from left to right; smaller is better. */
type Rank = readonly [
  place: number,
  outside: number,
  distance: number,
  aside: number,
  arch: number,
  body: number,
  far: number,
  path: string,
];

function rankOf(definition: Definition, from: Viewpoint): Rank {
  const shared = sharedFolders(definition.path, from.path);
  const isOwn = definition.path === from.path;
  const near = from.path !== '' && isNear(definition.path, from.path);
  return [
    isOwn ? 0 : isIncluded(definition.path, from) ? 1 : 2,
    isApart(definition.path) && !isApart(from.path) ? 1 : 0,
    near ? 0 : 1,
    near && isAside(definition.path, from) ? 1 : 0,
    archRank(definition, from.path),
    bodyRank(definition),
    -shared,
    definition.path,
  ];
}

/** A header of a neighbour; those of the folders above are the driver's own. */
function isAside(path: string, from: Viewpoint): boolean {
  const isHeader = !isSource(path) && !isPublicHeader(path);
  return isHeader && sharedFolders(path, from.path) < folderDepth(path) && !isNamedBy(path, from);
}

/**
 * With the same driver or above it. In `drivers/net/ethernet` and `drivers/gpu/drm` a folder for each driver comes fourth: what
 * lies in those of others is no nearer than the rest of the kernel.
 */
function isNear(path: string, from: string): boolean {
  const shared = sharedFolders(path, from);
  const depth = folderDepth(from);
  return shared >= Math.min(4, depth) || (shared === 3 && folderDepth(path) === 3);
}

const isReal = ({ kind, isStatic, path }: Definition): boolean =>
  kind === 'function' && !isStatic && isSource(path) && !isApart(path);

const mayBeStub = ({ kind, isStatic, path }: Definition): boolean =>
  kind === 'function' && isStatic && path.startsWith('include/');

function compareRanks(a: Rank, b: Rank): number {
  for (let i = 0; i < a.length; i++) {
    const left = a[i] ?? 0;
    const right = b[i] ?? 0;
    if (left < right) return -1;
    if (left > right) return 1;
  }
  return 0;
}

// A static inline function beside a real one of the same name is the empty stub for a kernel built without it; a
// static function elsewhere is a namesake.
function bodyRank(definition: Definition): number {
  switch (definition.kind) {
    case 'macro':
      return 2;
    // `#define swab32 __swab32` comes last: it only leads on.
    case 'object-macro':
      return 3;
    case 'function':
    case 'struct':
    case 'union':
    case 'enum':
    case 'typedef':
    case 'global':
    case 'enumerator':
      return definition.isStatic ? 1 : 0;
  }
}

// Most people read for x86; a file of another architecture means its own. What an architecture defines in a source
// file replaces a generic function of the same name. Its headers also hold stubs, so they get no such preference.
function archRank(definition: Definition, from: string): number {
  const arch = archOf(definition.path);
  const isOwn = arch === (archOf(from) ?? 'x86');
  if (arch !== undefined && isOwn) return isSource(definition.path) ? 0 : 1;
  return arch === undefined ? 1 : 2;
}

const archOf = (path: string): string | undefined =>
  path.startsWith('arch/') ? /^arch\/([^/]+)\//.exec(path)?.[1] : undefined;

const isSource = (path: string): boolean => path.endsWith('.c');

const isPublicHeader = (path: string): boolean =>
  path.startsWith('include/') || (path.startsWith('arch/') && /^arch\/[^/]+\/include\//.test(path));

/** What is no part of the kernel, and staging drivers, which bring their own copies of what the kernel has. */
const isApart = (path: string): boolean =>
  /^(?:tools|scripts|samples|Documentation|usr|drivers\/staging)\//.test(path);

function isIncluded(path: string, from: Viewpoint): boolean {
  if (!isSource(path)) return false;
  const included = sourcesIncluded(from.includes);
  return included.length > 0 && included.includes(lastPart(path)) && sharedFolders(path, from.path) >= 1;
}

/** Names of the sources among them: nearly always none. */
function sourcesIncluded(includes: Viewpoint['includes']): readonly string[] {
  let names = knownSources.get(includes);
  if (!names) {
    names = includes.filter(({ path }) => isSource(path)).map(({ path }) => lastPart(path));
    knownSources.set(includes, names);
  }
  return names;
}

const knownSources = new WeakMap<Viewpoint['includes'], readonly string[]>();

/** `#include "../acme.h"` where that is the very file. */
function isNamedBy(path: string, from: Viewpoint): boolean {
  const name = lastPart(path);
  return from.includes.some(
    (include) => include.path.endsWith(name) && besides(from.path, include.path) === path,
  );
}

/** Where a file of that name would lie, seen from this one: `../core/acme.h`. */
export function besides(path: string, name: string): string {
  const parts = path.split('/').slice(0, -1);
  for (const part of name.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.') parts.push(part);
  }
  return parts.join('/');
}

const lastPart = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

const slash = 47;

/** How many folders from the root down both paths have in common. Asked very often, so nothing is cut apart. */
function sharedFolders(a: string, b: string): number {
  let shared = 0;
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const char = a.charCodeAt(i);
    if (char !== b.charCodeAt(i)) break;
    if (char === slash) shared++;
  }
  return shared;
}

function folderDepth(path: string): number {
  let depth = 0;
  for (let i = path.indexOf('/'); i >= 0; i = path.indexOf('/', i + 1)) depth++;
  return depth;
}
