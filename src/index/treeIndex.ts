// treeIndex.ts
// What the rest of the engine asks of an indexed kernel tree.

import type { Token } from '../base/cancel.ts';
import type { Position } from '../base/position.ts';
import type { FileFacts } from '../facts/fileFacts.ts';
import type { DerivedStore } from './derivedStore.ts';

/** What a name stands for at the place that defines it, as far as tokens tell. */
export type DefinitionKind =
  'function' | 'macro' | 'object-macro' | 'struct' | 'union' | 'enum' | 'typedef' | 'global' | 'enumerator';

export interface Definition {
  /** Relative to the root, with `/`. */
  readonly path: string;
  readonly kind: DefinitionKind;
  readonly at: Position;
  readonly isStatic: boolean;
}

/**
 * One `.field = name`, the raw material of indirect calls. `[x] = name` inside a table has the field `[]`, an
 * argument of a macro call outside functions has the macro's name with parentheses: `module_init()`.
 */
export interface FieldUse {
  readonly path: string;
  readonly field: string;
  readonly at: Position;
}

/** A file that could not be indexed: named, counted, never fatal. */
export interface SkippedFile {
  readonly path: string;
  readonly reason: string;
}

export interface IndexCounts {
  readonly files: number;
  readonly filesWithFacts: number;
  readonly skipped: readonly SkippedFile[];
}

/** What one view of a tree may say otherwise than another one. */
export interface TreeChanges {
  readonly paths: ReadonlySet<string>;
  /** Names that these files define, in one of the two or in both. */
  readonly names: ReadonlySet<string>;
}

/**
 * A tree at one moment. Symbols of the whole tree are there from the start, full facts come on demand.
 * `overlay` gives a second view in which some files have other text (an open editor, a patch) and everything else is shared.
 */
export interface TreeIndex {
  readonly root: string;
  readonly counts: IndexCounts;
  /** All indexed files in order of their path. */
  readonly files: readonly string[];
  definitionsOf(name: string): readonly Definition[];
  /** Files in which the name is called, in order of their path. */
  callersOf(name: string): readonly string[];
  /** Where the function's name is given to a field of some table. */
  fieldUsesOf(name: string): readonly FieldUse[];
  /** Names given to a field of this name somewhere: candidates of an indirect call. */
  functionsInField(field: string): readonly { readonly path: string; readonly name: string }[];
  /** Files that give some function to a field of this name, in order of their path. */
  filesFilling(field: string): readonly string[];
  /** Facts of files, from the cache or freshly parsed. A file that cannot be read is left out and counted as skipped. */
  facts(paths: readonly string[], token: Token): Promise<ReadonlyMap<string, FileFacts>>;
  /** Facts of texts that lie in no tree, such as stubs; kept as those of files are. `undefined`: could not be read. */
  factsOfTexts(texts: readonly Uint8Array[], token: Token): Promise<readonly (FileFacts | undefined)[]>;
  /** Where what was worked out from this state is kept; `undefined`: nowhere. */
  derived(): DerivedStore | undefined;
  /** The id that git would give the file's content, where that is known. */
  blobOf?(path: string): string | undefined;
  /** The bytes of a file in this view. */
  text(path: string): Promise<Uint8Array | undefined>;
  /** `undefined` as text means: the file does not exist in that view. */
  overlay(files: ReadonlyMap<string, Uint8Array | undefined>): Promise<TreeIndex>;
  /** Where this is a view over `base`: how they differ. `undefined`: nobody knows. */
  changesFrom(base: TreeIndex): TreeChanges | undefined;
}
