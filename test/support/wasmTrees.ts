// wasmTrees.ts
// tree-sitter itself, beneath the parser of the product: what that parser is compared with.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Parser } from 'web-tree-sitter';
import type { Tree } from 'web-tree-sitter';
import { readCursorTree } from '../../src/syntax/cursorTree.ts';
import { FlatArrays } from '../../src/syntax/flatArrays.ts';
import { MemoryTreeReader } from '../../src/syntax/memoryTree.ts';
import { addressOf, loadWasmRuntime } from '../../src/syntax/wasmRuntime.ts';

const require = createRequire(join(process.cwd(), 'package.json'));
const { memory, language } = await loadWasmRuntime({
  core: readFileSync(require.resolve('web-tree-sitter/web-tree-sitter.wasm')),
  language: readFileSync(require.resolve('tree-sitter-c/tree-sitter-c.wasm')),
});
const parser = new Parser().setLanguage(language);
const reader = new MemoryTreeReader(memory, addressOf(language));

/** The tree of the text as it is, without any preparation. */
export function parsePlain(text: Uint8Array): Tree {
  const tree = parser.parse(Buffer.from(text).toString('latin1'));
  if (!tree) throw new Error('the parser has no language');
  return tree;
}

export function throughCursor(tree: Tree): FlatArrays {
  const arrays = new FlatArrays();
  const cursor = tree.walk();
  readCursorTree(cursor, arrays);
  cursor.delete();
  return arrays;
}

export function throughMemory(tree: Tree): FlatArrays {
  const arrays = new FlatArrays();
  reader.read(addressOf(tree), arrays);
  return arrays;
}
