// extension.ts
// Entry for the Node extension host (desktop, remote, Codespaces): the server is a process of its own.

import type { ExtensionContext } from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import { activateFeatures } from './activate.ts';

export function activate(context: ExtensionContext): void {
  const server = { module: context.asAbsolutePath('dist/server.js'), transport: TransportKind.ipc };
  const debug = { ...server, options: { execArgv: ['--nolazy', '--inspect=6017'] } };
  activateFeatures(
    context,
    (options) => new LanguageClient('holdwait', 'Holdwait', { run: server, debug }, options),
  );
}
