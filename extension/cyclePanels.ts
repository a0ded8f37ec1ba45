// cyclePanels.ts
// The panels that show one cycle of waits each: a new cycle goes into the panel that is not pinned, and into a new one
// where all are. They come back after a reload of the window with what the page has kept.

import * as vscode from 'vscode';
import type { ShownCycle } from '../media/cycle/messages.ts';
import { readState } from '../media/cycle/messages.ts';
import { CyclePanel } from './cyclePanel.ts';
import type { OpenStep } from './cyclePanel.ts';

const cycleViewType = 'holdwait.cycle';

export class CyclePanels implements vscode.Disposable {
  readonly #extensionUri: vscode.Uri;
  readonly #log: vscode.LogOutputChannel;
  readonly #openStep: OpenStep;
  readonly #panels = new Set<CyclePanel>();
  readonly #serializer: vscode.Disposable;

  constructor(extensionUri: vscode.Uri, log: vscode.LogOutputChannel, openStep: OpenStep) {
    this.#extensionUri = extensionUri;
    this.#log = log;
    this.#openStep = openStep;
    this.#serializer = vscode.window.registerWebviewPanelSerializer(cycleViewType, {
      deserializeWebviewPanel: (restored, state: unknown) => {
        const kept = readState(state);
        if (kept) this.#adopt(restored).show(kept.shown, kept.isPinned);
        else restored.dispose();
        return Promise.resolve();
      },
    });
  }

  show(shown: ShownCycle): void {
    const free = [...this.#panels].find(({ isPinned }) => !isPinned);
    this.#showIn(this.#known(shown) ?? free ?? this.#adopt(this.#create()), shown);
  }

  #known(shown: ShownCycle): CyclePanel | undefined {
    return [...this.#panels].find((panel) => panel.shows(shown));
  }

  #showIn(panel: CyclePanel, shown: ShownCycle): void {
    panel.show(shown, panel.isPinned);
    panel.reveal();
  }

  dispose(): void {
    this.#serializer.dispose();
  }

  #create(column: vscode.ViewColumn = vscode.ViewColumn.Beside): vscode.WebviewPanel {
    return vscode.window.createWebviewPanel(cycleViewType, vscode.l10n.t('Cycle of waits'), column);
  }

  #adopt(webviewPanel: vscode.WebviewPanel): CyclePanel {
    const panel = new CyclePanel(webviewPanel, this.#extensionUri, this.#log, this.#openStep, (shown) =>
      this.#showIn(this.#known(shown) ?? this.#adopt(this.#create(webviewPanel.viewColumn)), shown),
    );
    this.#panels.add(panel);
    webviewPanel.onDidDispose(() => this.#panels.delete(panel));
    return panel;
  }
}
