// failures.ts
// How a failed command is told to the user: the only notifications that the extension makes.

import * as vscode from 'vscode';

export const describeFailure = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);

/** Runs what a command does; a failure is shown, for it is the answer to something the user asked for. */
export async function runCommand(
  what: string,
  log: vscode.LogOutputChannel,
  action: () => Promise<void> | void,
): Promise<void> {
  try {
    await action();
  } catch (error) {
    log.error(`${what}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    const showLog = vscode.l10n.t('Show Log');
    const chosen = await vscode.window.showErrorMessage(
      vscode.l10n.t('Holdwait: {0}: {1}', what, describeFailure(error)),
      showLog,
    );
    if (chosen === showLog) log.show();
  }
}
