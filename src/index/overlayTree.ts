// overlayTree.ts
// A view of a tree in which some files have other text: open editors, a patch. Everything else is the tree below,
// and follows it when files change on disk.

import type { Token } from '../base/cancel.ts';
import type { FileFacts } from '../facts/fileFacts.ts';
import type { CachedDerived } from './derivedStore.ts';
import { aboutTheTree } from './aboutTheTree.ts';
import { blobIdOf } from './fileContent.ts';
import type { FactsStore } from './factsStore.ts';
import { byCodeUnits } from './fileList.ts';
import type { FileReader } from './fileReader.ts';
import type { OpenDocuments } from './openDocuments.ts';
import { sketchOf, type FileSketch } from './sketchBlock.ts';
import { isCallable, layered, remembering, type FieldFunction, type Symbols } from './symbols.ts';
import type { Definition, FieldUse, IndexCounts, TreeChanges, TreeIndex } from './treeIndex.ts';

export interface OverlayParts {
  readonly reader: FileReader;
  readonly facts: FactsStore;
  readonly documents: OpenDocuments;
  readonly sha1: (parts: readonly Uint8Array[]) => string;
}

/** What an overlay stands on: a tree on disk, or another overlay. */
export interface OverlayBase extends TreeIndex {
  readonly symbols: Symbols;
  readonly generation: number;
  derived(): CachedDerived | undefined;
}

export class OverlayTree implements OverlayBase {
  readonly root: string;
  readonly #base: OverlayBase;
  readonly #texts: ReadonlyMap<string, Uint8Array | undefined>;
  readonly #parts: OverlayParts;
  readonly #sketches = new Map<string, FileSketch | undefined>();
  /** Texts whose facts could not be made, with the reason. */
  readonly #failed = new Map<string, string>();
  #derived: { readonly generation: number; readonly symbols: Symbols } | undefined;

  constructor(base: OverlayBase, texts: ReadonlyMap<string, Uint8Array | undefined>, parts: OverlayParts) {
    this.root = base.root;
    this.#base = base;
    this.#texts = new Map(texts);
    this.#parts = parts;
    for (const [path, text] of texts) {
      if (aboutTheTree.has(path)) continue;
      this.#sketches.set(path, text && sketchOfText(path, text, parts.reader));
    }
  }

  get generation(): number {
    return this.#base.generation;
  }

  get symbols(): Symbols {
    return this.#layers();
  }

  get files(): readonly string[] {
    const files = new Set(this.#base.files);
    for (const path of this.#sketches.keys()) {
      if (this.#texts.get(path)) files.add(path);
      else files.delete(path);
    }
    return [...files].sort(byCodeUnits);
  }

  get counts(): IndexCounts {
    const below = this.#base.counts;
    const failed = [...this.#failed].map(([path, reason]) => ({ path, reason }));
    return { ...below, files: this.files.length, skipped: [...below.skipped, ...failed] };
  }

  definitionsOf(name: string): readonly Definition[] {
    return this.symbols.definitionsOf(name);
  }

  callersOf(name: string): readonly string[] {
    return this.symbols.callersOf(name);
  }

  fieldUsesOf(name: string): readonly FieldUse[] {
    return this.symbols.fieldUsesOf(name);
  }

  functionsInField(field: string): readonly FieldFunction[] {
    return this.symbols
      .functionsInField(field)
      .filter(({ name }) => isCallable(this.symbols.definitionsOf(name)));
  }

  filesFilling(field: string): readonly string[] {
    return this.symbols.filesFilling(field);
  }

  async facts(paths: readonly string[], token: Token): Promise<ReadonlyMap<string, FileFacts>> {
    const below = await this.#base.facts(
      paths.filter((path) => !this.#texts.has(path)),
      token,
    );
    const found = new Map<string, FileFacts>();
    for (const path of paths) {
      const text = this.#texts.get(path);
      const facts = this.#texts.has(path) ? text && (await this.#factsOfText(path, text)) : below.get(path);
      if (facts) found.set(path, facts);
    }
    return found;
  }

  factsOfTexts(texts: readonly Uint8Array[], token: Token): Promise<readonly (FileFacts | undefined)[]> {
    return this.#base.factsOfTexts(texts, token);
  }

  derived(): CachedDerived | undefined {
    const { sha1 } = this.#parts;
    const blobs = [...this.#texts].map(([path, text]): [string, string] => [
      path,
      text ? blobIdOf(text, sha1) : '',
    ]);
    return this.#base.derived()?.over(blobs);
  }

  async text(path: string): Promise<Uint8Array | undefined> {
    return this.#texts.has(path) ? this.#texts.get(path) : this.#base.text(path);
  }

  changesFrom(base: TreeIndex): TreeChanges | undefined {
    if (base !== this.#base) return undefined;
    const paths = new Set(this.#texts.keys());
    const names = [this.#base, this].flatMap(({ symbols }) => symbols.namesDefinedIn(paths));
    return { paths, names: new Set(names) };
  }

  async overlay(files: ReadonlyMap<string, Uint8Array | undefined>): Promise<TreeIndex> {
    return new OverlayTree(this, files, this.#parts);
  }

  /** A text that is on disk too (an editor without changes) is not read again. */
  async #factsOfText(path: string, text: Uint8Array): Promise<FileFacts | undefined> {
    const { documents, facts, reader, sha1 } = this.#parts;
    const blob = blobIdOf(text, sha1);
    const known = await facts.get(blob);
    if (known) return known;
    try {
      return documents.read(path, blob, text, await reader.facts());
    } catch (error) {
      // Half-typed text may be more than the parser takes: named and counted, and the next keystroke will tell.
      this.#failed.set(path, error instanceof Error ? error.message : String(error));
      return undefined;
    }
  }

  /** Without a look at the list of files: with every keystroke there comes a new overlay. */
  #layers(): Symbols {
    const { generation } = this.#base;
    if (this.#derived?.generation !== generation) {
      this.#derived = { generation, symbols: remembering(layered(this.#base.symbols, this.#sketches)) };
    }
    return this.#derived.symbols;
  }
}

// With every keystroke in one editor there comes a new overlay of all open editors; the others bring the same bytes.
const sketches = new WeakMap<Uint8Array, FileSketch>();

function sketchOfText(path: string, text: Uint8Array, reader: FileReader): FileSketch {
  const known = sketches.get(text);
  if (known) return known;
  const sketch = sketchOf(reader.sketchText(path, text), 0);
  sketches.set(text, sketch);
  return sketch;
}
