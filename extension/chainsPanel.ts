// chainsPanel.ts
// The Lock chains panel: one at a time, beside the editor. Asks the server, sends what it gets to the page, opens the
// lines that are chosen there, and keeps the way back.

import * as vscode from 'vscode';
import type { ChainsTarget, ChainsView, FromPage, ToPage } from '../media/chains/messages.ts';
import { addressInside } from '../src/server/addresses.ts';
import type { ChainsAnswer, SourcePlace } from '../src/server/protocol.ts';
import { chainsPage } from './chainsPage.ts';
import { describeFailure, runCommand } from './failures.ts';
import { openPlace } from './openPlace.ts';
import { buildPage, webviewFolder } from './page.ts';
import type { Server, ServerState } from './server.ts';

export const chainsViewType = 'holdwait.chains';

// Long enough not to ask at every letter, short enough to be there when the eyes move over.
const refreshDelayMs = 400;

export class ChainsPanel {
  readonly #panel: vscode.WebviewPanel;
  readonly #server: Server;
  readonly #log: vscode.LogOutputChannel;
  readonly #history: ChainsTarget[] = [];
  readonly #disposed = new vscode.EventEmitter<void>();
  readonly onDidDispose = this.#disposed.event;
  #target: ChainsTarget | undefined;
  #root: string | undefined;
  #isPartial = false;
  /** What the page has to show once it is there, and whenever it was hidden in between. */
  #shown: ToPage | undefined;
  #asking: vscode.CancellationTokenSource | undefined;
  #refreshTimer: ReturnType<typeof setTimeout> | undefined;

  static create(extensionUri: vscode.Uri): vscode.WebviewPanel {
    return vscode.window.createWebviewPanel(
      chainsViewType,
      vscode.l10n.t('Lock chains'),
      vscode.ViewColumn.Beside,
      {
        localResourceRoots: [webviewFolder(extensionUri)],
      },
    );
  }

  constructor(
    panel: vscode.WebviewPanel,
    extensionUri: vscode.Uri,
    server: Server,
    log: vscode.LogOutputChannel,
  ) {
    this.#panel = panel;
    this.#server = server;
    this.#log = log;
    const { webview } = panel;
    webview.options = { enableScripts: true, localResourceRoots: [webviewFolder(extensionUri)] };
    webview.onDidReceiveMessage((message: FromPage) => {
      void runCommand(vscode.l10n.t('the panel could not do that'), log, () => this.#received(message));
    });
    const subscriptions = [
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.#edited(document)),
      server.onDidChangeState((state) => this.#serverChanged(state)),
    ];
    panel.onDidDispose(() => {
      vscode.Disposable.from(...subscriptions).dispose();
      clearTimeout(this.#refreshTimer);
      this.#asking?.cancel();
      this.#disposed.fire();
    });
    webview.html = buildPage(chainsPage, webview, extensionUri);
  }

  /** Rejects when the server could not answer; the page then says so, too. */
  async show(target: ChainsTarget): Promise<void> {
    this.#panel.reveal(undefined, false);
    await this.#goTo(target);
  }

  /** After a reload: failures show in the page alone, for nobody asked for anything. */
  async restore(target: ChainsTarget): Promise<void> {
    await this.#ask(target, false).catch(() => undefined);
  }

  async #received(message: FromPage): Promise<void> {
    switch (message.type) {
      case 'ready':
        if (this.#shown) await this.#panel.webview.postMessage(this.#shown);
        return this.#tellHistory();
      case 'open':
        return this.#open(message.place, message.focus);
      case 'showFunction':
        if (this.#root === undefined) return;
        return this.#goTo({
          uri: addressInside(this.#root, message.place.path),
          line: message.place.line,
          functionName: message.name,
        });
      case 'back': {
        const before = this.#history.pop();
        if (before) await this.#ask(before, true);
        return this.#tellHistory();
      }
    }
  }

  async #goTo(target: ChainsTarget): Promise<void> {
    if (this.#target && !isSame(this.#target, target)) this.#history.push(this.#target);
    await this.#ask(target, true);
    await this.#tellHistory();
  }

  async #ask(target: ChainsTarget, focus: boolean): Promise<void> {
    this.#asking?.cancel();
    const asking = (this.#asking = new vscode.CancellationTokenSource());
    this.#target = target;
    this.#show({ type: 'show', target, view: { kind: 'waiting' }, focus: false });
    try {
      const answer = await this.#server.request('holdwait/chains', target, asking.token);
      if (asking.token.isCancellationRequested) return;
      this.#answered(target, answer, focus);
    } catch (error) {
      if (asking.token.isCancellationRequested) return;
      const sentence = vscode.l10n.t('There is no answer: {0}', describeFailure(error));
      this.#show({ type: 'show', target, view: { kind: 'nothing', sentence }, focus: false });
      throw error;
    }
  }

  #answered(asked: ChainsTarget, answer: ChainsAnswer, focus: boolean): void {
    if (answer.kind !== 'chains') {
      return this.#show({ type: 'show', target: asked, view: nothingFor(answer), focus: false });
    }
    const { chains, root, isPartial } = answer;
    this.#root = root;
    this.#isPartial = isPartial;
    const target = { uri: asked.uri, line: chains.line, functionName: chains.name };
    this.#target = target;
    this.#show({ type: 'show', target, view: { kind: 'chains', chains, isPartial }, focus });
  }

  #show(message: ToPage): void {
    this.#shown = message;
    void this.#panel.webview.postMessage(message);
  }

  async #tellHistory(): Promise<void> {
    await this.#panel.webview.postMessage({
      type: 'history',
      canGoBack: this.#history.length > 0,
    } satisfies ToPage);
  }

  async #open(place: SourcePlace, focus: boolean): Promise<void> {
    if (this.#root === undefined) return;
    await openPlace(
      vscode.Uri.parse(addressInside(this.#root, place.path)),
      place,
      this.#panel.viewColumn,
      focus,
    );
  }

  /** The list follows the text while one types in the function's file. */
  #edited(document: vscode.TextDocument): void {
    if (document.uri.toString() !== this.#target?.uri) return;
    clearTimeout(this.#refreshTimer);
    this.#refreshTimer = setTimeout(() => this.#refresh(), refreshDelayMs);
  }

  /** What was answered before the tree was read is asked again. */
  #serverChanged(state: ServerState): void {
    if (!this.#isPartial || state.kind !== 'running') return;
    const tree = state.status.trees.find(({ root }) => root === this.#root);
    if (tree?.state.kind !== 'indexing' && tree?.state.kind !== 'ready') return;
    this.#isPartial = false;
    this.#refresh();
  }

  #refresh(): void {
    if (!this.#target) return;
    this.#ask(this.#target, false).catch((error: unknown) => this.#log.warn(describeFailure(error)));
  }
}

function nothingFor(answer: Exclude<ChainsAnswer, { kind: 'chains' }>): ChainsView {
  switch (answer.kind) {
    case 'no-function':
      return {
        kind: 'nothing',
        sentence: vscode.l10n.t('There is no function at this place. Put the cursor into one and try again.'),
      };
    case 'no-kernel-tree':
      return {
        kind: 'nothing',
        sentence: vscode.l10n.t('This file does not lie in a kernel tree, so nothing is known about it.'),
      };
  }
}

const isSame = (one: ChainsTarget, other: ChainsTarget): boolean =>
  one.uri === other.uri && (one.functionName ?? one.line) === (other.functionName ?? other.line);
