// web.ts
// The language server as a web worker: files come through requests to the editor, the parser's code with the first
// message, and everything runs on this thread.

import { BrowserMessageReader, BrowserMessageWriter, createConnection } from 'vscode-languageserver/browser';
import { NearTreeHost } from '../hosts/near/nearTreeHost.ts';
import { createWebIndexHost } from '../hosts/web/webIndexHost.ts';
import { openIndex } from '../index/indexedTree.ts';
import type { WasmFiles } from '../syntax/wasmRuntime.ts';
import { editorFiles } from './editorFiles.ts';
import type { EditorFiles } from './editorFiles.ts';
import type { ServerEnvironment } from './environment.ts';
import { findKernelRoot } from './kernelRoot.ts';
import { nearOpenTree, restBeforeNearFindings } from './nearOpenTree.ts';
import type { WebServerOptions } from './protocol.ts';
import { startServer } from './server.ts';

declare const self: DedicatedWorkerGlobalScope;
/** Of lib.webworker, which cannot be had together with lib.dom. */
type DedicatedWorkerGlobalScope = ConstructorParameters<typeof BrowserMessageReader>[0];

const connection = createConnection(new BrowserMessageReader(self), new BrowserMessageWriter(self));
startServer(connection, (params) => {
  const { wasm } = params.initializationOptions as WebServerOptions;
  return webEnvironment(
    editorFiles(connection, (sent) => sent as Uint8Array),
    wasm,
  );
});
connection.listen();

function webEnvironment(files: EditorFiles, wasm: WasmFiles): ServerEnvironment {
  return {
    findTree: (address) => findKernelRoot(address, files),
    openTree: async (root, settings, events, token) => {
      const tree = new NearTreeHost(root, files);
      const host = createWebIndexHost(tree, wasm, (line) => events.log(line));
      const index = await openIndex(host, { architecture: settings.architecture, token });
      return nearOpenTree(index, tree, settings, events);
    },
    restMilliseconds: restBeforeNearFindings,
    memory: () => ({ residentBytes: undefined, heapBytes: undefined }),
  };
}
