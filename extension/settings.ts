// settings.ts
// The settings as the server takes them, and what else it is told when it starts. The client sends the settings again
// whenever one changes.

import * as vscode from 'vscode';
import type { ServerOptions } from '../src/server/protocol.ts';

export const lensesAreOn = (scope: vscode.Uri): boolean =>
  vscode.workspace.getConfiguration('holdwait', scope).get('codeLens.enabled', true);

export const serverOptions = (): ServerOptions => ({
  settings: serverSettings(),
  showsStatus: true,
  servedSchemes: otherFileSystems(),
});

/** Of open folders that lie on no disk. */
function otherFileSystems(): readonly string[] {
  const schemes = vscode.workspace.workspaceFolders?.map(({ uri }) => uri.scheme) ?? [];
  return [...new Set(schemes)].filter((scheme) => scheme !== 'file');
}

function serverSettings(): unknown {
  const configuration = vscode.workspace.getConfiguration('holdwait');
  return {
    codeLens: { enabled: configuration.get<boolean>('codeLens.enabled') },
    callHierarchy: { enabled: configuration.get<boolean>('callHierarchy.enabled') },
    diagnostics: { enabled: configuration.get<boolean>('diagnostics.enabled') },
    index: {
      background: configuration.get<boolean>('index.background'),
      architecture: configuration.get<string>('index.architecture'),
      cacheSize: configuration.get<number>('index.cacheSize'),
    },
  };
}
