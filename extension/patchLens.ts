// patchLens.ts
// A line on top of patches and mailboxes that offers to review them; only while a kernel tree is open.

import * as vscode from 'vscode';
import type { Server } from './server.ts';
import { lensesAreOn } from './settings.ts';

const patches: vscode.DocumentSelector = [{ language: 'diff' }, { pattern: '**/*.{patch,diff,mbox,eml}' }];

export function activatePatchLens(server: Server): vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  const hasTree = (): boolean => server.state.kind === 'running' && server.state.status.trees.length > 0;
  let hadTree = hasTree();
  return vscode.Disposable.from(
    changed,
    // The status changes all the time while files are read.
    server.onDidChangeState(() => {
      if (hasTree() === hadTree) return;
      hadTree = hasTree();
      changed.fire();
    }),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('holdwait')) changed.fire();
    }),
    vscode.languages.registerCodeLensProvider(patches, {
      onDidChangeCodeLenses: changed.event,
      provideCodeLenses: ({ uri }) => {
        if (!hasTree() || !lensesAreOn(uri)) return [];
        const command = {
          title: vscode.l10n.t('Review this patch'),
          command: 'holdwait.reviewPatch',
          arguments: [uri],
        };
        return [new vscode.CodeLens(new vscode.Range(0, 0, 0, 0), command)];
      },
    }),
  );
}
