// chainRows.ts
// Hands the rows of the Lock chains view to VS Code: their icons, what a click opens, and what is said aloud.

import * as vscode from 'vscode';
import type { ChainsTarget } from '../media/chains/messages.ts';
import { addressInside } from '../src/server/addresses.ts';
import { openCommand } from './openPlace.ts';
import type { ChainIcon, ChainTreeRow } from './chainTree.ts';

/** Which function the rows are about. */
export interface RowsOf {
  readonly root: string;
  readonly key: string;
}

export class ChainRows implements vscode.TreeDataProvider<ChainTreeRow>, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData = this.#changed.event;
  #rows: readonly ChainTreeRow[] = [];
  #of: RowsOf = { root: '', key: '' };

  show(rows: readonly ChainTreeRow[], of: RowsOf): void {
    this.#rows = rows;
    this.#of = of;
    this.#changed.fire();
  }

  getChildren(row?: ChainTreeRow): ChainTreeRow[] {
    return [...(row ? row.children() : this.#rows)];
  }

  getTreeItem(row: ChainTreeRow): vscode.TreeItem {
    const { None, Collapsed, Expanded } = vscode.TreeItemCollapsibleState;
    const hasChildren = row.children().length > 0;
    const item = new vscode.TreeItem(row.label, hasChildren ? (row.isOpen ? Expanded : Collapsed) : None);
    item.id = `${this.#of.key} ${row.id}`;
    item.description = row.description;
    item.tooltip = row.description === '' ? row.label : `${row.label}\n${row.description}`;
    item.accessibilityInformation = { label: row.spoken };
    item.iconPath = iconFor(row.icon);
    const { root } = this.#of;
    if (row.leadsTo) item.contextValue = 'function';
    if (row.place) {
      item.command = openCommand(root, row.place);
    } else if (row.asksDeeper) {
      item.command = { title: vscode.l10n.t('Show Deeper'), command: 'holdwait.showDeeperChains' };
    }
    return item;
  }

  /** Of the file that a click on the row opens, as editors write it. */
  addressOf({ place }: ChainTreeRow): string | undefined {
    return place && vscode.Uri.parse(addressInside(this.#of.root, place.path)).toString();
  }

  /** The function that a row leads to. */
  targetOf({ leadsTo }: ChainTreeRow): ChainsTarget | undefined {
    if (!leadsTo) return undefined;
    const { name, place } = leadsTo;
    return { uri: addressInside(this.#of.root, place.path), line: place.line, functionName: name };
  }

  dispose(): void {
    this.#changed.dispose();
  }
}

function iconFor(icon: ChainIcon): vscode.ThemeIcon {
  const [name, color] = icons[icon];
  return new vscode.ThemeIcon(name, color === undefined ? undefined : new vscode.ThemeColor(color));
}

const icons: Readonly<Record<ChainIcon, readonly [name: string, color?: string]>> = {
  up: ['arrow-up'],
  down: ['arrow-down'],
  caller: ['call-incoming'],
  call: ['call-outgoing'],
  table: ['symbol-interface'],
  handler: ['symbol-event'],
  lock: ['lock', 'charts.blue'],
  release: ['unlock'],
  wait: ['watch', 'charts.orange'],
  reference: ['link', 'charts.purple'],
  queue: ['layers', 'charts.green'],
  other: ['circle-small'],
  lost: ['question'],
  deeper: ['ellipsis'],
};
