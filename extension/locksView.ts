// locksView.ts
// The Locks view: which locks the driver of the active file takes, where, and in which order with others. It follows
// the active file, and asks again when something else is known.

import * as vscode from 'vscode';
import { pathInside } from '../src/server/addresses.ts';
import type { LocksAnswer } from '../src/server/protocol.ts';
import { describeFailure } from './failures.ts';
import { isC } from './knownFindings.ts';
import { LockRows } from './lockRows.ts';
import { lockSortings, lockTree } from './lockTree.ts';
import type { LockSorting, LockTreeRow } from './lockTree.ts';
import { aboutLocks } from './lockWords.ts';
import type { Server } from './server.ts';

const keptSorting = 'holdwait.locksSorting';
// What is there sooner needs no announcement.
const patienceMs = 400;

type Shown = Extract<LocksAnswer, { readonly kind: 'locks' }>;

export class LocksView implements vscode.Disposable {
  readonly #server: Server;
  readonly #kept: vscode.Memento;
  readonly #log: vscode.LogOutputChannel;
  readonly #rows = new LockRows();
  readonly #view = vscode.window.createTreeView('holdwait.locks', { treeDataProvider: this.#rows });
  readonly #subscriptions: vscode.Disposable;
  /** Of the file that was active last; an output channel or a panel that is looked at takes nothing away. */
  #uri: string | undefined;
  #shown: { readonly uri: string; readonly answer: Shown } | undefined;
  #filter = '';
  #isOutdated = false;
  #isRunning = false;
  #asking: vscode.CancellationTokenSource | undefined;

  constructor(server: Server, kept: vscode.Memento, log: vscode.LogOutputChannel) {
    this.#server = server;
    this.#kept = kept;
    this.#log = log;
    this.#subscriptions = vscode.Disposable.from(
      this.#view,
      this.#rows,
      vscode.window.onDidChangeActiveTextEditor((editor) => this.#follow(editor)),
      this.#view.onDidChangeVisibility(() => this.#askIfSeen()),
      server.onDidChangeFindings((uri) => {
        if (uri === this.#uri) this.#outdate();
      }),
      server.onDidChangeState(() => this.#serverChanged()),
    );
    this.#serverChanged();
    this.#follow(vscode.window.activeTextEditor);
  }

  get sorting(): LockSorting {
    return lockSortings.find((one) => one === this.#kept.get(keptSorting)) ?? 'name';
  }

  get filter(): string {
    return this.#filter;
  }

  /** Every lock, whatever the filter says. */
  get locks(): readonly LockTreeRow[] {
    return this.#shown ? lockTree(this.#shown.answer, 'name', '') : [];
  }

  async sort(sorting: LockSorting): Promise<void> {
    await this.#kept.update(keptSorting, sorting);
    this.#draw();
  }

  /** Only locks whose names hold this; empty: all. */
  filterBy(filter: string): void {
    this.#filter = filter;
    this.#draw();
  }

  /** Selects a lock, with its orders unfolded. */
  async reveal(id: string): Promise<void> {
    if (!this.#rows.rowOf(id)) this.filterBy('');
    const row = this.#rows.rowOf(id);
    if (row) await this.#view.reveal(row, { select: true, focus: true, expand: 2 });
  }

  dispose(): void {
    this.#asking?.cancel();
    this.#subscriptions.dispose();
  }

  #follow(editor: vscode.TextEditor | undefined): void {
    if (!editor || !isC(editor.document.languageId)) return;
    const uri = editor.document.uri.toString();
    if (uri === this.#uri) return;
    this.#uri = uri;
    this.#outdate();
  }

  #serverChanged(): void {
    const { state } = this.#server;
    const isRunning = state.kind === 'running' && state.status.trees.length > 0;
    if (isRunning === this.#isRunning) return;
    this.#isRunning = isRunning;
    if (isRunning) return this.#outdate();
    this.#asking?.cancel();
    this.#shown = undefined;
    this.#draw();
  }

  #outdate(): void {
    this.#isOutdated = true;
    this.#askIfSeen();
  }

  #askIfSeen(): void {
    if (!this.#view.visible || !this.#isOutdated || !this.#isRunning || this.#uri === undefined) return;
    this.#isOutdated = false;
    void this.#ask(this.#uri);
  }

  /** Never rejects. */
  async #ask(uri: string): Promise<void> {
    this.#asking?.cancel();
    const asking = (this.#asking = new vscode.CancellationTokenSource());
    const patience = setTimeout(() => {
      if (!this.#isAbout(uri)) this.#view.message = vscode.l10n.t('Looking for locks around this file…');
    }, patienceMs);
    try {
      const params = { uri, isLastEnough: true };
      const answer = await this.#server.request('holdwait/locks', params, asking.token);
      if (!asking.token.isCancellationRequested) this.#answered(uri, answer);
    } catch (error) {
      if (asking.token.isCancellationRequested) return;
      this.#log.warn(`locks were not listed: ${describeFailure(error)}`);
      if (!this.#shown) this.#view.message = vscode.l10n.t('There is no answer: {0}', describeFailure(error));
    } finally {
      clearTimeout(patience);
      if (this.#asking === asking) this.#asking = undefined;
    }
  }

  /** The rows stay what they are until a file of another driver is looked at. */
  #isAbout(uri: string): boolean {
    if (!this.#shown) return false;
    const { root, files } = this.#shown.answer;
    return files.includes(pathInside(root, uri) ?? '');
  }

  #answered(uri: string, answer: LocksAnswer): void {
    switch (answer.kind) {
      case 'locks':
        this.#shown = { uri, answer };
        return this.#draw();
      case 'not-available':
        this.#shown = undefined;
        this.#draw();
        this.#view.message = vscode.l10n.t('This server does not look for locks around a file.');
        return;
      // What was seen last is better than nothing.
      case 'no-kernel-tree':
      case 'not-open':
        this.#view.message = this.#shown ? aboutLocks(this.#shown.answer) : '';
    }
  }

  #draw(): void {
    const shown = this.#shown;
    const rows = shown ? lockTree(shown.answer, this.sorting, this.#filter) : [];
    this.#rows.show(rows, { root: shown?.answer.root ?? '', uri: shown?.uri ?? '' });
    const isFiltered = this.#filter !== '' && shown !== undefined;
    this.#view.description = isFiltered
      ? vscode.l10n.t('{0} of {1}: {2}', rows.length, shown.answer.locks.length, this.#filter)
      : '';
    this.#view.message = shown ? aboutLocks(shown.answer) : '';
  }
}
