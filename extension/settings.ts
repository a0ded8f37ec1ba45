// settings.ts
// The settings as the server takes them. The client sends them again whenever one changes.

import * as vscode from 'vscode';

export const lensesAreOn = (scope: vscode.Uri): boolean =>
  vscode.workspace.getConfiguration('holdwait', scope).get('codeLens.enabled', true);

export function serverSettings(): unknown {
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
