// page.ts
// A panel's page with the addresses of its files, as VS Code serves them to a webview.

import * as vscode from 'vscode';
import { pageHtml } from './pageHtml.ts';

/** Which page of dist/webview: `chains` has chains.js and chains.css. */
export interface Page {
  readonly name: string;
  readonly title: string;
  readonly body: string;
}

export function buildPage(
  { name, title, body }: Page,
  webview: vscode.Webview,
  extensionUri: vscode.Uri,
): string {
  const address = (file: string): string =>
    webview.asWebviewUri(vscode.Uri.joinPath(webviewFolder(extensionUri), file)).toString();
  return pageHtml({
    title,
    source: webview.cspSource,
    styles: [address('page.css'), address(`${name}.css`)],
    script: address(`${name}.js`),
    body,
  });
}

/** The one folder that a page may load from. */
export const webviewFolder = (extensionUri: vscode.Uri): vscode.Uri =>
  vscode.Uri.joinPath(extensionUri, 'dist/webview');
