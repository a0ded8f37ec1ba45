// findingCommands.ts
// The commands about findings: group, filter, go from one to the next, suppress, copy.

import * as vscode from 'vscode';
import { runCommand } from './failures.ts';
import type { FindingOfRow } from './findingRows.ts';
import { groupings, reaches } from './findingGroups.ts';
import type { Grouping } from './findingGroups.ts';
import { FindingsView, reachWords } from './findingsView.ts';
import { KnownFindings } from './knownFindings.ts';
import type { LockTreeRow } from './lockTree.ts';
import type { Server } from './server.ts';
import { suppressFinding } from './suppress.ts';

export function activateFindings(
  { workspaceState }: vscode.ExtensionContext,
  server: Server,
  log: vscode.LogOutputChannel,
): vscode.Disposable {
  const known = new KnownFindings(server, log);
  const view = new FindingsView(known, workspaceState);
  const register = (
    name: string,
    what: string,
    action: (argument: unknown) => Promise<void> | void,
  ): vscode.Disposable =>
    vscode.commands.registerCommand(`holdwait.${name}`, (argument: unknown) =>
      runCommand(what, log, () => action(argument)),
    );
  const meant = (argument: unknown): FindingOfRow => {
    const row = (argument as FindingOfRow | undefined)?.kind === 'finding' ? argument : view.selected;
    if (row) return row as FindingOfRow;
    throw new Error(vscode.l10n.t('select a finding in the Findings view first'));
  };
  const notShown = vscode.l10n.t('the finding could not be shown');
  const notCopied = vscode.l10n.t('the finding could not be copied');
  return vscode.Disposable.from(
    known,
    view,
    register('nextFinding', notShown, () => view.goOn(1)),
    register('previousFinding', notShown, () => view.goOn(-1)),
    register('groupFindings', vscode.l10n.t('findings could not be grouped'), () => chooseGrouping(view)),
    register('filterFindings', vscode.l10n.t('findings could not be filtered'), () => chooseReach(view)),
    register('findInFindings', notShown, (argument) => view.show((argument as LockTreeRow).findings)),
    register('copyFindingAsText', notCopied, async (argument) => {
      await vscode.env.clipboard.writeText(meant(argument).finding.view.text);
    }),
    register('copyFindingAsMail', notCopied, async (argument) => {
      const { mail, view: finding } = meant(argument).finding;
      await vscode.env.clipboard.writeText(mail ?? finding.text);
    }),
    register('suppressFinding', vscode.l10n.t('the finding could not be suppressed'), async (argument) => {
      const row = meant(argument);
      if (await suppressFinding(server, row)) known.forget(row.finding.view.id);
    }),
  );
}

async function chooseGrouping(view: FindingsView): Promise<void> {
  const words: Readonly<Record<Grouping, string>> = {
    confidence: vscode.l10n.t('By confidence'),
    rule: vscode.l10n.t('By rule'),
    subsystem: vscode.l10n.t('By subsystem'),
  };
  const chosen = await choose(groupings, words, view.grouping, vscode.l10n.t('Group Findings'));
  if (chosen) await view.group(chosen);
}

async function chooseReach(view: FindingsView): Promise<void> {
  const chosen = await choose(reaches, reachWords(), view.reach, vscode.l10n.t('Findings Of'));
  if (chosen) await view.filter(chosen);
}

async function choose<T extends string>(
  all: readonly T[],
  words: Readonly<Record<T, string>>,
  current: T,
  title: string,
): Promise<T | undefined> {
  const items = all.map((one) => ({
    label: words[one],
    description: one === current ? vscode.l10n.t('now') : '',
    one,
  }));
  return (await vscode.window.showQuickPick(items, { title }))?.one;
}
