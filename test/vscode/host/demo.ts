// demo.ts
// The small tree of test/vscode/tree, as suites inside an extension host open it, and how they wait.

import * as vscode from 'vscode';

export const openDemo = (): Promise<vscode.TextDocument> => openFile('drivers/demo/demo.c');

export async function openFile(path: string): Promise<vscode.TextDocument> {
  const root = vscode.workspace.workspaceFolders?.[0]?.uri;
  if (root === undefined) throw new Error('no folder is open');
  const document = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(root, path));
  await vscode.window.showTextDocument(document);
  return document;
}

export async function eventually(
  what: string,
  holds: () => boolean | Promise<boolean>,
  seconds = 10,
): Promise<void> {
  const deadline = Date.now() + seconds * 1000;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`waited ${seconds} s in vain for: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
