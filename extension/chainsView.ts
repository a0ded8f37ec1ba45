// chainsView.ts
// The Lock chains view: follows the function that is clicked or that the cursor is put into, until it is pinned. What
// the function does itself stands first; who calls it, and what lies deeper, come with a second answer.

import * as vscode from 'vscode';
import type { ChainsTarget } from '../media/chains/messages.ts';
import { partialSentence } from '../media/chains/sentences.ts';
import type { ChainsAnswer, ChainsParams, FunctionChains } from '../src/server/protocol.ts';
import { ChainRows } from './chainRows.ts';
import { chainTree } from './chainTree.ts';
import type { ChainTreeRow } from './chainTree.ts';
import { describeFailure } from './failures.ts';
import type { Server } from './server.ts';

const usualDepth = 3;
// A cursor that only passes through a function asks nothing; one that types waits for the end of the word.
const restMs = { cursor: 200, edit: 400 } as const;
// What is there sooner needs no announcement.
const patienceMs = 400;

export class ChainsView implements vscode.Disposable {
  readonly #server: Server;
  readonly #log: vscode.LogOutputChannel;
  readonly #rows = new ChainRows();
  readonly #view = vscode.window.createTreeView('holdwait.chains', { treeDataProvider: this.#rows });
  readonly #subscriptions: vscode.Disposable;
  #shown: { readonly target: ChainsTarget; readonly chains: FunctionChains } | undefined;
  /** What is to be shown as soon as the view is seen. */
  #waiting: ChainsTarget | undefined;
  #depth = usualDepth;
  #isPinned = false;
  #isPartial = false;
  #asking: vscode.CancellationTokenSource | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(server: Server, log: vscode.LogOutputChannel) {
    this.#server = server;
    this.#log = log;
    this.#subscriptions = vscode.Disposable.from(
      this.#view,
      this.#rows,
      vscode.window.onDidChangeTextEditorSelection((event) => this.#cursorMoved(event)),
      vscode.window.onDidChangeActiveTextEditor((editor) => {
        if (!this.#shown) this.#followLater(targetIn(editor), restMs.cursor);
      }),
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.#edited(document)),
      this.#view.onDidChangeVisibility(() => this.#becameVisible()),
      server.onDidChangeState(() => this.#serverChanged()),
    );
    this.pin(false);
  }

  /** The function on show, for those who draw it elsewhere. */
  get target(): ChainsTarget | undefined {
    return this.#shown?.target;
  }

  targetOf(row: ChainTreeRow): ChainsTarget | undefined {
    return this.#rows.targetOf(row);
  }

  /** Rejects when there is no answer. `focus`: the list takes the keyboard. */
  async show(target: ChainsTarget, focus: boolean): Promise<void> {
    this.#depth = usualDepth;
    clearTimeout(this.#timer);
    // Asked while VS Code brings the view in sight, which then follows this and not the cursor.
    await Promise.all([
      this.#ask(target),
      vscode.commands.executeCommand('holdwait.chains.focus', { preserveFocus: !focus }),
    ]);
  }

  async showDeeper(): Promise<void> {
    if (!this.#shown) return;
    this.#depth += 2;
    await this.#ask(this.#shown.target);
  }

  /** A pinned view stays with its function. */
  pin(isPinned: boolean): void {
    this.#isPinned = isPinned;
    void vscode.commands.executeCommand('setContext', 'holdwait.isChainsPinned', isPinned);
    this.#describe();
    if (!isPinned) this.#followLater(targetIn(vscode.window.activeTextEditor), restMs.cursor);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#asking?.cancel();
    this.#subscriptions.dispose();
  }

  /** Whoever goes through the rows keeps them: a line that was opened from here is not a wish for other ones. */
  #cursorMoved({ textEditor, kind }: vscode.TextEditorSelectionChangeEvent): void {
    const { Keyboard, Mouse } = vscode.TextEditorSelectionChangeKind;
    const target = targetIn(textEditor);
    const isOwnMove = kind === Keyboard || kind === Mouse;
    if (target && (isOwnMove || !this.#isFromRow(target))) this.#followLater(target, restMs.cursor);
  }

  #isFromRow({ uri, line }: ChainsTarget): boolean {
    return this.#view.selection.some((row) => row.place?.line === line && this.#rows.addressOf(row) === uri);
  }

  #edited(document: vscode.TextDocument): void {
    if (document.uri.toString() === this.#shown?.target.uri)
      this.#followLater(this.#shown.target, restMs.edit);
  }

  #becameVisible(): void {
    if (!this.#view.visible) return;
    const isTold = this.#shown !== undefined || this.#asking !== undefined;
    const target = this.#waiting ?? (isTold ? undefined : targetIn(vscode.window.activeTextEditor));
    if (target) this.#followLater(target, 0);
  }

  /** What was answered before the tree was read is asked again. */
  #serverChanged(): void {
    const { state } = this.#server;
    if (state.kind !== 'running') return;
    const isRead = state.status.trees.every(({ state: { kind } }) => kind !== 'starting');
    if (this.#shown && this.#isPartial && isRead) {
      this.#isPartial = false;
      this.#followLater(this.#shown.target, 0);
    } else if (!this.#shown && state.status.trees.length > 0 && !this.#asking) {
      this.#followLater(targetIn(vscode.window.activeTextEditor), restMs.cursor);
    }
  }

  #followLater(target: ChainsTarget | undefined, delay: number): void {
    const isOther = target !== this.#shown?.target;
    if (!target || (isOther && (this.#isPinned || this.#isInside(target)))) return;
    this.#waiting = target;
    clearTimeout(this.#timer);
    if (!this.#view.visible) return;
    this.#timer = setTimeout(() => {
      this.#ask(target).catch((error: unknown) => this.#log.warn(describeFailure(error)));
    }, delay);
  }

  #isInside({ uri, line }: ChainsTarget): boolean {
    const shown = this.#shown;
    if (!shown || this.#waiting || shown.target.uri !== uri) return false;
    const { chains } = shown;
    return line >= chains.line && line <= (chains.endLine ?? chains.line);
  }

  async #ask(target: ChainsTarget): Promise<void> {
    this.#asking?.cancel();
    this.#waiting = undefined;
    const asking = (this.#asking = new vscode.CancellationTokenSource());
    const patience = setTimeout(() => {
      this.#view.message = vscode.l10n.t('Following calls…');
    }, patienceMs);
    try {
      const near = await this.#request({ ...target }, asking.token);
      if (asking.token.isCancellationRequested || !this.#answered(near)) return;
      const { chains } = near;
      const isSame = this.#shown?.chains.name === chains.name && this.#shown.target.uri === target.uri;
      this.#shown = { target: targetOf(target.uri, chains), chains };
      // The same function keeps its rows until all of them are there again.
      if (!isSame) this.#showRows(chains, near.root, false);
      const whole = await this.#request({ ...this.#shown.target, depth: this.#depth }, asking.token);
      if (asking.token.isCancellationRequested || whole.kind !== 'chains') return;
      this.#isPartial = whole.isPartial;
      this.#shown = { target: targetOf(target.uri, whole.chains), chains: whole.chains };
      this.#showRows(whole.chains, whole.root, whole.isPartial);
    } catch (error) {
      if (asking.token.isCancellationRequested) return;
      if (!this.#shown) this.#view.message = vscode.l10n.t('There is no answer: {0}', describeFailure(error));
      throw error;
    } finally {
      clearTimeout(patience);
      if (this.#asking === asking) this.#asking = undefined;
    }
  }

  #request(params: ChainsParams, token: vscode.CancellationToken): Promise<ChainsAnswer> {
    return this.#server.request('holdwait/chains', params, token);
  }

  /** Between two functions, the last one stays. */
  #answered(answer: ChainsAnswer): answer is Extract<ChainsAnswer, { kind: 'chains' }> {
    if (answer.kind === 'chains') return true;
    this.#view.message = '';
    return false;
  }

  #showRows(chains: FunctionChains, root: string, isPartial: boolean): void {
    this.#rows.show(chainTree(chains), { root, key: `${chains.path}:${chains.name}` });
    this.#view.message = isPartial ? partialSentence : '';
    this.#describe();
  }

  #describe(): void {
    const name = this.#shown ? `${this.#shown.chains.name}()` : '';
    this.#view.description = this.#isPinned && name !== '' ? vscode.l10n.t('{0}, pinned', name) : name;
  }
}

const targetOf = (uri: string, { name, line }: FunctionChains): ChainsTarget => ({
  ...{ uri, line },
  functionName: name,
});

function targetIn(editor: vscode.TextEditor | undefined): ChainsTarget | undefined {
  if (editor?.document.languageId !== 'c' && editor?.document.languageId !== 'cpp') return undefined;
  return { uri: editor.document.uri.toString(), line: editor.selection.active.line };
}
