// browser.ts
// Entry for the browser extension host: the server is a web worker, and reads files through the editor.

import * as vscode from 'vscode';
import { LanguageClient } from 'vscode-languageclient/browser';
import { activateFeatures } from './activate.ts';
import { serveFiles } from './browserFiles.ts';
import { serverSettings } from './settings.ts';

export function activate(context: vscode.ExtensionContext): void {
  const code = vscode.Uri.joinPath(context.extensionUri, 'dist/server.browser.js').toString(true);
  let worker: Worker | undefined;
  // A new worker for every start: one that failed, or that was told to leave, serves no more.
  const startWorker = (): Promise<Worker> => {
    worker?.terminate();
    worker = new Worker(code);
    return Promise.resolve(worker);
  };
  context.subscriptions.push({ dispose: () => worker?.terminate() });
  activateFeatures(context, async (options) => {
    const wasm = {
      core: await readBundled(context, 'web-tree-sitter.wasm'),
      language: await readBundled(context, 'tree-sitter-c.wasm'),
    };
    const client = new LanguageClient('holdwait', 'Holdwait', startWorker, {
      ...options,
      initializationOptions: () => ({ settings: serverSettings(), wasm }),
    });
    serveFiles(client);
    return client;
  });
}

const readBundled = (context: vscode.ExtensionContext, name: string): Thenable<Uint8Array> =>
  vscode.workspace.fs.readFile(vscode.Uri.joinPath(context.extensionUri, 'dist', name));
