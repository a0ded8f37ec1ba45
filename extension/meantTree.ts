// meantTree.ts
// Which kernel tree a command is about where several are open: the one in which the patch lies, or else the file in view.
// Where neither tells, the user does.

import * as vscode from 'vscode';
import { pathInside } from '../src/server/addresses.ts';
import type { Server } from './server.ts';

/** Its address, or that of a folder where no two are open. `undefined`: the user chose none. */
export async function meantTree(server: Server, patch?: vscode.Uri): Promise<string | undefined> {
  const roots = openRoots(server);
  const known = roots.length < 2 ? firstFolder() : treeOf(roots, [patch, inView()]);
  if (known !== undefined) return known;
  const choices = roots.map((root) => {
    const { fsPath, path } = vscode.Uri.parse(root);
    return { label: path.slice(path.lastIndexOf('/') + 1), description: fsPath, root };
  });
  const chosen = await vscode.window.showQuickPick(choices, {
    title: vscode.l10n.t('Holdwait'),
    placeHolder: vscode.l10n.t('Of which kernel tree?'),
  });
  return chosen?.root;
}

/** For those who ask without anybody to answer back. */
export const likelyTree = (server: Server): string => treeOf(openRoots(server), [inView()]) ?? firstFolder();

/** The tree in which the first of these lies that lies in any; of trees inside each other the inner one. */
export function treeOf(
  roots: readonly string[],
  files: readonly ({ toString(): string } | undefined)[],
): string | undefined {
  for (const file of files) {
    const around = roots.filter((root) => file && pathInside(root, file.toString()) !== undefined);
    const [inner] = around.sort((a, b) => b.length - a.length);
    if (inner !== undefined) return inner;
  }
  return undefined;
}

function openRoots({ state }: Server): readonly string[] {
  return state.kind === 'running' ? state.status.trees.map(({ root }) => root) : [];
}

const inView = (): vscode.Uri | undefined => vscode.window.activeTextEditor?.document.uri;

const firstFolder = (): string => vscode.workspace.workspaceFolders?.[0]?.uri.toString() ?? '';
