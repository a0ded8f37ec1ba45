// symbolMap.ts
// Who defines, calls and hands out a name in a whole tree: an inverted index in typed arrays. It lies in the cache as
// one file that answers as soon as it is read. symbolMapBuilder.ts makes it.

import type { Position } from '../base/position.ts';
import { decodeArrays, encodeArrays, packStrings, unpackStrings } from './arrayFile.ts';
import { findName, nameText, type NameArrays } from './namePool.ts';
import { definitionKinds, staticFlag } from './sketchBlock.ts';
import { callableKinds } from './symbols.ts';
import type { FieldFunction, Symbols } from './symbols.ts';
import type { Definition, FieldUse } from './treeIndex.ts';

/** Raise with every change of the layout, of the hash, or of what a sketch holds. */
export const symbolMapFormat = 1;

/** One file of the tree as the map has it. */
export interface MappedFile {
  readonly path: string;
  readonly blob: string;
  readonly skipped: string | undefined;
}

/** Rows of name `i` are `starts[i]` to `starts[i + 1]` of the arrays beside it, in order of file and place. */
export interface SymbolColumns {
  readonly definitionStarts: Uint32Array;
  readonly definitionFile: Uint32Array;
  readonly definitionKind: Uint8Array;
  readonly definitionAt: Uint32Array;
  readonly callStarts: Uint32Array;
  readonly callFile: Uint32Array;
  readonly useStarts: Uint32Array;
  readonly useFile: Uint32Array;
  readonly useField: Uint32Array;
  readonly useAt: Uint32Array;
  /** By field: which names it is given, and where. */
  readonly fieldStarts: Uint32Array;
  readonly fieldFile: Uint32Array;
  readonly fieldName: Uint32Array;
}

export class SymbolMap implements Symbols {
  /** In order of path. */
  readonly files: readonly MappedFile[];
  readonly names: NameArrays;
  readonly columns: SymbolColumns;

  constructor(files: readonly MappedFile[], names: NameArrays, columns: SymbolColumns) {
    this.files = files;
    this.names = names;
    this.columns = columns;
  }

  definitionsOf(name: string): readonly Definition[] {
    const { definitionStarts, definitionFile, definitionKind, definitionAt } = this.columns;
    return this.#rows(definitionStarts, name, (row) => ({
      path: this.#path(definitionFile, row),
      kind: definitionKinds[definitionKind[row]! & (staticFlag - 1)]!,
      at: definitionAt[row]! as Position,
      isStatic: (definitionKind[row]! & staticFlag) !== 0,
    }));
  }

  callersOf(name: string): readonly string[] {
    return this.#rows(this.columns.callStarts, name, (row) => this.#path(this.columns.callFile, row));
  }

  fieldUsesOf(name: string): readonly FieldUse[] {
    const { useStarts, useFile, useField, useAt } = this.columns;
    return this.#rows(useStarts, name, (row) => ({
      path: this.#path(useFile, row),
      field: nameText(this.names, useField[row]!),
      at: useAt[row]! as Position,
    }));
  }

  functionsInField(field: string): readonly FieldFunction[] {
    const { fieldStarts, fieldFile, fieldName } = this.columns;
    const found = this.#rows(fieldStarts, field, (row) => ({
      path: this.#path(fieldFile, row),
      name: nameText(this.names, fieldName[row]!),
    }));
    return withoutRepeats(found);
  }

  filesFilling(field: string): readonly string[] {
    const { fieldStarts, fieldFile, fieldName } = this.columns;
    const index = findName(this.names, field);
    const paths: string[] = [];
    if (index < 0) return paths;
    let last = -1;
    // Rows come in order of file. No text is made of the names: `probe` has ten thousand of them.
    for (let row = fieldStarts[index]!; row < fieldStarts[index + 1]!; row++) {
      if (fieldFile[row] === last || !this.#isCallable(fieldName[row]!)) continue;
      last = fieldFile[row]!;
      paths.push(this.#path(fieldFile, row));
    }
    return paths;
  }

  namesDefinedIn(paths: ReadonlySet<string>): readonly string[] {
    const { definitionStarts, definitionFile } = this.columns;
    const wanted = Uint8Array.from(this.files, ({ path }) => (paths.has(path) ? 1 : 0));
    const found: string[] = [];
    let name = 0;
    for (let row = 0; row < definitionFile.length; row++) {
      if (wanted[definitionFile[row]!] === 0) continue;
      while (definitionStarts[name + 1]! <= row) name++;
      found.push(nameText(this.names, name));
    }
    return found;
  }

  #isCallable(name: number): boolean {
    const { definitionStarts, definitionKind } = this.columns;
    const [start, end] = [definitionStarts[name]!, definitionStarts[name + 1]!];
    for (let row = start; row < end; row++) {
      if (callableKinds.includes(definitionKinds[definitionKind[row]! & (staticFlag - 1)]!)) return true;
    }
    return start === end;
  }

  /** Chunks of one file. */
  encode(): readonly Uint8Array[] {
    return encodeArrays(symbolMapFormat, [
      ...packStrings(this.files.map(({ path }) => path)),
      ...packStrings(this.files.map(({ blob }) => blob)),
      ...packStrings(this.files.map(({ skipped }) => skipped ?? '')),
      this.names.bytes,
      this.names.ends,
      this.names.slots,
      ...columnNames.map((column) => this.columns[column]),
    ]);
  }

  static decode(bytes: Uint8Array): SymbolMap | undefined {
    const arrays = decodeArrays(symbolMapFormat, bytes);
    if (arrays?.length !== 9 + columnNames.length) return undefined;
    const strings = (at: number): string[] =>
      unpackStrings(arrays[at] as Uint8Array, arrays[at + 1] as Uint32Array);
    const blobs = strings(2);
    const reasons = strings(4);
    const files = strings(0).map((path, i) => ({ path, blob: blobs[i]!, skipped: reasons[i] || undefined }));
    const [nameBytes, ends, slots] = arrays.slice(6, 9);
    const names = { bytes: nameBytes, ends, slots } as NameArrays;
    const columns = Object.fromEntries(columnNames.map((column, i) => [column, arrays[9 + i]]));
    return new SymbolMap(files, names, columns as unknown as SymbolColumns);
  }

  #rows<T>(starts: Uint32Array, name: string, read: (row: number) => T): T[] {
    const index = findName(this.names, name);
    const rows: T[] = [];
    if (index < 0) return rows;
    for (let row = starts[index]!; row < starts[index + 1]!; row++) rows.push(read(row));
    return rows;
  }

  #path(column: Uint32Array, row: number): string {
    return this.files[column[row]!]!.path;
  }
}

export const emptySymbols: Symbols = {
  definitionsOf: () => [],
  callersOf: () => [],
  fieldUsesOf: () => [],
  functionsInField: () => [],
  filesFilling: () => [],
  namesDefinedIn: () => [],
};

/** The order in the file. */
const columnNames = [
  'definitionStarts',
  'definitionFile',
  'definitionKind',
  'definitionAt',
  'callStarts',
  'callFile',
  'useStarts',
  'useFile',
  'useField',
  'useAt',
  'fieldStarts',
  'fieldFile',
  'fieldName',
] as const satisfies readonly (keyof SymbolColumns)[];

/** Rows come in order of file, so repeats stand near each other, but not always side by side. */
function withoutRepeats(found: readonly FieldFunction[]): readonly FieldFunction[] {
  const seen = new Set<string>();
  return found.filter(({ path, name }) => {
    const key = `${path}\n${name}`;
    return !seen.has(key) && seen.add(key);
  });
}
