// lockRows.ts
// Hands the rows of the Locks view to VS Code: their icons, what a click opens, and what is said aloud.

import * as vscode from 'vscode';
import type { LockIcon, LockTreeRow } from './lockTree.ts';
import { openCommand } from './openPlace.ts';

/** What the rows are about. */
export interface LocksOf {
  readonly root: string;
  /** The file from which the findings are known. */
  readonly uri: string;
}

export class LockRows implements vscode.TreeDataProvider<LockTreeRow>, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData = this.#changed.event;
  #rows: readonly LockTreeRow[] = [];
  #of: LocksOf = { root: '', uri: '' };

  show(rows: readonly LockTreeRow[], of: LocksOf): void {
    this.#rows = rows;
    this.#of = of;
    this.#changed.fire();
  }

  /** Of a lock itself. */
  rowOf(id: string): LockTreeRow | undefined {
    return this.#rows.find((row) => row.id === id);
  }

  getChildren(row?: LockTreeRow): LockTreeRow[] {
    return [...(row ? row.children() : this.#rows)];
  }

  /** Only locks are gone to. */
  getParent(): undefined {
    return undefined;
  }

  getTreeItem(row: LockTreeRow): vscode.TreeItem {
    const { None, Collapsed, Expanded } = vscode.TreeItemCollapsibleState;
    const hasChildren = row.children().length > 0;
    const item = new vscode.TreeItem(row.label, hasChildren ? (row.isOpen ? Expanded : Collapsed) : None);
    item.id = row.id;
    item.description = row.description;
    item.tooltip = [row.label, row.description, row.details].filter((part) => part !== '').join('\n');
    item.accessibilityInformation = { label: spoken(row) };
    item.iconPath = iconFor(row.icon);
    if (row.lock) {
      const isOther = row.lock.id !== row.id;
      item.contextValue = `${row.findings.length > 0 ? 'found' : 'plain'}${isOther ? 'Other' : 'Lock'}`;
    }
    const isOrder = row.place && row.findings.length > 0;
    if (isOrder) item.command = this.#showCycle(row.findings);
    else if (row.place) item.command = openCommand(this.#of.root, row.place);
    return item;
  }

  dispose(): void {
    this.#changed.dispose();
  }

  #showCycle(ids: readonly string[]): vscode.Command {
    const { uri } = this.#of;
    return {
      title: vscode.l10n.t('Show Cycle'),
      command: 'holdwait.showCycle',
      arguments: [{ uri, ids }],
    };
  }
}

const spoken = ({ label, description, icon }: LockTreeRow): string => {
  const kind = icon === 'found' || icon === 'bothOrders' ? vscode.l10n.t('suspicious') : '';
  return [label, description.replaceAll(' · ', ', '), kind].filter((part) => part !== '').join(', ');
};

function iconFor(icon: LockIcon): vscode.ThemeIcon {
  const [name, color] = icons[icon];
  return new vscode.ThemeIcon(name, color === undefined ? undefined : new vscode.ThemeColor(color));
}

const icons: Readonly<Record<LockIcon, readonly [name: string, color?: string]>> = {
  lock: ['lock', 'charts.blue'],
  bothOrders: ['arrow-swap', 'charts.orange'],
  found: ['warning', 'list.warningForeground'],
  places: ['location'],
  under: ['arrow-down'],
  over: ['arrow-up'],
  place: ['circle-small'],
  more: ['ellipsis'],
};
