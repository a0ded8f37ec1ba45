// wasmRuntime.ts
// Loads tree-sitter and the C grammar, once per thread. The memory is made here, so that trees can be read from it.

import { Language, Parser } from 'web-tree-sitter';
import type { Tree } from 'web-tree-sitter';
import { Kind, kindTypes, grammarVersion } from './cSymbols.ts';
import type { KindName } from './cSymbols.ts';

export interface WasmFiles {
  /** web-tree-sitter.wasm */
  readonly core: Uint8Array;
  /** tree-sitter-c.wasm */
  readonly language: Uint8Array;
}

export interface WasmRuntime {
  readonly memory: WebAssembly.Memory;
  readonly language: Language;
}

// web-tree-sitter keeps one module per thread and ignores the options of every later initialisation.
let runtime: Promise<WasmRuntime> | undefined;

export function loadWasmRuntime(files: WasmFiles): Promise<WasmRuntime> {
  runtime ??= load(files).catch((error: unknown) => {
    runtime = undefined;
    throw error;
  });
  return runtime;
}

async function load(files: WasmFiles): Promise<WasmRuntime> {
  // 32 MB at first, 2 GB at most: what web-tree-sitter would take for itself.
  const memory = new WebAssembly.Memory({ initial: 512, maximum: 32768 });
  const options = {
    wasmMemory: memory,
    wasmBinary: files.core,
    // Without it the module resolves its own address, which a bundle in CommonJS does not have.
    locateFile: (name: string) => name,
  };
  await Parser.init(options);
  const language = await Language.load(files.language);
  checkKinds(language);
  return { memory, language };
}

/** A grammar whose numbers differ from cSymbols.ts would give wrong facts without a word. */
function checkKinds(language: Language): void {
  for (const [name, [type, isNamed]] of Object.entries(kindTypes)) {
    const id = language.idForNodeType(type, isNamed);
    const expected = Kind[name as KindName];
    if (id === expected) continue;
    throw new Error(
      `the C grammar is not tree-sitter-c ${grammarVersion}: ${name} is ${id ?? 'unknown'}, not ${expected}; ` +
        'run scripts/generate-c-symbols.mjs',
    );
  }
}

/** The addresses that web-tree-sitter keeps under the key 0 of its objects. */
export const addressOf = (object: Language | Tree): number =>
  (object as unknown as { readonly 0: number })[0];
