// testParser.ts
// The C parser for tests, read from the packages, so that tests need no build.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { CParser } from '../../src/syntax/parser.ts';
import { createWasmParser } from '../../src/syntax/wasmParser.ts';

export function createTestParser(): Promise<CParser> {
  return createWasmParser({
    core: readFileSync(join('node_modules', 'web-tree-sitter', 'web-tree-sitter.wasm')),
    language: readFileSync(join('node_modules', 'tree-sitter-c', 'tree-sitter-c.wasm')),
  });
}
