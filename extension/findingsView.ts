// findingsView.ts
// The Findings view: what was found around the file in the active editor. A click opens the cycle.

import * as vscode from 'vscode';
import { describeFailure } from './failures.ts';
import { aboutLooked, findingGroups, findingLabel, ruleIcons } from './findingGroups.ts';
import type { FindingGroup } from './findingGroups.ts';
import type { Server } from './server.ts';
import type { FindingsAnswer, FoundCycle } from '../src/server/protocol.ts';

type Row = FindingGroup | FoundCycle;

export function activateFindingsView(server: Server, log: vscode.LogOutputChannel): vscode.Disposable {
  const rows = new FindingRows(server, log);
  const view = vscode.window.createTreeView('holdwait.findings', { treeDataProvider: rows });
  rows.onDidTell((message) => (view.message = message));
  return vscode.Disposable.from(
    view,
    rows,
    server.onDidChangeFindings((uri) => rows.findingsChanged(uri)),
    server.onDidChangeState(({ kind }) => {
      if (kind !== 'running') rows.forget();
      else if (!rows.isAsked) rows.follow(vscode.window.activeTextEditor);
    }),
    vscode.window.onDidChangeActiveTextEditor((editor) => rows.follow(editor)),
  );
}

class FindingRows implements vscode.TreeDataProvider<Row>, vscode.Disposable {
  readonly #server: Server;
  readonly #log: vscode.LogOutputChannel;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #told = new vscode.EventEmitter<string>();
  /** A sentence above the rows; empty: the welcome text says it. */
  readonly onDidTell = this.#told.event;
  #uri: string | undefined;
  #findings: readonly FoundCycle[] = [];
  #asking: vscode.CancellationTokenSource | undefined;

  constructor(server: Server, log: vscode.LogOutputChannel) {
    this.#server = server;
    this.#log = log;
  }

  get isAsked(): boolean {
    return this.#uri !== undefined;
  }

  getChildren(row?: Row): Row[] {
    if (!row) return [...findingGroups(this.#findings)];
    return 'findings' in row ? [...row.findings] : [];
  }

  getTreeItem(row: Row): vscode.TreeItem {
    return 'findings' in row ? groupItem(row) : findingItem(row, this.#uri ?? '');
  }

  /** An output channel or a panel that is looked at takes nothing away. */
  follow(editor: vscode.TextEditor | undefined): void {
    if (editor?.document.languageId !== 'c' && editor?.document.languageId !== 'cpp') return;
    const uri = editor.document.uri.toString();
    if (uri !== this.#uri) void this.#ask(uri);
  }

  findingsChanged(uri: string): void {
    if (uri === this.#uri) void this.#ask(uri);
  }

  forget(): void {
    this.#asking?.cancel();
    this.#uri = undefined;
    this.#show([], '');
  }

  dispose(): void {
    this.#asking?.cancel();
    this.#changed.dispose();
    this.#told.dispose();
  }

  async #ask(uri: string): Promise<void> {
    this.#asking?.cancel();
    const asking = (this.#asking = new vscode.CancellationTokenSource());
    if (uri !== this.#uri) this.#show([], vscode.l10n.t('Looking for findings around this file…'));
    this.#uri = uri;
    try {
      const answer = await this.#server.request(
        'holdwait/findings',
        { uri, isLastEnough: true },
        asking.token,
      );
      if (!asking.token.isCancellationRequested) this.#answered(answer);
    } catch (error) {
      if (asking.token.isCancellationRequested) return;
      this.#log.warn(`findings were not listed: ${describeFailure(error)}`);
      this.#show([], vscode.l10n.t('There is no answer: {0}', describeFailure(error)));
    }
  }

  #answered(answer: FindingsAnswer): void {
    switch (answer.kind) {
      case 'findings':
        return this.#show(answer.findings, aboutLooked(answer));
      case 'no-kernel-tree':
      case 'not-open':
        this.#uri = undefined;
        return this.#show([], '');
      case 'not-available':
        return this.#show(
          [],
          vscode.l10n.t('The browser has no room for it; the desktop and remote folders look for findings.'),
        );
    }
  }

  #show(findings: readonly FoundCycle[], message: string): void {
    this.#findings = findings;
    this.#told.fire(message);
    this.#changed.fire();
  }
}

function groupItem({ label, isOpen }: FindingGroup): vscode.TreeItem {
  const { Expanded, Collapsed } = vscode.TreeItemCollapsibleState;
  return new vscode.TreeItem(label, isOpen ? Expanded : Collapsed);
}

function findingItem({ view }: FoundCycle, uri: string): vscode.TreeItem {
  const item = new vscode.TreeItem(findingLabel(view));
  item.id = view.id;
  item.description = view.threads.map(({ fn }) => `${fn}()`).join(', ');
  item.tooltip = `${view.title}\n\n${view.rule}. ${view.verdict}`;
  item.iconPath = new vscode.ThemeIcon(ruleIcons[view.rule]);
  item.command = {
    title: vscode.l10n.t('Show Cycle'),
    command: 'holdwait.showCycle',
    arguments: [{ uri, ids: [view.id] }],
  };
  return item;
}
