// chainsCommand.ts
// The command Show Lock Chains, from a lens or for the function around the cursor, and the panel's return after a
// reload of the window.

import * as vscode from 'vscode';
import { chainsViewType, ChainsPanel } from './chainsPanel.ts';
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
  return vscode.Disposable.from(
    vscode.commands.registerCommand('holdwait.showChains', (argument: unknown) =>
      runCommand(vscode.l10n.t('lock chains could not be shown'), log, async () => {
        const target = readTarget({ target: argument }) ?? targetAtCursor();
        panel ??= adopt(ChainsPanel.create(context.extensionUri));
        await panel.show(target);
      }),
    ),
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
