// indexCommands.ts
// Commands about the server and its index, each in the palette and together in the menu of the status item.

import * as vscode from 'vscode';
import type { CancellableWork } from '../src/server/protocol.ts';
import { runCommand } from './failures.ts';
import { IndexedFiles } from './indexedFiles.ts';
import { memoryText } from './memoryText.ts';
import type { Reviews } from './reviews.ts';
import type { Server } from './server.ts';
import { describeStatus } from './status.ts';

interface MenuEntry extends vscode.QuickPickItem {
  readonly command: string;
  readonly argument?: string;
}

/** By the names in package.json. */
const walkthrough = 'holdwait.holdwait#start';
const saidMs = 5_000;

export function activateIndexCommands(
  reviews: Reviews,
  server: Server,
  log: vscode.LogOutputChannel,
): vscode.Disposable {
  const indexedFiles = new IndexedFiles(server);
  const register = (command: string, what: string, action: () => Promise<void> | void): vscode.Disposable =>
    vscode.commands.registerCommand(`holdwait.${command}`, () => runCommand(what, log, action));
  return vscode.Disposable.from(
    indexedFiles,
    register('restartServer', vscode.l10n.t('the server could not be restarted'), () => server.restart()),
    register('pauseIndexing', vscode.l10n.t('indexing could not be paused'), () => server.setPaused(true)),
    register('resumeIndexing', vscode.l10n.t('indexing could not be resumed'), () => server.setPaused(false)),
    register('cancelWork', vscode.l10n.t('what runs could not be cancelled'), () =>
      cancelWork(reviews, server),
    ),
    register('rescan', vscode.l10n.t('the tree could not be read again'), async () => {
      await server.request('holdwait/rescan', undefined);
      log.info('the tree is read again');
    }),
    register('showIndexedFiles', vscode.l10n.t('the indexed files could not be listed'), () =>
      indexedFiles.show(),
    ),
    register('clearCache', vscode.l10n.t('the cache could not be cleared'), async () => {
      await server.request('holdwait/clearCache', undefined);
      log.info('the cache was cleared');
      await server.restart();
    }),
    register('showMemory', vscode.l10n.t('memory could not be measured'), async () => {
      log.info(memoryText(await server.request('holdwait/memory', undefined)));
      log.show();
    }),
    register('showLog', vscode.l10n.t('the log could not be shown'), () => log.show()),
    register('showMenu', vscode.l10n.t('the menu could not be shown'), () => showMenu(server)),
  );
}

/** The server ends what it does, and the window what it waits for. */
async function cancelWork(reviews: Reviews, server: Server): Promise<void> {
  const { cancelled } = await server.request('holdwait/cancel', undefined);
  reviews.cancel();
  const words = workWords();
  const said =
    cancelled.length === 0
      ? vscode.l10n.t('Holdwait: nothing was running')
      : vscode.l10n.t('Holdwait: cancelled {0}', cancelled.map((work) => words[work]).join(', '));
  vscode.window.setStatusBarMessage(said, saidMs);
}

const workWords = (): Readonly<Record<CancellableWork, string>> => ({
  reading: vscode.l10n.t('reading ahead'),
  findings: vscode.l10n.t('the search for findings'),
  review: vscode.l10n.t('a review'),
  splat: vscode.l10n.t('a lockdep splat'),
  chains: vscode.l10n.t('lock chains'),
});

async function showMenu(server: Server): Promise<void> {
  const pause: MenuEntry = server.isPaused
    ? { label: `$(debug-start) ${vscode.l10n.t('Resume Indexing')}`, command: 'holdwait.resumeIndexing' }
    : { label: `$(debug-pause) ${vscode.l10n.t('Pause Indexing')}`, command: 'holdwait.pauseIndexing' };
  const entries: readonly MenuEntry[] = [
    pause,
    { label: `$(stop-circle) ${vscode.l10n.t('Cancel Running Work')}`, command: 'holdwait.cancelWork' },
    { label: `$(refresh) ${vscode.l10n.t('Rescan Tree')}`, command: 'holdwait.rescan' },
    { label: `$(list-flat) ${vscode.l10n.t('Show Indexed Files')}`, command: 'holdwait.showIndexedFiles' },
    { label: `$(debug-restart) ${vscode.l10n.t('Restart Server')}`, command: 'holdwait.restartServer' },
    { label: `$(output) ${vscode.l10n.t('Show Log')}`, command: 'holdwait.showLog' },
    { label: `$(dashboard) ${vscode.l10n.t('Show Memory')}`, command: 'holdwait.showMemory' },
    { label: `$(clear-all) ${vscode.l10n.t('Clear Cache')}`, command: 'holdwait.clearCache' },
    {
      label: `$(mortar-board) ${vscode.l10n.t('Get Started')}`,
      command: 'workbench.action.openWalkthrough',
      argument: walkthrough,
    },
  ];
  const chosen = await vscode.window.showQuickPick(entries, {
    title: 'Holdwait',
    placeHolder: describeStatus(server),
  });
  if (chosen) await vscode.commands.executeCommand(chosen.command, chosen.argument);
}
