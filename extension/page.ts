// page.ts
// A panel's page with the addresses of its files, as VS Code serves them to a webview.

import * as vscode from 'vscode';
import { pageHtml } from './pageHtml.ts';

/** Its script and its stylesheets are files of dist/webview: `chains` has chains.js. */
export interface Page {
  readonly name: string;
  readonly title: string;
  readonly styles: readonly string[];
  readonly body: string;
}

export function buildPage(
  { name, title, styles, body }: Page,
  webview: vscode.Webview,
  extensionUri: vscode.Uri,
): string {
  const address = (file: string): string =>
    webview.asWebviewUri(vscode.Uri.joinPath(webviewFolder(extensionUri), file)).toString();
  return pageHtml({
    title,
    source: webview.cspSource,
    styles: styles.map((style) => address(`${style}.css`)),
    script: address(`${name}.js`),
    body,
  });
}

/** The one folder that a page may load from. */
export const webviewFolder = (extensionUri: vscode.Uri): vscode.Uri =>
  vscode.Uri.joinPath(extensionUri, 'dist/webview');
