// extension.ts
// Entry for the Node extension host (desktop, remote, Codespaces): the server is a process of its own.

import type { ExtensionContext } from 'vscode';
import { activateFeatures } from './activate.ts';
import { serveFiles } from './servedFiles.ts';

export function activate(context: ExtensionContext): void {
  activateFeatures(context, async (options) => {
    const { LanguageClient, TransportKind } = await import('vscode-languageclient/node');
    const server = { module: context.asAbsolutePath('dist/server.js'), transport: TransportKind.ipc };
    const debug = { ...server, options: { execArgv: ['--nolazy', '--inspect=6017'] } };
    const client = new LanguageClient('holdwait', 'Holdwait', { run: server, debug }, options);
    serveFiles(client, (bytes) => Buffer.from(bytes).toString('base64'));
    return client;
  });
}
