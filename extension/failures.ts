// failures.ts
// How a failed command is told to the user: the only notifications that the extension makes.

import * as vscode from 'vscode';

// Of the language server protocol. The package that names them is loaded after everything else.
const requestCancelled = -32800;
const pendingResponseRejected = -32097;

export function describeFailure(error: unknown): string {
  if (hasCode(error, pendingResponseRejected))
    return vscode.l10n.t('the server ended before it had answered; it is started again');
  return error instanceof Error ? error.message : String(error);
}

/** Somebody wanted it to end, here or by a command for everything that runs: no failure. */
export const isCancellation = (error: unknown): boolean =>
  error instanceof vscode.CancellationError || hasCode(error, requestCancelled);

const hasCode = (error: unknown, code: number): boolean =>
  error instanceof Error && 'code' in error && error.code === code;

/** Runs what a command does; a failure is shown, for it is the answer to something the user asked for. */
export async function runCommand(
  what: string,
  log: vscode.LogOutputChannel,
  action: () => Promise<void> | void,
): Promise<void> {
  try {
    await action();
  } catch (error) {
    if (isCancellation(error)) return;
    log.error(`${what}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    const showLog = vscode.l10n.t('Show Log');
    const chosen = await vscode.window.showErrorMessage(
      vscode.l10n.t('Holdwait: {0}: {1}', what, describeFailure(error)),
      showLog,
    );
    if (chosen === showLog) log.show();
  }
}
