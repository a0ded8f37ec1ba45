// wasmParser.ts
// The WebAssembly engine: the same in Node, in workers and in the browser, with no compiler at installation.

import { Edit, Parser } from 'web-tree-sitter';
import type { Language, Tree } from 'web-tree-sitter';
import { CondensedText } from './condense.ts';
import { readCursorTree } from './cursorTree.ts';
import { FlatArrays } from './flatArrays.ts';
import type { FlatTree } from './flatTree.ts';
import { IncrementalDocument } from './incrementalDocument.ts';
import { MemoryTreeReader } from './memoryTree.ts';
import { latin1Text } from './names.ts';
import { parseClock, ParseLimitError } from './parseLimit.ts';
import type { CDocument, CParser } from './parser.ts';
import { readsLikeCursor } from './selfCheck.ts';
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

  constructor(memory: WebAssembly.Memory, language: Language) {
    this.#parser.setLanguage(language);
    this.#reader = new MemoryTreeReader(memory, addressOf(language));
    const parseSample = (text: Uint8Array): Tree => this.#parseBytes(text, null);
    this.access = readsLikeCursor(parseSample, this.#reader, addressOf) ? 'memory' : 'cursor';
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
    return new IncrementalDocument<Tree>({
      condense: (text) => this.#condense(text),
      parse: (bytes, old) => this.#parseBytes(bytes, old),
      edit: (tree, change) => tree.edit(new Edit(change)),
      release: (tree) => tree.delete(),
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
    const piece = (at: number): string => latin1Text(bytes, at, Math.min(at + pieceLength, bytes.length));
    const tree = this.#parser.parse(piece, old, { progressCallback: parseClock() });
    if (tree) return tree;
    // Without the reset, the next parse would go on with this text.
    this.#parser.reset();
    throw new ParseLimitError(bytes.length);
  }

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
