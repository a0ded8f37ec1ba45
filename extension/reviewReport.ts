// reviewReport.ts
// The report of the last review as a text that can be read, searched and copied, and that nobody has to save.

import * as vscode from 'vscode';
import type { Review } from './reviews.ts';

const reportScheme = 'holdwait-review';

export class ReviewReport implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.#changed.event;
  readonly #uri = vscode.Uri.from({ scheme: reportScheme, path: 'Holdwait review' });
  readonly #registered: vscode.Disposable;
  #text = '';

  constructor() {
    this.#registered = vscode.workspace.registerTextDocumentContentProvider(reportScheme, this);
  }

  provideTextDocumentContent(): string {
    return this.#text;
  }

  async show({ answer }: Review): Promise<void> {
    this.#text = answer.text;
    this.#changed.fire(this.#uri);
    const document = await vscode.workspace.openTextDocument(this.#uri);
    await vscode.window.showTextDocument(document, { preview: false, viewColumn: vscode.ViewColumn.Active });
  }

  dispose(): void {
    this.#registered.dispose();
    this.#changed.dispose();
  }
}
