// cyclePanel.ts
// One panel with one cycle of waits: sends the cycle to the page, opens the lines that are chosen there, and takes text
// and pictures out of it.

import * as vscode from 'vscode';
import type { CopiedText, FromPage, ShownCycle, ToPage } from '../media/cycle/messages.ts';
import { addressInside } from '../src/server/addresses.ts';
import { cyclePage } from './cyclePage.ts';
import { runCommand } from './failures.ts';
import { openPlace } from './openPlace.ts';
import { buildPage, webviewFolder } from './page.ts';

/** A line that was chosen in the page. */
export type ChosenStep = Omit<Extract<FromPage, { readonly type: 'open' }>, 'type'>;

/** `beside`: the column of the panel, which is not to be covered. */
export type OpenStep = (
  shown: ShownCycle,
  step: ChosenStep,
  beside: vscode.ViewColumn | undefined,
) => Promise<void>;

/** Opens the file of the tree as it is. */
export const openInTree: OpenStep = (shown, { path, line, column, focus }, beside) =>
  openPlace(
    vscode.Uri.parse(addressInside(shown.root, path)),
    { path, line: line - 1, character: column },
    beside,
    focus,
  );

export class CyclePanel {
  readonly #panel: vscode.WebviewPanel;
  readonly #openStep: OpenStep;
  readonly #showOther: (shown: ShownCycle) => void;
  /** What the page has to show once it is there, and whenever it was hidden in between. */
  #shown: ShownCycle | undefined;
  #isPinned = false;

  constructor(
    panel: vscode.WebviewPanel,
    extensionUri: vscode.Uri,
    log: vscode.LogOutputChannel,
    openStep: OpenStep,
    showOther: (shown: ShownCycle) => void,
  ) {
    this.#panel = panel;
    this.#showOther = showOther;
    this.#openStep = openStep;
    const { webview } = panel;
    webview.options = { enableScripts: true, localResourceRoots: [webviewFolder(extensionUri)] };
    webview.onDidReceiveMessage((message: FromPage) => {
      void runCommand(vscode.l10n.t('the panel could not do that'), log, () => this.#received(message));
    });
    webview.html = buildPage(cyclePage, webview, extensionUri);
  }

  get isPinned(): boolean {
    return this.#isPinned;
  }

  shows({ root, view }: ShownCycle): boolean {
    return this.#shown?.root === root && this.#shown.view.id === view.id;
  }

  show(shown: ShownCycle, isPinned: boolean): void {
    this.#shown = shown;
    this.#isPinned = isPinned;
    this.#panel.title = tabTitle(shown);
    void this.#send();
  }

  reveal(): void {
    this.#panel.reveal(undefined, false);
  }

  async #send(): Promise<void> {
    if (this.#shown) await this.#post({ type: 'show', shown: this.#shown, isPinned: this.#isPinned });
  }

  async #received(message: FromPage): Promise<void> {
    const shown = this.#shown;
    if (!shown) return;
    switch (message.type) {
      case 'ready':
        return this.#send();
      case 'open':
        return this.#openStep(shown, message, this.#panel.viewColumn);
      case 'showSame':
        return this.#showSame(shown, message.id);
      case 'copy':
        return this.#copy(shown, message.what);
      case 'saveSvg':
        return this.#save(shown, message.svg);
      case 'pin':
        this.#isPinned = message.isPinned;
        return;
    }
  }

  #showSame({ root, same }: ShownCycle, id: string): void {
    const view = same?.find((one) => one.id === id);
    if (view) this.#showOther({ root, view });
  }

  async #copy({ view }: ShownCycle, what: CopiedText): Promise<void> {
    await vscode.env.clipboard.writeText(view[what]);
    await this.#post({ type: 'done', sentence: copiedSentence(what) });
  }

  async #save({ view }: ShownCycle, svg: string): Promise<void> {
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
    const chosen = await vscode.window.showSaveDialog({
      ...(folder ? { defaultUri: vscode.Uri.joinPath(folder, `holdwait-${view.id}.svg`) } : {}),
      filters: { SVG: ['svg'] },
    });
    if (!chosen) return;
    await vscode.workspace.fs.writeFile(chosen, new TextEncoder().encode(svg));
    await this.#post({ type: 'done', sentence: vscode.l10n.t('The picture is in {0}.', chosen.fsPath) });
  }

  async #post(message: ToPage): Promise<void> {
    await this.#panel.webview.postMessage(message);
  }
}

function copiedSentence(what: CopiedText): string {
  switch (what) {
    case 'text':
      return vscode.l10n.t('The report is in the clipboard.');
    case 'reply':
      return vscode.l10n.t('The reply is in the clipboard.');
    case 'id':
      return vscode.l10n.t('The id is in the clipboard.');
  }
}

const longestTitle = 40;

/** `intf_mutex, net_device references`: what people would call the cycle. */
function tabTitle({ view }: ShownCycle): string {
  const names = view.nodes.filter(({ kind }) => kind !== 'return' && kind !== 'cpu').map(({ name }) => name);
  const title = names.join(', ');
  return title.length > longestTitle ? `${title.slice(0, longestTitle - 1)}…` : title;
}
