// patchLens.ts
// A line on top of patches and mailboxes that offers to review them; only while a kernel tree is open.

import * as vscode from 'vscode';
import type { Server } from './server.ts';
import { lensesAreOn } from './settings.ts';

const patches: vscode.DocumentSelector = [{ language: 'diff' }, { pattern: '**/*.{patch,diff,mbox,eml}' }];

/** The editor asks at once for the lines of a provider that comes, and forgets those of one that goes. */
export function activatePatchLens(server: Server): vscode.Disposable {
  let registered: vscode.Disposable | undefined;
  const update = (): void => {
    const hasTree = server.state.kind === 'running' && server.state.status.trees.length > 0;
    if (hasTree) {
      registered ??= vscode.languages.registerCodeLensProvider(patches, { provideCodeLenses });
    } else {
      registered?.dispose();
      registered = undefined;
    }
  };
  update();
  return vscode.Disposable.from(server.onDidChangeState(update), {
    dispose: () => {
      registered?.dispose();
    },
  });
}

function provideCodeLenses({ uri }: vscode.TextDocument): vscode.CodeLens[] {
  if (!lensesAreOn(uri)) return [];
  const title = vscode.l10n.t('Review this patch');
  const command = { title, command: 'holdwait.reviewPatch', arguments: [uri] };
  return [new vscode.CodeLens(new vscode.Range(0, 0, 0, 0), command)];
}
