// reviewReport.ts
// The report of the last review as a text that can be read, searched and copied, and that nobody has to save.

import * as vscode from 'vscode';
import type { Review } from './reviews.ts';

const reportScheme = 'holdwait-review';

const namedLine = /\b([\w+.-]+(?:\/[\w+.-]+)+\.[chS]):(\d+)\b/g;

export class ReviewReport
  implements vscode.TextDocumentContentProvider, vscode.DocumentLinkProvider, vscode.Disposable
{
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.#changed.event;
  readonly #uri = vscode.Uri.from({ scheme: reportScheme, path: 'Holdwait review' });
  readonly #registered: vscode.Disposable;
  #text = '';

  constructor() {
    this.#registered = vscode.Disposable.from(
      vscode.workspace.registerTextDocumentContentProvider(reportScheme, this),
      vscode.languages.registerDocumentLinkProvider({ scheme: reportScheme }, this),
    );
  }

  provideTextDocumentContent(): string {
    return this.#text;
  }

  /** `drivers/net/foo.c:42`: the line as the patch has it. */
  provideDocumentLinks(document: vscode.TextDocument): vscode.DocumentLink[] {
    return [...document.getText().matchAll(namedLine)].map(({ 0: text, 1: path, 2: line, index }) => {
      const argument = encodeURIComponent(JSON.stringify([{ place: { path, line: Number(line) } }]));
      const range = new vscode.Range(document.positionAt(index), document.positionAt(index + text.length));
      return new vscode.DocumentLink(range, vscode.Uri.parse(`command:holdwait.openReviewed?${argument}`));
    });
  }

  async show({ answer }: Review): Promise<void> {
    this.#text = answer.text;
    this.#changed.fire(this.#uri);
    const document = await vscode.workspace.openTextDocument(this.#uri);
    await vscode.languages.setTextDocumentLanguage(document, 'holdwait-report');
    await vscode.window.showTextDocument(document, { preview: false, viewColumn: vscode.ViewColumn.Active });
  }

  dispose(): void {
    this.#registered.dispose();
    this.#changed.dispose();
  }
}
