// findingRows.ts
// Hands the rows of the Findings view to VS Code: groups, findings, and below each finding its steps, thread by thread.

import * as vscode from 'vscode';
import type { FindingStep, FoundCycle } from '../src/server/protocol.ts';
import { findingLabel, ruleIcons } from './findingGroups.ts';
import type { FindingGroup } from './findingGroups.ts';
import { fileName } from '../media/shared/paths.ts';
import { openCommand } from './openPlace.ts';

export type FindingRow =
  | { readonly kind: 'group'; readonly group: FindingGroup }
  | {
      readonly kind: 'finding';
      readonly finding: FoundCycle;
      readonly uri: string;
      readonly root: string;
      readonly files: readonly string[];
    }
  | {
      readonly kind: 'step';
      readonly finding: FoundCycle;
      readonly step: FindingStep;
      readonly index: number;
      readonly root: string;
    };

export type FindingOfRow = Extract<FindingRow, { readonly kind: 'finding' }>;

export class FindingRows implements vscode.TreeDataProvider<FindingRow>, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #groups = new Map<FindingGroup, FindingRow>();
  #byId: ReadonlyMap<string, FindingOfRow> = new Map();

  show(groups: readonly FindingGroup[], byId: ReadonlyMap<string, FindingOfRow>): void {
    this.#groups.clear();
    for (const group of groups) this.#groups.set(group, { kind: 'group', group });
    this.#byId = byId;
    this.#changed.fire();
  }

  rowOf(id: string): FindingOfRow | undefined {
    return this.#byId.get(id);
  }

  getChildren(row?: FindingRow): FindingRow[] {
    if (!row) return [...this.#groups.values()];
    switch (row.kind) {
      case 'group':
        return row.group.findings.flatMap(({ view }) => this.#byId.get(view.id) ?? []);
      case 'finding': {
        const { finding, root } = row;
        return finding.steps.map((step, index) => ({ kind: 'step', finding, step, index, root }));
      }
      case 'step':
        return [];
    }
  }

  getParent(row: FindingRow): FindingRow | undefined {
    switch (row.kind) {
      case 'group':
        return undefined;
      case 'finding':
        return [...this.#groups].find(([group]) => group.findings.includes(row.finding))?.[1];
      case 'step':
        return this.#byId.get(row.finding.view.id);
    }
  }

  getTreeItem(row: FindingRow): vscode.TreeItem {
    switch (row.kind) {
      case 'group':
        return groupItem(row.group);
      case 'finding':
        return findingItem(row);
      case 'step':
        return stepItem(row);
    }
  }

  dispose(): void {
    this.#changed.dispose();
  }
}

const { None, Collapsed, Expanded } = vscode.TreeItemCollapsibleState;

function groupItem({ id, label, isOpen }: FindingGroup): vscode.TreeItem {
  const item = new vscode.TreeItem(label, isOpen ? Expanded : Collapsed);
  item.id = id;
  return item;
}

function findingItem({ finding: { view }, uri }: FindingOfRow): vscode.TreeItem {
  const item = new vscode.TreeItem(findingLabel(view), Collapsed);
  const threads = view.threads.map(({ fn }) => `${fn}()`).join(', ');
  item.id = view.id;
  item.description = threads;
  item.tooltip = `${view.title}\n\n${view.rule}. ${view.verdict}`;
  item.iconPath = new vscode.ThemeIcon(ruleIcons[view.rule]);
  item.contextValue = 'finding';
  item.accessibilityInformation = {
    label: `${view.title}, ${view.rule}, ${view.confidence} confidence, in ${threads}`,
  };
  item.command = {
    title: vscode.l10n.t('Show Cycle'),
    command: 'holdwait.showCycle',
    arguments: [{ uri, ids: [view.id] }],
  };
  return item;
}

function stepItem({ finding, step, index, root }: Extract<FindingRow, { kind: 'step' }>): vscode.TreeItem {
  const item = new vscode.TreeItem(step.text, None);
  item.id = `${finding.view.id} ${index}`;
  item.description = `${fileName(step.path)}:${step.line + 1}`;
  item.tooltip = `${step.text}\n${step.path}:${step.line + 1}`;
  // A thread ends with what it waits for; the next one begins below.
  item.iconPath = new vscode.ThemeIcon(step.isLast ? 'watch' : 'circle-small');
  item.accessibilityInformation = {
    label: `task ${step.thread + 1}: ${step.text}, line ${step.line + 1} of ${fileName(step.path)}`,
  };
  item.command = openCommand(root, step);
  return item;
}
