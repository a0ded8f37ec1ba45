// symbols.ts
// The questions about names, and how layers over the map of the whole tree answer them together: files that
// changed since the map was written, open editors, a patch. A layer hides what lower layers say of its files.

import { byCodeUnits } from './fileList.ts';
import type { FileSketch } from './sketchBlock.ts';
import type { Definition, DefinitionKind, FieldUse } from './treeIndex.ts';

export interface FieldFunction {
  readonly path: string;
  readonly name: string;
}

/** Answers are in order of path, then of place. */
export interface Symbols {
  definitionsOf(name: string): readonly Definition[];
  callersOf(name: string): readonly string[];
  fieldUsesOf(name: string): readonly FieldUse[];
  functionsInField(field: string): readonly FieldFunction[];
  /** Files that give a field of this name something that may be a function: see `isCallable`. Each once. */
  filesFilling(field: string): readonly string[];
  /** Names that these files define; some may come twice. */
  namesDefinedIn(paths: ReadonlySet<string>): readonly string[];
}

/** `undefined` as sketch: the file does not exist in this layer or above a deletion. */
export type LayerFiles = ReadonlyMap<string, FileSketch | undefined>;

/**
 * Whether a name given to a field may be a function. One that nothing defines may be made by a macro that pastes
 * names; one that only stands for data is a variable of that name somewhere.
 */
export function isCallable(definitions: readonly Definition[]): boolean {
  return definitions.length === 0 || definitions.some(({ kind }) => callableKinds.includes(kind));
}

export const callableKinds: readonly DefinitionKind[] = ['function', 'macro', 'object-macro'];

export function layered(lower: Symbols, files: LayerFiles): Symbols {
  if (files.size === 0) return lower;
  const own = symbolsOfSketches(files);
  const isVisible = ({ path }: { readonly path: string }): boolean => !files.has(path);
  const paths = new Set(files.keys());
  let moved: ReadonlySet<string> | undefined;
  const symbols: Symbols = {
    filesFilling: (field) => {
      moved ??= fieldsOfMoved(lower, symbols, paths);
      const mayBe = ({ name }: FieldFunction): boolean => isCallable(symbols.definitionsOf(name));
      if (moved.has(field)) return pathsOf(symbols.functionsInField(field).filter(mayBe));
      const below = lower.filesFilling(field).filter((path) => !files.has(path));
      const added = pathsOf(own.functionsInField(field).filter(mayBe));
      return added.length === 0 ? below : [...below, ...added].sort(byCodeUnits);
    },
    namesDefinedIn: (wanted) => [
      ...own.namesDefinedIn(wanted),
      ...lower.namesDefinedIn(new Set([...wanted].filter((path) => !files.has(path)))),
    ],
    definitionsOf: (name) => joined(lower.definitionsOf(name).filter(isVisible), own.definitionsOf(name)),
    fieldUsesOf: (name) => joined(lower.fieldUsesOf(name).filter(isVisible), own.fieldUsesOf(name)),
    functionsInField: (field) =>
      joined(lower.functionsInField(field).filter(isVisible), own.functionsInField(field)),
    callersOf: (name) => {
      const below = lower.callersOf(name).filter((path) => !files.has(path));
      const added = own.callersOf(name);
      return added.length === 0 ? below : [...below, ...added].sort(byCodeUnits);
    },
  };
  return symbols;
}

/** Fields that are given a name which is a function in one of the two only: nearly always none. */
function fieldsOfMoved(lower: Symbols, upper: Symbols, paths: ReadonlySet<string>): ReadonlySet<string> {
  const names = new Set([...lower.namesDefinedIn(paths), ...upper.namesDefinedIn(paths)]);
  const moved = [...names].filter(
    (name) => isCallable(lower.definitionsOf(name)) !== isCallable(upper.definitionsOf(name)),
  );
  return new Set(moved.flatMap((name) => lower.fieldUsesOf(name)).map(({ field }) => field));
}

const pathsOf = (found: readonly FieldFunction[]): readonly string[] => [
  ...new Set(found.map(({ path }) => path)),
];

// About what the driver with the most names asks for (amdgpu), in some megabytes.
const mostRemembered = 30_000;

/** The same answers. Definitions that were asked for are kept: with every keystroke come the same thousand names. */
export function remembering(symbols: Symbols): Symbols {
  const remembered = new Map<string, readonly Definition[]>();
  return {
    callersOf: (name) => symbols.callersOf(name),
    fieldUsesOf: (name) => symbols.fieldUsesOf(name),
    functionsInField: (field) => symbols.functionsInField(field),
    filesFilling: (field) => symbols.filesFilling(field),
    namesDefinedIn: (paths) => symbols.namesDefinedIn(paths),
    definitionsOf: (name) => {
      const known = remembered.get(name);
      if (known) return known;
      if (remembered.size >= mostRemembered) remembered.clear();
      const definitions = symbols.definitionsOf(name);
      remembered.set(name, definitions);
      return definitions;
    },
  };
}

/** Each file stands in one of the two lists only, so a stable sort by path keeps the order inside a file. */
function joined<T extends { readonly path: string }>(below: readonly T[], added: readonly T[]): readonly T[] {
  return added.length === 0 ? below : [...below, ...added].sort((a, b) => byCodeUnits(a.path, b.path));
}

function symbolsOfSketches(files: LayerFiles): Symbols {
  const definitions = new Lists<Definition>();
  const callers = new Lists<string>();
  const fieldUses = new Lists<FieldUse>();
  const inFields = new Lists<FieldFunction>();
  const sorted = [...files].sort(([a], [b]) => byCodeUnits(a, b));
  for (const [path, sketch] of sorted) {
    for (const { name, kind, isStatic, at } of sketch?.definitions ?? []) {
      definitions.add(name, { path, kind, at, isStatic });
    }
    for (const name of sketch?.calls ?? []) callers.add(name, path);
    for (const { name, field, at } of sketch?.fieldUses ?? []) {
      fieldUses.add(name, { path, field, at });
      const known = inFields.of(field).some((entry) => entry.path === path && entry.name === name);
      if (!known) inFields.add(field, { path, name });
    }
  }
  return {
    definitionsOf: (name) => definitions.of(name),
    callersOf: (name) => callers.of(name),
    fieldUsesOf: (name) => fieldUses.of(name),
    functionsInField: (field) => inFields.of(field),
    filesFilling: (field) =>
      pathsOf(inFields.of(field).filter(({ name }) => isCallable(definitions.of(name)))),
    namesDefinedIn: (paths) =>
      sorted.flatMap(([path, sketch]) =>
        paths.has(path) ? (sketch?.definitions ?? []).map(({ name }) => name) : [],
      ),
  };
}

class Lists<T> {
  readonly #lists = new Map<string, T[]>();

  add(key: string, item: T): void {
    const list = this.#lists.get(key);
    if (list) list.push(item);
    else this.#lists.set(key, [item]);
  }

  of(key: string): readonly T[] {
    return this.#lists.get(key) ?? [];
  }
}
