// splatCommand.ts
// The command Explain Lockdep Splat: what is selected, open or in the clipboard, its cycle in the panel with the lines of
// this tree. A text whose threads make no cycle is told as a text.

import * as vscode from 'vscode';
import { holdsSplat } from '../src/review/readSplat.ts';
import type { SplatAnswer } from '../src/server/protocol.ts';
import type { CyclePanels } from './cyclePanels.ts';
import { runCommand } from './failures.ts';
import { meantTree } from './meantTree.ts';
import type { Server } from './server.ts';

export function activateSplats(
  panels: CyclePanels,
  server: Server,
  log: vscode.LogOutputChannel,
): vscode.Disposable {
  return vscode.commands.registerCommand('holdwait.explainSplat', () =>
    runCommand(vscode.l10n.t('the splat could not be explained'), log, async () => {
      const said = await chooseText();
      const tree = await meantTree(server);
      if (tree === undefined) return;
      const { root, view, same, text } = explained(await ask(server, tree, said));
      if (view) return panels.show({ root, view, same });
      const document = await vscode.workspace.openTextDocument({ content: text, language: 'plaintext' });
      await vscode.window.showTextDocument(document, { preview: true });
    }),
  );
}

/**
 * What is selected is meant before what is open, and that before the clipboard: a browser asks its user before it lets
 * anybody read one, so it is left alone where there is no need.
 */
async function chooseText(): Promise<string> {
  const editor = vscode.window.activeTextEditor;
  const open = editor ? [editor.document.getText(editor.selection), editor.document.getText()] : [];
  const text = open.find(holdsSplat) ?? (await vscode.env.clipboard.readText());
  if (holdsSplat(text)) return text;
  const hint = vscode.l10n.t(
    'there is no splat in the selection, the editor or the clipboard; copy it from the log, from the line with WARNING on',
  );
  throw new Error(hint);
}

function ask(server: Server, tree: string, text: string): Thenable<SplatAnswer> {
  const options = {
    location: vscode.ProgressLocation.Window,
    title: vscode.l10n.t('Holdwait: looking for what lockdep saw'),
    cancellable: true,
  };
  return vscode.window.withProgress(options, (_, token) =>
    server.request('holdwait/splat', { uri: tree, text }, token),
  );
}

function explained(answer: SplatAnswer): Extract<SplatAnswer, { readonly kind: 'splat' }> {
  switch (answer.kind) {
    case 'splat':
      return answer;
    case 'refused':
      throw new Error(answer.reason);
    case 'no-kernel-tree':
      throw new Error(
        vscode.l10n.t('no kernel tree is open; open the folder of the tree that the splat is from'),
      );
    case 'not-available':
      throw new Error(vscode.l10n.t('the server in a browser follows no locks'));
  }
}
