// suppress.ts
// Asks why a finding need not be told again, and for whom, and has the server put it on that list.

import * as vscode from 'vscode';
import type { FoundCycle, SuppressAnswer, SuppressParams } from '../src/server/protocol.ts';
import type { Server } from './server.ts';

export interface Suppressible {
  /** Address of the root of the tree. */
  readonly root: string;
  readonly finding: FoundCycle;
  /** Paths of the files that were looked at. */
  readonly files: readonly string[];
}

/** `false`: the user thought better of it. */
export async function suppressFinding(
  server: Server,
  { root, finding, files }: Suppressible,
): Promise<boolean> {
  const title = vscode.l10n.t('Suppress');
  const status = await vscode.window.showQuickPick(statuses(), { title, placeHolder: finding.view.title });
  if (!status) return false;
  const reason = await vscode.window.showInputBox({
    title,
    prompt: vscode.l10n.t('Why nobody has to look at it again'),
    validateInput: (text) => (text.trim() === '' ? vscode.l10n.t('A reason is needed.') : undefined),
  });
  if (reason === undefined) return false;
  const list = await vscode.window.showQuickPick(lists(), { title, placeHolder: vscode.l10n.t('For whom?') });
  if (!list) return false;
  done(
    await server.request('holdwait/suppress', {
      uri: root,
      list: list.list,
      finding: { id: finding.view.id, title: finding.view.title, files: filesOf(finding, files) },
      status: status.status,
      reason,
    }),
  );
  return true;
}

interface StatusItem extends vscode.QuickPickItem {
  readonly status: SuppressParams['status'];
}

const statuses = (): readonly StatusItem[] => [
  {
    label: vscode.l10n.t('It cannot happen'),
    description: vscode.l10n.t('false positive'),
    status: 'false-positive',
  },
  {
    label: vscode.l10n.t('It can happen, and is dealt with elsewhere'),
    description: vscode.l10n.t('known'),
    status: 'known',
  },
  {
    label: vscode.l10n.t('It can happen, and stays'),
    description: vscode.l10n.t("won't fix"),
    status: 'wont-fix',
  },
];

interface ListItem extends vscode.QuickPickItem {
  readonly list: SuppressParams['list'];
}

const lists = (): readonly ListItem[] => [
  {
    label: vscode.l10n.t('For all who work on this tree'),
    description: '.holdwait-suppressions.json',
    list: 'team',
  },
  { label: vscode.l10n.t('For me alone'), list: 'personal' },
];

/** Its absence means something once these were looked at. */
function filesOf({ functions }: FoundCycle, lookedAt: readonly string[]): readonly string[] {
  const paths = [...new Set(functions.map(({ path }) => path))].sort();
  const asked = paths.filter((path) => lookedAt.includes(path));
  return asked.length > 0 ? asked : paths;
}

function done(answer: SuppressAnswer): void {
  switch (answer.kind) {
    case 'suppressed':
      return;
    case 'refused':
      throw new Error(answer.reason);
    case 'no-kernel-tree':
      throw new Error(vscode.l10n.t('the tree is not open any more'));
    case 'not-available':
      throw new Error(vscode.l10n.t('the server writes no files where they come through the editor'));
  }
}
