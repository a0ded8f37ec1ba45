// heldHere.ts
// The item that says what is held where the cursor stands. It follows the cursor, asks for one place at a time, and is
// hidden where nothing is held.

import * as vscode from 'vscode';
import { isServed, Rest } from './cEditors.ts';
import { describeFailure } from './failures.ts';
import { heldText } from './heldText.ts';
import type { Server } from './server.ts';
import { onDidChangeTrees } from './treeStates.ts';

// A key that repeats moves the cursor thirty times a second.
const restMs = 60;

export function activateHeldHere(server: Server, log: vscode.LogOutputChannel): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('holdwait.held', vscode.StatusBarAlignment.Right, 91);
  item.name = vscode.l10n.t('Holdwait: Held at the Cursor');
  const held = new HeldHere(item, server, log);
  const follow = (): void => held.follow();
  follow();
  return vscode.Disposable.from(
    item,
    held,
    vscode.window.onDidChangeTextEditorSelection(follow),
    vscode.window.onDidChangeActiveTextEditor(follow),
    vscode.workspace.onDidChangeTextDocument(({ document }) => {
      // The log is a document too.
      if (document === vscode.window.activeTextEditor?.document) follow();
    }),
    onDidChangeTrees(server, follow),
  );
}

class HeldHere implements vscode.Disposable {
  readonly #item: vscode.StatusBarItem;
  readonly #server: Server;
  readonly #log: vscode.LogOutputChannel;
  readonly #rest = new Rest();
  #asking: vscode.CancellationTokenSource | undefined;

  constructor(item: vscode.StatusBarItem, server: Server, log: vscode.LogOutputChannel) {
    this.#item = item;
    this.#server = server;
    this.#log = log;
  }

  follow(): void {
    this.#asking?.cancel();
    this.#rest.after(restMs, () => void this.#ask());
  }

  dispose(): void {
    this.#rest.dispose();
    this.#asking?.cancel();
  }

  async #ask(): Promise<void> {
    const editor = vscode.window.activeTextEditor;
    if (!editor || !isServed(editor) || this.#server.state.kind !== 'running') return this.#item.hide();
    const { uri } = editor.document;
    const { line, character } = editor.selection.active;
    const asking = (this.#asking = new vscode.CancellationTokenSource());
    try {
      const answer = await this.#server.request(
        'holdwait/heldHere',
        { uri: uri.toString(), line, character },
        asking.token,
      );
      if (asking.token.isCancellationRequested) return;
      const said = heldText(answer);
      if (!said || answer.kind !== 'held') return this.#item.hide();
      this.#item.text = `$(lock) ${said.text}`;
      this.#item.tooltip = [vscode.l10n.t('Held in {0}()', answer.functionName), ...said.details].join('\n');
      this.#item.command = commandFor(uri, answer.holds.findLast(({ taken }) => taken)?.taken);
      this.#item.show();
    } catch (error) {
      // The status of the tree tells of it; an item that is out of date would not be true.
      if (asking.token.isCancellationRequested) return;
      this.#log.debug(`what is held at the cursor: ${describeFailure(error)}`);
      this.#item.hide();
    } finally {
      asking.dispose();
    }
  }
}

/** To where the last of them is taken, which lies in the same file. */
function commandFor(
  uri: vscode.Uri,
  taken: { readonly line: number; readonly character: number } | undefined,
): vscode.Command | undefined {
  if (!taken) return undefined;
  const at = new vscode.Position(taken.line, taken.character);
  const selection = new vscode.Range(at, at);
  return { title: vscode.l10n.t('Go to Lock'), command: 'vscode.open', arguments: [uri, { selection }] };
}
