// sketchBlock.ts
// Symbol sketches of some files as they travel from a worker and lie in the cache: every name once, rows of numbers.

import type { Position } from '../base/position.ts';
import type { DefinitionKind } from './treeIndex.ts';

/** The order is part of the cache's format. */
export const definitionKinds: readonly DefinitionKind[] = [
  'function',
  'macro',
  'object-macro',
  'struct',
  'union',
  'enum',
  'typedef',
  'global',
  'enumerator',
];

/** Added to the index of the kind. */
export const staticFlag = 16;

export interface SketchedFile {
  readonly path: string;
  /** git blob id; empty where the file could not be read. */
  readonly blob: string;
  /** Why the file has no rows; `undefined` where it was read. */
  readonly skipped: string | undefined;
}

/** Rows of file `i` end at `definitionEnds[i]` and so on, counted in rows. Names are indices into `nameEnds`. */
export interface SketchBlock {
  readonly files: readonly SketchedFile[];
  readonly nameBytes: Uint8Array;
  readonly nameEnds: Uint32Array;
  /** By `hashOf`: made where the names are read, on several threads at once. */
  readonly nameHashes: Uint32Array;
  /** (name, kind and static flag, position) triples. */
  readonly definitions: Uint32Array;
  readonly definitionEnds: Uint32Array;
  /** One name each; no name twice in one file. */
  readonly calls: Uint32Array;
  readonly callEnds: Uint32Array;
  /** (name, field, position) triples. The field of an argument of a file-level macro is `module_init()`. */
  readonly fieldUses: Uint32Array;
  readonly fieldUseEnds: Uint32Array;
}

/** One file of a block with readable names: for small layers over the map of the whole tree, and for tests. */
export interface FileSketch {
  readonly definitions: readonly SketchedDefinition[];
  readonly calls: readonly string[];
  readonly fieldUses: readonly SketchedFieldUse[];
}

export interface SketchedDefinition {
  readonly name: string;
  readonly kind: DefinitionKind;
  readonly isStatic: boolean;
  readonly at: Position;
}

export interface SketchedFieldUse {
  readonly name: string;
  readonly field: string;
  readonly at: Position;
}

export function sketchOf(block: SketchBlock, file: number): FileSketch {
  const definitions: SketchedDefinition[] = [];
  const calls: string[] = [];
  const fieldUses: SketchedFieldUse[] = [];
  for (let row = rowStart(block.definitionEnds, file); row < block.definitionEnds[file]!; row++) {
    const kind = block.definitions[row * 3 + 1]!;
    definitions.push({
      name: nameOf(block, block.definitions[row * 3]!),
      kind: definitionKinds[kind & (staticFlag - 1)]!,
      isStatic: (kind & staticFlag) !== 0,
      at: block.definitions[row * 3 + 2]! as Position,
    });
  }
  for (let row = rowStart(block.callEnds, file); row < block.callEnds[file]!; row++) {
    calls.push(nameOf(block, block.calls[row]!));
  }
  for (let row = rowStart(block.fieldUseEnds, file); row < block.fieldUseEnds[file]!; row++) {
    fieldUses.push({
      name: nameOf(block, block.fieldUses[row * 3]!),
      field: nameOf(block, block.fieldUses[row * 3 + 1]!),
      at: block.fieldUses[row * 3 + 2]! as Position,
    });
  }
  return { definitions, calls, fieldUses };
}

/** The same block with files that gave nothing, named with their reasons. */
export function withSkippedFiles(block: SketchBlock, skipped: readonly SketchedFile[]): SketchBlock {
  if (skipped.length === 0) return block;
  const longer = (ends: Uint32Array): Uint32Array => {
    const copy = new Uint32Array(ends.length + skipped.length).fill(ends.at(-1) ?? 0);
    copy.set(ends);
    return copy;
  };
  return {
    ...block,
    files: [...block.files, ...skipped],
    definitionEnds: longer(block.definitionEnds),
    callEnds: longer(block.callEnds),
    fieldUseEnds: longer(block.fieldUseEnds),
  };
}

/** Only some files of a block; the names stay. */
export function selectFiles(
  block: SketchBlock,
  wanted: (file: SketchedFile, index: number) => boolean,
): SketchBlock {
  const indices = [...block.files.keys()].filter((i) => wanted(block.files[i]!, i));
  if (indices.length === block.files.length) return block;
  const select = (
    cells: Uint32Array,
    ends: Uint32Array,
    width: number,
  ): readonly [Uint32Array, Uint32Array] => {
    const parts = indices.map((i) => cells.subarray(rowStart(ends, i) * width, ends[i]! * width));
    const selected = new Uint32Array(parts.reduce((length, part) => length + part.length, 0));
    const selectedEnds = new Uint32Array(parts.length);
    let length = 0;
    for (const [i, part] of parts.entries()) {
      selected.set(part, length);
      length += part.length;
      selectedEnds[i] = length / width;
    }
    return [selected, selectedEnds];
  };
  const [definitions, definitionEnds] = select(block.definitions, block.definitionEnds, 3);
  const [calls, callEnds] = select(block.calls, block.callEnds, 1);
  const [fieldUses, fieldUseEnds] = select(block.fieldUses, block.fieldUseEnds, 3);
  return {
    ...block,
    files: indices.map((i) => block.files[i]!),
    definitions,
    definitionEnds,
    calls,
    callEnds,
    fieldUses,
    fieldUseEnds,
  };
}

export const rowStart = (ends: Uint32Array, file: number): number => (file === 0 ? 0 : ends[file - 1]!);

const decoder = new TextDecoder();

function nameOf(block: SketchBlock, name: number): string {
  return decoder.decode(block.nameBytes.subarray(rowStart(block.nameEnds, name), block.nameEnds[name]));
}
