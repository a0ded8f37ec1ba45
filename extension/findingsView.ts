// findingsView.ts
// The Findings view and the commands that go through it: what is found around open files, grouped and filtered as one
// likes. A click opens the cycle.

import * as vscode from 'vscode';
import { addressInside, pathInside } from '../src/server/addresses.ts';
import {
  aboutLooked,
  findingAfter,
  findingGroups,
  findingsIn,
  groupings,
  mainStep,
  reaches,
} from './findingGroups.ts';
import type { FindingGroup, Grouping, Reach } from './findingGroups.ts';
import { FindingRows } from './findingRows.ts';
import type { FindingOfRow } from './findingRows.ts';
import { isC } from './knownFindings.ts';
import type { KnownFindings } from './knownFindings.ts';

const keptGrouping = 'holdwait.findingsGrouping';
const keptReach = 'holdwait.findingsReach';

export class FindingsView implements vscode.Disposable {
  readonly #known: KnownFindings;
  readonly #kept: vscode.Memento;
  readonly #rows = new FindingRows();
  readonly #view = vscode.window.createTreeView('holdwait.findings', { treeDataProvider: this.#rows });
  readonly #subscriptions: vscode.Disposable;
  #groups: readonly FindingGroup[] = [];
  /** An output channel or a panel that is looked at takes nothing away. */
  #uri: string | undefined;
  #current: string | undefined;
  /** What the rows say; the same rows are not drawn again, so that nothing flickers. */
  #drawn = '';

  constructor(known: KnownFindings, kept: vscode.Memento) {
    this.#known = known;
    this.#kept = kept;
    this.#follow(vscode.window.activeTextEditor);
    this.#subscriptions = vscode.Disposable.from(
      this.#view,
      this.#rows,
      known.onDidChange(() => this.#update()),
      vscode.window.onDidChangeActiveTextEditor((editor) => this.#follow(editor)),
      vscode.workspace.onDidCloseTextDocument(() => this.#update()),
      this.#view.onDidChangeSelection(({ selection: [row] }) => {
        if (row && row.kind !== 'group') this.#current = row.finding.view.id;
      }),
    );
  }

  get grouping(): Grouping {
    return groupings.find((one) => one === this.#kept.get(keptGrouping)) ?? 'confidence';
  }

  get reach(): Reach {
    return reaches.find((one) => one === this.#kept.get(keptReach)) ?? 'known';
  }

  async group(grouping: Grouping): Promise<void> {
    await this.#kept.update(keptGrouping, grouping);
    this.#update();
  }

  async filter(reach: Reach): Promise<void> {
    await this.#kept.update(keptReach, reach);
    this.#update();
  }

  /** The one that a person has selected or was led to. */
  get selected(): FindingOfRow | undefined {
    return this.#current === undefined ? undefined : this.#rows.rowOf(this.#current);
  }

  /** Moves the editor and the selection; round the end. */
  async goOn(direction: 1 | -1): Promise<void> {
    const next = findingAfter(this.#groups, this.#current, direction);
    const row = next && this.#rows.rowOf(next.finding.view.id);
    if (!row) throw new Error(vscode.l10n.t('nothing is found in the files that the Findings view is about'));
    this.#current = next.finding.view.id;
    const step = mainStep(next.finding, this.#pathsOf([this.#uri ?? ''], row.root));
    if (step) {
      const at = new vscode.Position(step.line, step.character);
      await vscode.window.showTextDocument(vscode.Uri.parse(addressInside(row.root, step.path)), {
        selection: new vscode.Range(at, at),
        preview: true,
      });
    }
    if (this.#view.visible) await this.#view.reveal(row, { select: true, focus: false });
    const said = vscode.l10n.t('Finding {0} of {1}: {2}', next.number, next.of, next.finding.view.title);
    vscode.window.setStatusBarMessage(said, 5_000);
  }

  /** Brings one of these in sight. */
  async show(ids: readonly string[]): Promise<void> {
    const isListed = (id: string): boolean =>
      this.#groups.some(({ findings }) => findings.some(({ view }) => view.id === id));
    if (!ids.some(isListed)) await this.filter('known');
    const row = this.#rows.rowOf(ids.find(isListed) ?? '');
    if (!row) throw new Error(vscode.l10n.t('it is not found any more; the text has changed since'));
    this.#current = row.finding.view.id;
    await this.#view.reveal(row, { select: true, focus: true });
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  #follow(editor: vscode.TextEditor | undefined): void {
    if (!editor || !isC(editor.document.languageId)) return;
    this.#uri = editor.document.uri.toString();
    this.#update();
  }

  #update(): void {
    const rows = new Map(
      this.#known.all.map(({ finding, uri, known: { root, files } }): [string, FindingOfRow] => [
        finding.view.id,
        { kind: 'finding', finding, uri, root, files },
      ]),
    );
    const counting = [...rows.values()].filter((row) => this.#counts(row)).map(({ finding }) => finding);
    const { grouping } = this;
    const drawn = JSON.stringify([grouping, counting]);
    this.#view.message = this.#message(counting.length);
    this.#view.description = this.reach === 'known' ? '' : reachWords()[this.reach];
    if (drawn === this.#drawn) return;
    this.#drawn = drawn;
    this.#groups = findingGroups(counting, grouping);
    this.#rows.show(this.#groups, rows);
    void vscode.commands.executeCommand('setContext', 'holdwait.hasFindings', counting.length > 0);
  }

  #counts({ finding, root }: FindingOfRow): boolean {
    switch (this.reach) {
      case 'known':
        return true;
      case 'file':
        return findingsIn([finding], this.#pathsOf([this.#uri ?? ''], root)).length > 0;
      case 'open': {
        const open = vscode.workspace.textDocuments.map(({ uri }) => uri.toString());
        return findingsIn([finding], this.#pathsOf(open, root)).length > 0;
      }
    }
  }

  #pathsOf(uris: readonly string[], root: string): ReadonlySet<string> {
    return new Set(uris.flatMap((uri) => pathInside(root, uri) ?? []));
  }

  /** A sentence above the rows; empty: the welcome text says it. */
  #message(count: number): string {
    if (!this.#known.isAvailable)
      return vscode.l10n.t(
        'The browser has no room for it; the desktop and remote folders look for findings.',
      );
    const around = this.#known.around(this.#uri);
    if (around && (count === 0 || this.reach === 'known')) return aboutLooked(around);
    const isAsking = this.#uri !== undefined && this.#known.isAsking(this.#uri);
    return isAsking && !around ? vscode.l10n.t('Looking for findings around this file…') : '';
  }
}

export const reachWords = (): Readonly<Record<Reach, string>> => ({
  file: vscode.l10n.t('this file'),
  open: vscode.l10n.t('open files'),
  known: vscode.l10n.t('all known'),
});
