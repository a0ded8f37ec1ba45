// unitFiles.ts
// What matters of a file for telling which others it belongs with: the names that it uses, defines, declares and
// exports, and which headers of the scope it sees.

import type { Token } from '../base/cancel.ts';
import { throwIfCancelled } from '../base/cancel.ts';
import type { FileFacts } from '../facts/fileFacts.ts';
import type { Definition, TreeIndex } from '../index/treeIndex.ts';
import { besides } from './resolve.ts';

export interface UnitFile {
  readonly path: string;
  readonly includes: FileFacts['includes'];
  /** Names that it does not define itself. */
  readonly used: readonly string[];
  /** Functions and variables that other files may mean by their name. */
  readonly defines: ReadonlyMap<string, Definition>;
  /** Of a header: functions and macros whose bodies belong to whoever uses them. */
  readonly inlines: ReadonlySet<string>;
  readonly declares: ReadonlySet<string>;
  /** Open to other modules. */
  readonly exports: ReadonlySet<string>;
}

export type UnitFiles = ReadonlyMap<string, UnitFile>;

/** Facts of so many files are held at a time: of a large scope only the names are kept. */
const filesAtOnce = 64;

export async function readUnitFiles(
  index: TreeIndex,
  paths: readonly string[],
  token: Token,
): Promise<UnitFiles> {
  const files = new Map<string, UnitFile>();
  for (let i = 0; i < paths.length; i += filesAtOnce) {
    const facts = await index.facts(paths.slice(i, i + filesAtOnce), token);
    throwIfCancelled(token);
    for (const [path, file] of facts) files.set(path, unitFile(path, file));
  }
  return files;
}

export const isSource = (path: string): boolean => path.endsWith('.c');

function unitFile(path: string, facts: FileFacts): UnitFile {
  const variables = facts.globals.filter((item) => !item.isExtern);
  const own = new Set([...facts.functions, ...variables].map(({ name }) => name));
  const macros = facts.macros.filter((macro) => macro.parameters !== undefined);
  const inlines = isSource(path) ? [] : [...facts.functions, ...macros];
  const declared = [...facts.prototypes, ...facts.globals.filter((item) => item.isExtern)];
  return {
    path,
    includes: facts.includes,
    used: facts.terms.usedNames().filter((name) => !own.has(name)),
    defines: isSource(path) ? definitionsIn(path, facts) : new Map(),
    inlines: new Set(inlines.map(({ name }) => name)),
    declares: new Set(declared.map(({ name }) => name)),
    exports: new Set(facts.macroCalls.flatMap((call) => exportedBy(call, facts))),
  };
}

function definitionsIn(path: string, facts: FileFacts): ReadonlyMap<string, Definition> {
  const functions = facts.functions.filter((item) => !item.isStatic);
  const variables = facts.globals.filter((item) => !item.isStatic && !item.isExtern);
  const definitions = new Map<string, Definition>();
  for (const { name, at } of variables) definitions.set(name, { path, kind: 'global', at, isStatic: false });
  for (const { name, at } of functions)
    definitions.set(name, { path, kind: 'function', at, isStatic: false });
  return definitions;
}

/** `EXPORT_SYMBOL_GPL(foo)`. */
function exportedBy({ name, args }: FileFacts['macroCalls'][number], facts: FileFacts): string[] {
  const symbol = name.startsWith('EXPORT_SYMBOL') && args[0] !== undefined && facts.terms.expr(args[0]);
  return symbol && symbol.kind === 'name' ? [symbol.name] : [];
}

/** Which files of the scope an `#include` brings in. */
export class Includes {
  readonly #files: UnitFiles;
  readonly #byName = new Map<string, string[]>();
  readonly #seen = new Map<string, ReadonlySet<string>>();

  constructor(files: UnitFiles) {
    this.#files = files;
    for (const path of files.keys()) {
      const name = lastPart(path);
      const list = this.#byName.get(name);
      if (list) list.push(path);
      else this.#byName.set(name, [path]);
    }
  }

  /** What the file includes by itself. */
  of(path: string): readonly string[] {
    const includes = this.#files.get(path)?.includes ?? [];
    return includes.flatMap((include) => this.#resolve(path, include) ?? []);
  }

  /** And what that includes in turn. */
  allOf(path: string): ReadonlySet<string> {
    const known = this.#seen.get(path);
    if (known) return known;
    const seen = new Set(this.of(path));
    // A set that grows is gone through to its new end.
    for (const header of seen) for (const other of this.of(header)) seen.add(other);
    seen.delete(path);
    this.#seen.set(path, seen);
    return seen;
  }

  /** Beside the file; or below some folder of headers, which only the Makefile knows: then the nearest. */
  #resolve(path: string, include: UnitFile['includes'][number]): string | undefined {
    const near = besides(path, include.path);
    if (!include.system && this.#files.has(near)) return near;
    const end = `/${include.path}`;
    let best: string | undefined;
    for (const other of this.#byName.get(lastPart(include.path)) ?? []) {
      if (!other.endsWith(end) || !(include.system ? other.includes('include/') : isClose(path, other)))
        continue;
      if (best === undefined || sharedLength(path, other) > sharedLength(path, best)) best = other;
    }
    return best;
  }
}

/** In the same driver, or in one that lies with it. */
const isClose = (a: string, b: string): boolean => a.slice(0, sharedLength(a, b)).split('/').length > 2;

const lastPart = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** How much of the beginning is the same, whole folders only. */
function sharedLength(a: string, b: string): number {
  let shared = 0;
  for (let i = 0; i < a.length && a[i] === b[i]; i++) if (a[i] === '/') shared = i + 1;
  return shared;
}

export const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/') + 1);
