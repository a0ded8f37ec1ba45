// chainsCommand.ts
// The commands about lock chains: the view, from a lens or for the function around the cursor; the same as a panel; and
// the panel's return after a reload of the window.

import * as vscode from 'vscode';
import type { ChainTreeRow } from './chainTree.ts';
import { chainsViewType, ChainsPanel } from './chainsPanel.ts';
import { ChainsView } from './chainsView.ts';
import type { ChainsTarget } from '../media/chains/messages.ts';
import { readTarget } from '../media/chains/messages.ts';
import { runCommand } from './failures.ts';
import type { Server } from './server.ts';

export function activateChains(
  context: vscode.ExtensionContext,
  server: Server,
  log: vscode.LogOutputChannel,
): vscode.Disposable {
  let panel: ChainsPanel | undefined;
  const adopt = (webviewPanel: vscode.WebviewPanel): ChainsPanel => {
    const adopted = new ChainsPanel(webviewPanel, context.extensionUri, server, log);
    adopted.onDidDispose(() => {
      if (panel === adopted) panel = undefined;
    });
    return (panel = adopted);
  };
  const view = new ChainsView(server, log);
  const register = (name: string, action: (argument: unknown) => Promise<void> | void): vscode.Disposable =>
    vscode.commands.registerCommand(`holdwait.${name}`, (argument: unknown) =>
      runCommand(vscode.l10n.t('lock chains could not be shown'), log, () => action(argument)),
    );
  return vscode.Disposable.from(
    view,
    register('showChains', async (argument) => {
      const target = readTarget({ target: argument });
      await view.show(target ?? targetAtCursor(), target === undefined);
    }),
    register('showChainsOfRow', async (row) => {
      const target = view.targetOf(row as ChainTreeRow);
      if (target) await view.show(target, true);
    }),
    register('showChainsPanel', async () => {
      panel ??= adopt(ChainsPanel.create(context.extensionUri));
      await panel.show(view.target ?? targetAtCursor());
    }),
    register('showDeeperChains', () => view.showDeeper()),
    register('pinChains', () => view.pin(true)),
    register('unpinChains', () => view.pin(false)),
    vscode.window.registerWebviewPanelSerializer(chainsViewType, {
      deserializeWebviewPanel: async (restored, state: unknown) => {
        const target = readTarget(state);
        if (target) await adopt(restored).restore(target);
        else restored.dispose();
      },
    }),
  );
}

function targetAtCursor(): ChainsTarget {
  const editor = vscode.window.activeTextEditor;
  if (!editor)
    throw new Error(vscode.l10n.t('open a file of a kernel tree and put the cursor into a function first'));
  return { uri: editor.document.uri.toString(), line: editor.selection.active.line };
}
