// cycleCommand.ts
// The command Show Cycle: from a lens or a row of the Findings view, or for the file in the active editor.

import * as vscode from 'vscode';
import type { CyclePanels } from './cyclePanels.ts';
import { runCommand } from './failures.ts';
import type { Server } from './server.ts';
import type { ShowCycleArgument } from '../src/server/cycleLenses.ts';
import type { FindingsAnswer, FoundCycle } from '../src/server/protocol.ts';

export function activateCycles(
  panels: CyclePanels,
  server: Server,
  log: vscode.LogOutputChannel,
): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.commands.registerCommand('holdwait.showCycle', (argument: unknown) =>
      runCommand(vscode.l10n.t('the cycle could not be shown'), log, async () => {
        const named = readArgument(argument);
        const uri = named?.uri ?? uriOfEditor();
        const { root, findings } = foundIn(await ask(server, uri, named !== undefined));
        const wanted = named ? findings.filter(({ view }) => named.ids.includes(view.id)) : findings;
        if (wanted.length === 0) throw new Error(nothingFor(named));
        const chosen = wanted.length === 1 ? wanted[0] : await choose(wanted);
        if (chosen) panels.show({ root, view: chosen.view });
      }),
    ),
  );
}

/** What stands in a lens is known; for a file it may have to be found first. */
function ask(server: Server, uri: string, isLastEnough: boolean): Thenable<FindingsAnswer> {
  const options = {
    location: vscode.ProgressLocation.Window,
    title: vscode.l10n.t('Holdwait: looking for cycles'),
    cancellable: true,
  };
  return vscode.window.withProgress(options, (_, token) =>
    server.request('holdwait/findings', { uri, isLastEnough }, token),
  );
}

function readArgument(argument: unknown): ShowCycleArgument | undefined {
  const { uri, ids } = (argument ?? {}) as Partial<ShowCycleArgument>;
  return typeof uri === 'string' && Array.isArray(ids) ? { uri, ids } : undefined;
}

function uriOfEditor(): string {
  const editor = vscode.window.activeTextEditor;
  if (!editor) throw new Error(vscode.l10n.t('open a file of a kernel tree first'));
  return editor.document.uri.toString();
}

function foundIn(answer: FindingsAnswer): Extract<FindingsAnswer, { readonly kind: 'findings' }> {
  switch (answer.kind) {
    case 'findings':
      return answer;
    case 'no-kernel-tree':
      throw new Error(vscode.l10n.t('this file does not lie in a kernel tree'));
    case 'not-open':
      throw new Error(vscode.l10n.t('the file is not open any more; open it and try again'));
    case 'not-available':
      throw new Error(vscode.l10n.t('the server in a browser looks for no cycles'));
  }
}

const nothingFor = (named: ShowCycleArgument | undefined): string =>
  named
    ? vscode.l10n.t('it is not found any more; the text has changed since')
    : vscode.l10n.t('nothing is found around this file; the Findings view tells what was looked at');

async function choose(findings: readonly FoundCycle[]): Promise<FoundCycle | undefined> {
  const entries = findings.map((finding) => ({
    label: finding.view.title,
    description: vscode.l10n.t('{0}, {1} confidence', finding.view.rule, finding.view.confidence),
    finding,
  }));
  const chosen = await vscode.window.showQuickPick(entries, {
    title: vscode.l10n.t('Show Cycle'),
    placeHolder: vscode.l10n.t('Which one?'),
    matchOnDescription: true,
  });
  return chosen?.finding;
}
