// parser.ts
// The C parser by the name of its build.

import { UserError } from '../../base/errors.ts';
import type { CParser, ParserName } from '../../syntax/parser.ts';
import { createWasmParser } from '../../syntax/wasmParser.ts';
import { readWasmFiles } from './wasmFiles.ts';

export async function createParser(name: ParserName): Promise<CParser> {
  switch (name) {
    case 'wasm':
      return createWasmParser(await readWasmFiles());
    case 'native':
      throw new UserError('parser-not-available', 'this build has no native parser; use --parser wasm');
  }
}
