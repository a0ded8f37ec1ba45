// wasmFiles.ts
// Reads the two WebAssembly files of the parser.

import { readFile } from 'node:fs/promises';
import { UserError } from '../../base/errors.ts';
import type { WasmFiles } from '../../syntax/wasmRuntime.ts';
import { bundledFile } from './bundledFiles.ts';

export async function readWasmFiles(): Promise<WasmFiles> {
  const [core, language] = await Promise.all([read('web-tree-sitter.wasm'), read('tree-sitter-c.wasm')]);
  return { core, language };
}

async function read(name: string): Promise<Uint8Array> {
  const path = bundledFile(name);
  if (path === undefined) {
    throw new UserError(
      'parser-not-available',
      `${name} is missing beside the program; install Holdwait again`,
    );
  }
  return readFile(path);
}
