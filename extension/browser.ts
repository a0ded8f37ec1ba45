// browser.ts
// Entry for the browser extension host: the server is a web worker, and reads files through the editor.

import * as vscode from 'vscode';
import type { MessageTransports } from 'vscode-languageclient/browser';
import { activateFeatures } from './activate.ts';
import { serveFiles } from './servedFiles.ts';
import { serverOptions } from './settings.ts';

export function activate(context: vscode.ExtensionContext): void {
  let worker: Worker | undefined;
  // A new worker for every start: one that failed, or that was told to leave, serves no more.
  const startWorker = async (): Promise<MessageTransports> => {
    const { BrowserMessageReader, BrowserMessageWriter } = await clientPackage();
    worker?.terminate();
    worker = makeWorker(await readBundled(context, 'server.browser.js'));
    // Handed over as it is, it would not be taken for one: VS Code has another `Worker` than the client knows.
    return { reader: new BrowserMessageReader(worker), writer: new BrowserMessageWriter(worker) };
  };
  context.subscriptions.push({ dispose: () => worker?.terminate() });
  activateFeatures(context, async (options) => {
    const wasm = {
      core: await readBundled(context, 'web-tree-sitter.wasm'),
      language: await readBundled(context, 'tree-sitter-c.wasm'),
    };
    const { LanguageClient } = await clientPackage();
    const client = new LanguageClient('holdwait', 'Holdwait', startWorker, {
      ...options,
      initializationOptions: () => ({ ...serverOptions(), wasm }),
    });
    serveFiles(client, (bytes) => bytes);
    return client;
  });
}

const clientPackage = () => import('vscode-languageclient/browser');

// VS Code refuses workers whose code lies on a remote machine, which is where an extension for a remote folder lies. It
// does not mind code that was read before.
function makeWorker(code: Uint8Array): Worker {
  const blob = new Blob([new Uint8Array(code)], { type: 'text/javascript' });
  return new Worker(URL.createObjectURL(blob));
}

const readBundled = (context: vscode.ExtensionContext, name: string): Thenable<Uint8Array> =>
  vscode.workspace.fs.readFile(vscode.Uri.joinPath(context.extensionUri, 'dist', name));
