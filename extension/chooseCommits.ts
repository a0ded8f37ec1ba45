// chooseCommits.ts
// A commit, or the last few of them, out of a list of the newest. Whatever git takes as a name can be typed instead.

import * as vscode from 'vscode';
import type { ListedCommit } from '../src/server/protocol.ts';
import { meantTree } from './meantTree.ts';
import type { Wanted } from './reviews.ts';
import type { Server } from './server.ts';

export type HowMany = 'one' | 'several';

/** Typed text that fits none of the list is taken as it is. */
export async function chooseCommits(server: Server, howMany: HowMany): Promise<Wanted | undefined> {
  const tree = await meantTree(server);
  if (tree === undefined) return undefined;
  const list = vscode.window.createQuickPick<CommitItem>();
  list.title = vscode.l10n.t('Review Patch');
  list.placeholder =
    howMany === 'one'
      ? vscode.l10n.t('A commit, or its name: HEAD~3')
      : vscode.l10n.t('The first of the last commits, or a range: OLD..NEW');
  list.matchOnDescription = true;
  list.matchOnDetail = true;
  const chosen = accepted(list);
  try {
    // Somebody who knows the name need not wait for the list.
    const filled = fill(list, server, tree, howMany);
    const revision = await Promise.race([chosen, filled.then(() => chosen)]);
    if (revision === undefined) return undefined;
    return { source: { kind: 'revision', revision }, name: revision, tree };
  } finally {
    list.dispose();
  }
}

const mostListed = 50;

interface CommitItem extends vscode.QuickPickItem {
  readonly revision: string;
}

async function fill(
  list: vscode.QuickPick<CommitItem>,
  server: Server,
  tree: string,
  howMany: HowMany,
): Promise<void> {
  list.busy = true;
  const answer = await server.request('holdwait/commits', { uri: tree, most: mostListed });
  switch (answer.kind) {
    case 'no-kernel-tree':
      throw new Error(vscode.l10n.t('no kernel tree is open; open the folder whose commits are meant'));
    case 'not-available':
      throw new Error(
        vscode.l10n.t(
          'git is out of reach where files come through the editor; review a patch file, an editor or the clipboard',
        ),
      );
    case 'no-repository':
      throw new Error(vscode.l10n.t('the tree lies in no git repository; review a patch file'));
    case 'commits':
      list.items = answer.commits.map((commit) => itemOf(commit, howMany));
      list.busy = false;
  }
}

function accepted(list: vscode.QuickPick<CommitItem>): Promise<string | undefined> {
  return new Promise((resolve) => {
    list.onDidAccept(() => {
      const typed = list.value.trim();
      const revision = list.activeItems[0]?.revision ?? typed;
      if (revision !== '') resolve(revision);
    });
    list.onDidHide(() => resolve(undefined));
    list.show();
  });
}

function itemOf({ id, subject, author, date }: ListedCommit, howMany: HowMany): CommitItem {
  const short = id.slice(0, 12);
  const who = author.replace(/\s*<[^>]*>$/, '');
  return {
    label: subject === '' ? short : subject,
    description: howMany === 'one' ? short : vscode.l10n.t('{0} and all after it', short),
    detail: `${who}, ${date}`,
    revision: howMany === 'one' ? short : `${short}^..HEAD`,
  };
}
