// parser.ts
// The C parser by the name of its build.

import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CParser, ParserName } from '../../syntax/parser.ts';
import { createWasmParser } from '../../syntax/wasmParser.ts';
import { createNativeParser } from './nativeParser.ts';
import { readWasmFiles } from './wasmFiles.ts';

export async function createParser(name: ParserName): Promise<CParser> {
  switch (name) {
    case 'wasm':
      return createWasmParser(await readWasmFiles());
    case 'native':
      return createNativeParser(nativePackages());
  }
}

/** Where its packages are installed. Never looked for around the current folder: that may be somebody else's tree. */
function nativePackages(): string {
  return process.env['HOLDWAIT_NATIVE_PARSER'] ?? dirname(fileURLToPath(import.meta.url));
}
