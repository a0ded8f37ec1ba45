// indexedFiles.ts
// What is indexed, as a document that can be read, searched and copied: counts, files with problems, and the files that
// are read in full. It is asked for anew whenever it is opened.

import * as vscode from 'vscode';
import { indexedFilesText } from '../src/report/indexedFilesText.ts';
import { addressInside } from '../src/server/addresses.ts';
import type { IndexedTreeFiles } from '../src/server/protocol.ts';
import type { Server } from './server.ts';
import { readableRoot } from './statusText.ts';

const indexScheme = 'holdwait-index';
// The editor asks for the links of a whole document at once; whoever wants a file further down has its path.
const mostLinks = 1000;

export class IndexedFiles
  implements vscode.TextDocumentContentProvider, vscode.DocumentLinkProvider, vscode.Disposable
{
  readonly #server: Server;
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.#changed.event;
  readonly #uri = vscode.Uri.from({ scheme: indexScheme, path: 'Holdwait indexed files' });
  readonly #registered: vscode.Disposable;
  /** In the order of the text. */
  #roots: readonly string[] = [];

  constructor(server: Server) {
    this.#server = server;
    this.#registered = vscode.Disposable.from(
      vscode.workspace.registerTextDocumentContentProvider(indexScheme, this),
      vscode.languages.registerDocumentLinkProvider({ scheme: indexScheme }, this),
    );
  }

  async provideTextDocumentContent(_: vscode.Uri, token: vscode.CancellationToken): Promise<string> {
    const trees = await this.#server.request('holdwait/indexedFiles', undefined, token);
    this.#roots = trees.map(({ root }) => root);
    return indexedFilesText(trees.map(textOf));
  }

  provideDocumentLinks(document: vscode.TextDocument): vscode.DocumentLink[] {
    const links: vscode.DocumentLink[] = [];
    let tree = -1;
    for (let line = 0; line < document.lineCount && links.length < mostLinks; line++) {
      const { text } = document.lineAt(line);
      if (text.startsWith('Tree: ')) tree++;
      const root = this.#roots[tree];
      const [path] = /^[^\s:]+\/[^\s:]+/.exec(text) ?? [];
      if (path === undefined || root === undefined) continue;
      const range = new vscode.Range(line, 0, line, path.length);
      links.push(new vscode.DocumentLink(range, vscode.Uri.parse(addressInside(root, path))));
    }
    return links;
  }

  async show(): Promise<void> {
    this.#changed.fire(this.#uri);
    const document = await vscode.workspace.openTextDocument(this.#uri);
    await vscode.window.showTextDocument(document, { preview: false });
  }

  dispose(): void {
    this.#registered.dispose();
    this.#changed.dispose();
  }
}

function textOf(tree: IndexedTreeFiles): Parameters<typeof indexedFilesText>[0][number] {
  const root = readableRoot(tree.root);
  switch (tree.kind) {
    case 'open':
      return { root, open: tree };
    case 'not-open':
      return { root };
  }
}
