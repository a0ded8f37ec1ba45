// web.ts
// The language server as a web worker: files come through requests to the editor, the parser's code with the first
// message, and everything runs on this thread.

import { BrowserMessageReader, BrowserMessageWriter, createConnection } from 'vscode-languageserver/browser';
import type { Connection } from 'vscode-languageserver/browser';
import type { AddressedFiles } from '../hosts/near/addressedFiles.ts';
import { createWebIndexHost } from '../hosts/web/webIndexHost.ts';
import { NearTreeHost } from '../hosts/near/nearTreeHost.ts';
import { openIndex } from '../index/indexedTree.ts';
import type { WasmFiles } from '../syntax/wasmRuntime.ts';
import { addressInside } from './addresses.ts';
import type { ServerEnvironment } from './environment.ts';
import { IndexedOpenTree } from './indexedOpenTree.ts';
import { findKernelRoot } from './kernelRoot.ts';
import { NearAnalyst } from './nearAnalyst.ts';
import type { RequestsToClient, WebServerOptions } from './protocol.ts';
import { startServer } from './server.ts';

declare const self: DedicatedWorkerGlobalScope;
/** Of lib.webworker, which cannot be had together with lib.dom. */
type DedicatedWorkerGlobalScope = ConstructorParameters<typeof BrowserMessageReader>[0];

const connection = createConnection(new BrowserMessageReader(self), new BrowserMessageWriter(self));
startServer(connection, (params) => {
  const { wasm } = params.initializationOptions as WebServerOptions;
  return webEnvironment(filesOf(connection), wasm);
});
connection.listen();

// Findings are looked for on the one thread there is, and whoever types gets no lens meanwhile.
const restBeforeFindings = 2500;

function webEnvironment(files: AddressedFiles, wasm: WasmFiles): ServerEnvironment {
  return {
    findTree: (address) => findKernelRoot(address, files),
    openTree: async (root, settings, events, token) => {
      const tree = new NearTreeHost(root, files);
      const host = createWebIndexHost(tree, wasm, (line) => events.log(line));
      const index = await openIndex(host, { architecture: settings.architecture, token });
      const analyst = new NearAnalyst({
        index,
        prefer: (folder) => open.prefer(folder),
        readFile: (path) => files.readFile(addressInside(root, path)),
        note: () => tree.note,
      });
      const open = new IndexedOpenTree(index, events, {
        analyst,
        background: settings.backgroundIndexing,
        addFolder: (folder) => tree.addFolder(folder),
        note: () => tree.note,
        forget: (path) => tree.forget(path),
      });
      return open;
    },
    restMilliseconds: restBeforeFindings,
    memory: () => ({ residentBytes: undefined, heapBytes: undefined }),
  };
}

function filesOf(client: Connection): AddressedFiles {
  const ask = <M extends keyof RequestsToClient>(
    method: M,
    params: RequestsToClient[M]['params'],
  ): Promise<RequestsToClient[M]['result']> =>
    client.sendRequest<RequestsToClient[M]['result']>(method, params);
  return {
    readFile: async (address) => (await ask('holdwait/readFile', { address })) ?? undefined,
    listFolder: async (address) => (await ask('holdwait/listFolder', { address })) ?? undefined,
    stat: async (addresses) => (await ask('holdwait/stat', { addresses })).map((stat) => stat ?? undefined),
  };
}
