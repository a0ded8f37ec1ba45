// webIndexHost.ts
// The index in a web worker: no threads of its own, no cache, files through the editor.

import type { IndexHost } from '../../index/host.ts';
import { createWasmParser } from '../../syntax/wasmParser.ts';
import type { WasmFiles } from '../../syntax/wasmRuntime.ts';
import { sha1 } from './sha1.ts';
import type { NearTreeHost } from '../near/nearTreeHost.ts';

export function createWebIndexHost(
  tree: NearTreeHost,
  wasm: WasmFiles,
  log: (line: string) => void,
): IndexHost {
  return {
    tree,
    cache: undefined,
    workers: undefined,
    sha1,
    createParser: () => createWasmParser(wasm),
    now: () => Date.now(),
    // A timer lets messages of the editor in; a resolved promise would not.
    breathe: () => new Promise((resolve) => setTimeout(resolve, 0)),
    memoryBytes: () => 0,
    uniqueName: () => crypto.randomUUID(),
    log,
  };
}
