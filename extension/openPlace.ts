// openPlace.ts
// Opens a line: from a panel in an editor that is not in the panel's own column, from a row of a view beside the rows.

import * as vscode from 'vscode';
import { addressInside } from '../src/server/addresses.ts';
import type { SourcePlace } from '../src/server/protocol.ts';

/** What a click on a row does; the list keeps the keyboard, so that one can go through its rows. */
export function openCommand(root: string, { path, line, character }: SourcePlace): vscode.Command {
  const at = new vscode.Position(line, character);
  const options: vscode.TextDocumentShowOptions = {
    selection: new vscode.Range(at, at),
    preserveFocus: true,
    preview: true,
  };
  const uri = vscode.Uri.parse(addressInside(root, path));
  return { title: vscode.l10n.t('Open'), command: 'vscode.open', arguments: [uri, options] };
}

export async function openPlace(
  uri: vscode.Uri,
  { line, character }: SourcePlace,
  panelColumn: vscode.ViewColumn | undefined,
  focus: boolean,
): Promise<void> {
  const at = new vscode.Position(line, character);
  const editor = await vscode.window.showTextDocument(uri, {
    viewColumn: columnFor(uri, panelColumn),
    preserveFocus: !focus,
    preview: true,
    selection: new vscode.Range(at, at),
  });
  editor.revealRange(new vscode.Range(at, at), vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}

/** Where the file is visible already, else another editor, else beside the panel. */
function columnFor(uri: vscode.Uri, panelColumn: vscode.ViewColumn | undefined): vscode.ViewColumn {
  const others = vscode.window.visibleTextEditors.filter(
    ({ viewColumn }) => viewColumn !== undefined && viewColumn !== panelColumn,
  );
  const same = others.find(({ document }) => document.uri.toString() === uri.toString());
  const column = (same ?? others[0])?.viewColumn;
  if (column !== undefined) return column;
  return panelColumn === undefined || panelColumn > 1 ? vscode.ViewColumn.One : vscode.ViewColumn.Beside;
}
