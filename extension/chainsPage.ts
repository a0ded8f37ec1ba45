// chainsPage.ts
// The HTML of the Lock chains panel. All content comes later by messages, as text: nothing is ever put into markup.

import * as vscode from 'vscode';

export function buildChainsPage(webview: vscode.Webview, folder: vscode.Uri): string {
  const nonce = makeNonce();
  const script = webview.asWebviewUri(vscode.Uri.joinPath(folder, 'chains.js')).toString();
  const style = webview.asWebviewUri(vscode.Uri.joinPath(folder, 'chains.css')).toString();
  // default-src: nothing is loaded that is not named below; no image, font, frame or connection.
  // style-src: the one stylesheet, from the extension's folder.
  // script-src: the one script below, by its nonce; neither inline code nor eval.
  const policy = `default-src 'none'; style-src ${webview.cspSource}; script-src 'nonce-${nonce}'`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta http-equiv="Content-Security-Policy" content="${policy}">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>Lock chains</title>
  <link rel="stylesheet" href="${style}">
</head>
<body>
  <header>
    <h1 id="title"></h1>
    <button id="back" type="button" hidden>Back</button>
    <button id="place" type="button" hidden></button>
  </header>
  <main>
    <p id="note" role="status" hidden></p>
    <div id="chains" role="tree" aria-label="Lock chains" hidden></div>
    <section id="unresolved" hidden></section>
  </main>
  <script nonce="${nonce}" src="${script}"></script>
</body>
</html>`;
}

function makeNonce(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
