// splatCommand.ts
// The command Explain Lockdep Splat: what is selected, open or in the clipboard, its cycle in the panel with the lines of
// this tree. A text whose threads make no cycle is told as a text.

import * as vscode from 'vscode';
import { holdsSplat } from '../src/review/readSplat.ts';
import type { SplatAnswer } from '../src/server/protocol.ts';
import type { CyclePanels } from './cyclePanels.ts';
import { runCommand } from './failures.ts';
import type { Server } from './server.ts';

export function activateSplats(
  panels: CyclePanels,
  server: Server,
  log: vscode.LogOutputChannel,
): vscode.Disposable {
  return vscode.commands.registerCommand('holdwait.explainSplat', () =>
    runCommand(vscode.l10n.t('the splat could not be explained'), log, async () => {
      const text = await chooseText();
      if (text === undefined) return;
      const { root, view, same, text: told } = explained(await ask(server, text));
      if (view) return panels.show({ root, view, same });
      const document = await vscode.workspace.openTextDocument({ content: told, language: 'plaintext' });
      await vscode.window.showTextDocument(document, { preview: true });
    }),
  );
}

interface Choice extends vscode.QuickPickItem {
  readonly text: string;
}

/** What holds no splat is not offered; what is alone is not asked about. */
async function chooseText(): Promise<string | undefined> {
  const editor = vscode.window.activeTextEditor;
  const all: Choice[] = [
    { label: vscode.l10n.t('The selection'), text: editor?.document.getText(editor.selection) ?? '' },
    { label: vscode.l10n.t('The text in this editor'), text: editor?.document.getText() ?? '' },
    { label: vscode.l10n.t('The clipboard'), text: await vscode.env.clipboard.readText() },
  ];
  const [first, ...more] = all.filter(({ text }) => holdsSplat(text));
  if (!first) {
    const hint = vscode.l10n.t(
      'there is no splat in the selection, the editor or the clipboard; copy it from the log, from the line with WARNING on',
    );
    throw new Error(hint);
  }
  // A selection is what is meant, and lies in its editor.
  if (more.length === 0 || first.label === all[0]?.label) return first.text;
  const title = vscode.l10n.t('Explain Lockdep Splat');
  const chosen = await vscode.window.showQuickPick([first, ...more], {
    title,
    placeHolder: vscode.l10n.t('Which one?'),
  });
  return chosen?.text;
}

function ask(server: Server, text: string): Thenable<SplatAnswer> {
  const options = {
    location: vscode.ProgressLocation.Window,
    title: vscode.l10n.t('Holdwait: looking for what lockdep saw'),
    cancellable: true,
  };
  return vscode.window.withProgress(options, (_, token) =>
    server.request('holdwait/splat', { uri: '', text }, token),
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
