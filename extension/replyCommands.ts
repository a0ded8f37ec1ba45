// replyCommands.ts
// The answer for the list, with whatever was edited in it: into the clipboard, or into a file that a mail program takes.

import * as vscode from 'vscode';
import { runCommand } from './failures.ts';
import { mailOf } from './reviews.ts';
import type { Review, Reviews } from './reviews.ts';

export function activateReplies(reviews: Reviews, log: vscode.LogOutputChannel): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.commands.registerCommand('holdwait.copyReply', () =>
      runCommand(vscode.l10n.t('the reply could not be copied'), log, async () => {
        await vscode.env.clipboard.writeText(mailOf(needReply(reviews)));
        vscode.window.setStatusBarMessage(vscode.l10n.t('Holdwait: the reply is in the clipboard'), 5_000);
      }),
    ),
    vscode.commands.registerCommand('holdwait.saveReplyAsMail', () =>
      runCommand(vscode.l10n.t('the reply could not be saved'), log, () => save(needReply(reviews))),
    ),
  );
}

async function save(review: Review): Promise<void> {
  const { mail } = review.answer;
  const isMany = mail.kind === 'answers' && mail.drafts.length > 1;
  const ending = isMany ? 'mbox' : 'eml';
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const name = `reply-to-${plainName(review.wanted.name)}.${ending}`;
  const uri = await vscode.window.showSaveDialog({
    title: vscode.l10n.t('Save Reply As Mail'),
    ...(folder ? { defaultUri: vscode.Uri.joinPath(folder, name) } : {}),
    filters: { Mail: [ending, 'txt'] },
  });
  if (!uri) return;
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(mailOf(review)));
  vscode.window.setStatusBarMessage(
    vscode.l10n.t('Holdwait: the reply is in {0}', vscode.workspace.asRelativePath(uri)),
    5_000,
  );
}

function needReply({ review }: Reviews): Review {
  if (!review) throw new Error(vscode.l10n.t('nothing was reviewed yet; review a patch first'));
  if (review.answer.mail.kind === 'nothing')
    throw new Error(vscode.l10n.t('there is nothing to say on the list'));
  return review;
}

/** What every file system takes as a part of a name. */
const plainName = (name: string): string =>
  name
    .replace(/\.(?:patch|diff|mbox|eml)$/, '')
    .replace(/[^\w.-]+/g, '-')
    .replace(/^[.-]+/, '') || 'patch';
