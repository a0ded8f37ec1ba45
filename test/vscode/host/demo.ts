// demo.ts
// The small tree of test/vscode/tree, as suites inside an extension host open it, and how they wait.

import * as vscode from 'vscode';

export async function openDemo(): Promise<vscode.TextDocument> {
  const root = vscode.workspace.workspaceFolders?.[0]?.uri;
  if (root === undefined) throw new Error('no folder is open');
  const document = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(root, 'drivers/demo/demo.c'));
  await vscode.window.showTextDocument(document);
  return document;
}

export async function eventually(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`waited 10 s in vain for: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
