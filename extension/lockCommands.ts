// lockCommands.ts
// The commands about locks: filter, sort, go to the orders of one, copy its name.

import * as vscode from 'vscode';
import { runCommand } from './failures.ts';
import { lockSortings } from './lockTree.ts';
import type { LockSorting, LockTreeRow } from './lockTree.ts';
import { LocksView } from './locksView.ts';
import type { Server } from './server.ts';

export function activateLocks(
  { workspaceState }: vscode.ExtensionContext,
  server: Server,
  log: vscode.LogOutputChannel,
): vscode.Disposable {
  const view = new LocksView(server, workspaceState, log);
  const register = (
    name: string,
    what: string,
    action: (argument: unknown) => Promise<void> | void,
  ): vscode.Disposable =>
    vscode.commands.registerCommand(`holdwait.${name}`, (argument: unknown) =>
      runCommand(what, log, () => action(argument)),
    );
  return vscode.Disposable.from(
    view,
    register('filterLocks', vscode.l10n.t('locks could not be filtered'), () => askFilter(view)),
    register('sortLocks', vscode.l10n.t('locks could not be sorted'), () => chooseSorting(view)),
    register('showLockOrders', vscode.l10n.t('the orders could not be shown'), async (argument) => {
      const lock = (argument as LockTreeRow | undefined)?.lock ?? (await chooseLock(view));
      if (lock) await view.reveal(lock.id);
    }),
    register('copyLockName', vscode.l10n.t('the name could not be copied'), async (argument) => {
      const { lock } = argument as LockTreeRow;
      if (lock) await vscode.env.clipboard.writeText(lock.name);
    }),
  );
}

/** What is typed counts at once; Escape brings back what was there. */
async function askFilter(view: LocksView): Promise<void> {
  const before = view.filter;
  const input = vscode.window.createInputBox();
  input.title = vscode.l10n.t('Filter Locks');
  input.placeholder = vscode.l10n.t('A part of a name; empty: all locks');
  input.value = before;
  const isKept = await new Promise<boolean>((resolve) => {
    input.onDidChangeValue((value) => view.filterBy(value));
    input.onDidAccept(() => resolve(true));
    input.onDidHide(() => resolve(false));
    input.show();
  });
  if (!isKept) view.filterBy(before);
  input.dispose();
}

async function chooseSorting(view: LocksView): Promise<void> {
  const words: Readonly<Record<LockSorting, string>> = {
    name: vscode.l10n.t('By name'),
    places: vscode.l10n.t('Taken at most places first'),
    orders: vscode.l10n.t('Taken in both orders first'),
  };
  const items = lockSortings.map((one) => ({
    label: words[one],
    description: one === view.sorting ? vscode.l10n.t('now') : '',
    one,
  }));
  const chosen = await vscode.window.showQuickPick(items, { title: vscode.l10n.t('Sort Locks') });
  if (chosen) await view.sort(chosen.one);
}

async function chooseLock(view: LocksView): Promise<LockTreeRow['lock']> {
  await vscode.commands.executeCommand('holdwait.locks.focus');
  const items = view.locks.map(({ label, description, lock }) => ({ label, description, lock }));
  if (items.length === 0)
    throw new Error(vscode.l10n.t('no lock is known around this file yet; the Locks view says why'));
  const chosen = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Show Lock Orders'),
    placeHolder: vscode.l10n.t('Of which lock?'),
  });
  return chosen?.lock;
}
