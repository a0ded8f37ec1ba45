// wasmParser.ts
// The WebAssembly engine: the same in Node, in workers and in the browser, with no compiler at installation.

import { Parser } from 'web-tree-sitter';
import type { Language, Tree } from 'web-tree-sitter';
import { CondensedText } from './condense.ts';
import { readCursorTree } from './cursorTree.ts';
import { FlatArrays } from './flatArrays.ts';
import type { FlatTree } from './flatTree.ts';
import { MemoryTreeReader } from './memoryTree.ts';
import { latin1Text } from './names.ts';
import { ParseClock, ParseLimitError } from './parseLimit.ts';
import type { CDocument, CParser } from './parser.ts';
import { readsLikeCursor } from './selfCheck.ts';
import { changeBetween } from './textChange.ts';
import { addressOf, loadWasmRuntime } from './wasmRuntime.ts';
import type { WasmFiles } from './wasmRuntime.ts';

export async function createWasmParser(wasm: WasmFiles): Promise<CParser> {
  const { memory, language } = await loadWasmRuntime(wasm);
  return new WasmParser(memory, language);
}

/** What fits into web-tree-sitter's buffer of UTF-16; a longer piece would be cut and asked for again. */
const pieceLength = 5119;

class WasmParser implements CParser {
  readonly name = 'wasm';
  readonly access: CParser['access'];
  readonly #parser = new Parser();
  readonly #reader: MemoryTreeReader;
  readonly #condensed = new CondensedText();
  readonly #arrays = new FlatArrays();
  readonly #clock = new ParseClock();

  constructor(memory: WebAssembly.Memory, language: Language) {
    this.#parser.setLanguage(language);
    this.#reader = new MemoryTreeReader(memory, addressOf(language));
    const parse = (text: Uint8Array): Tree => this.#parseBytes(text, null);
    this.access = readsLikeCursor(parse, this.#reader, addressOf) ? 'memory' : 'cursor';
  }

  parse<R>(text: Uint8Array, use: (tree: FlatTree) => R): R {
    const tree = this.#parseBytes(this.#condense(text), null);
    try {
      return use(this.#flatten(tree));
    } finally {
      tree.delete();
    }
  }

  openDocument(): CDocument {
    return new WasmDocument({
      condense: (text) => this.#condense(text),
      parse: (bytes, old) => this.#parseBytes(bytes, old),
      flatten: (tree) => this.#flatten(tree),
    });
  }

  dispose(): void {
    this.#parser.delete();
  }

  #condense(text: Uint8Array): Uint8Array {
    this.#condensed.read(text);
    return this.#condensed.bytes.subarray(0, this.#condensed.length);
  }

  #parseBytes(bytes: Uint8Array, old: Tree | null): Tree {
    this.#clock.start();
    const piece = (at: number): string => latin1Text(bytes, at, Math.min(at + pieceLength, bytes.length));
    const tree = this.#parser.parse(piece, old, { progressCallback: () => this.#clock.isOver() });
    if (tree) return tree;
    // Without the reset, the next parse would go on with this text.
    this.#parser.reset();
    throw new ParseLimitError(bytes.length);
  }

  /** The tree of the text that was condensed last, with the places of that text. */
  #flatten(tree: Tree): FlatTree {
    if (this.access === 'memory') {
      this.#reader.read(addressOf(tree), this.#arrays);
    } else {
      const cursor = tree.walk();
      try {
        readCursorTree(cursor, this.#arrays);
      } finally {
        cursor.delete();
      }
    }
    this.#condensed.place(this.#arrays);
    return this.#arrays;
  }
}

/** What a document asks of its parser. */
interface ParseSteps {
  /** The short text; overwritten by the next one. */
  condense(text: Uint8Array): Uint8Array;
  parse(bytes: Uint8Array, old: Tree | null): Tree;
  flatten(tree: Tree): FlatTree;
}

/** Keeps the tree of its last text, which is what makes the next parse quick. */
class WasmDocument implements CDocument {
  readonly #steps: ParseSteps;
  #tree: Tree | null = null;
  /** The short text of `#tree`. */
  #bytes = new Uint8Array(0);

  constructor(steps: ParseSteps) {
    this.#steps = steps;
  }

  update<R>(text: Uint8Array, use: (tree: FlatTree) => R): R {
    const bytes = this.#steps.condense(text);
    const old = this.#tree;
    const change = changeBetween(this.#bytes, bytes);
    if (!old || change) {
      if (change) old?.edit(change);
      this.#tree = null;
      try {
        this.#tree = this.#steps.parse(bytes, old);
        this.#bytes = bytes.slice();
      } finally {
        old?.delete();
      }
    }
    if (!this.#tree) throw new Error('a document without a tree');
    return use(this.#steps.flatten(this.#tree));
  }

  dispose(): void {
    this.#tree?.delete();
    this.#tree = null;
  }
}
