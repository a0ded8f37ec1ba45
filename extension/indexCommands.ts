// indexCommands.ts
// Commands about the server and its index, each in the palette and together in the menu of the status item.

import * as vscode from 'vscode';
import { runCommand } from './failures.ts';
import { memoryText } from './memoryText.ts';
import type { Server } from './server.ts';
import { describeStatus } from './status.ts';

interface MenuEntry extends vscode.QuickPickItem {
  readonly command: string;
  readonly argument?: string;
}

/** By the names in package.json. */
const walkthrough = 'holdwait.holdwait#start';

export function activateIndexCommands(server: Server, log: vscode.LogOutputChannel): vscode.Disposable {
  const register = (command: string, what: string, action: () => Promise<void> | void): vscode.Disposable =>
    vscode.commands.registerCommand(`holdwait.${command}`, () => runCommand(what, log, action));
  return vscode.Disposable.from(
    register('restartServer', vscode.l10n.t('the server could not be restarted'), () => server.restart()),
    register('pauseIndexing', vscode.l10n.t('indexing could not be paused'), () => server.setPaused(true)),
    register('resumeIndexing', vscode.l10n.t('indexing could not be resumed'), () => server.setPaused(false)),
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

async function showMenu(server: Server): Promise<void> {
  const pause: MenuEntry = server.isPaused
    ? { label: `$(debug-start) ${vscode.l10n.t('Resume Indexing')}`, command: 'holdwait.resumeIndexing' }
    : { label: `$(debug-pause) ${vscode.l10n.t('Pause Indexing')}`, command: 'holdwait.pauseIndexing' };
  const entries: readonly MenuEntry[] = [
    pause,
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
