// factsReader.ts
// A reader of facts for tests: the real parser, from the packages that the product is built with.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { FactsReader } from '../../src/facts/factsReader.ts';
import type { CParser } from '../../src/syntax/parser.ts';
import { createWasmParser } from '../../src/syntax/wasmParser.ts';

export function createTestParser(): Promise<CParser> {
  const require = createRequire(join(process.cwd(), 'package.json'));
  return createWasmParser({
    core: readFileSync(require.resolve('web-tree-sitter/web-tree-sitter.wasm')),
    language: readFileSync(require.resolve('tree-sitter-c/tree-sitter-c.wasm')),
  });
}

export async function createFactsReader(): Promise<FactsReader> {
  return new FactsReader(await createTestParser());
}

export const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
