// status.ts
// The status item: one quiet line with the number of files that are read; a click opens a menu. Also the context keys
// that package.json goes by: holdwait.isActive, holdwait.hasTree, holdwait.isPaused, and holdwait.stage for the words in
// views that are empty.

import * as vscode from 'vscode';
import { pathInside } from '../src/server/addresses.ts';
import type { TreeStatus } from '../src/server/protocol.ts';
import type { Server } from './server.ts';
import { stageOf, statusText } from './statusText.ts';

export function activateStatus(server: Server): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('holdwait.status', vscode.StatusBarAlignment.Right, 90);
  item.name = 'Holdwait';
  item.command = 'holdwait.showMenu';
  const update = (): void => updateItem(item, server);
  update();
  void vscode.commands.executeCommand('setContext', 'holdwait.isActive', true);
  return vscode.Disposable.from(
    item,
    server.onDidChangeState(update),
    vscode.window.onDidChangeActiveTextEditor(update),
  );
}

/** What the menu says above its entries. */
export function describeStatus(server: Server): string {
  const trees = server.state.kind === 'running' ? server.state.status.trees : [];
  const { text, details } = statusText(
    server.state,
    treeOf(vscode.window.activeTextEditor, trees),
    server.isPaused,
  );
  return [text, ...details].join(' · ');
}

function updateItem(item: vscode.StatusBarItem, server: Server): void {
  const trees = server.state.kind === 'running' ? server.state.status.trees : [];
  const editor = vscode.window.activeTextEditor;
  const { text, details, isWarning } = statusText(server.state, treeOf(editor, trees), server.isPaused);
  item.text = isWarning ? `$(warning) ${text}` : text;
  item.tooltip = details.join('\n');
  void vscode.commands.executeCommand('setContext', 'holdwait.hasTree', trees.length > 0);
  void vscode.commands.executeCommand('setContext', 'holdwait.isPaused', server.isPaused);
  void vscode.commands.executeCommand(
    'setContext',
    'holdwait.stage',
    stageOf(server.state, treeOf(editor, trees)),
  );
  // In a folder that is no kernel's, only files that could be one's are a reason to say anything.
  const isC = editor?.document.languageId === 'c';
  if (trees.length > 0 || isC || isWarning) item.show();
  else item.hide();
}

/** The tree of the active editor, or the first one. */
function treeOf(editor: vscode.TextEditor | undefined, trees: readonly TreeStatus[]): TreeStatus | undefined {
  const address = editor?.document.uri.toString();
  const around =
    address === undefined ? undefined : trees.find(({ root }) => pathInside(root, address) !== undefined);
  return around ?? trees[0];
}
