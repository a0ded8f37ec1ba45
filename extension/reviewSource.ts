// reviewSource.ts
// Which patch is to be reviewed: a file, the text of an editor, the clipboard, commits, or what is not committed.

import * as vscode from 'vscode';
import { chooseCommits } from './chooseCommits.ts';
import type { Wanted } from './reviews.ts';
import type { Server } from './server.ts';

export async function chooseWanted(server: Server): Promise<Wanted | undefined> {
  const editor = vscode.window.activeTextEditor;
  const fromEditor: Choice[] =
    editor && looksLikePatch(editor.document)
      ? [
          {
            label: vscode.l10n.t('$(file) The patch in this editor'),
            description: nameOf(editor.document.uri),
            wanted: () => Promise.resolve(wantedIn(editor.document)),
          },
        ]
      : [];
  const choices: Choice[] = [
    ...fromEditor,
    { label: vscode.l10n.t('$(folder-opened) A patch or mailbox…'), wanted: chooseFile },
    { label: vscode.l10n.t('$(clippy) The clipboard'), wanted: clipboard },
    {
      label: vscode.l10n.t('$(request-changes) What is changed and not committed'),
      wanted: () => Promise.resolve({ source: { kind: 'uncommitted' }, name: 'the uncommitted change' }),
    },
    { label: vscode.l10n.t('$(git-commit) A commit…'), wanted: () => chooseCommits(server, 'one') },
    {
      label: vscode.l10n.t('$(git-compare) The last commits, or a range…'),
      wanted: () => chooseCommits(server, 'several'),
    },
  ];
  const chosen = await vscode.window.showQuickPick(choices, {
    title: vscode.l10n.t('Review Patch'),
    placeHolder: vscode.l10n.t('Which one?'),
  });
  return chosen?.wanted();
}

/** An open editor may hold more than its file. */
export async function wantedAt(uri: vscode.Uri): Promise<Wanted> {
  const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
  if (open && (open.isDirty || open.isUntitled)) return wantedIn(open);
  const bytes = await vscode.workspace.fs.readFile(uri);
  return {
    source: { kind: 'bytes', base64: base64Of(bytes), name: nameOf(uri) },
    name: nameOf(uri),
    file: uri,
  };
}

interface Choice extends vscode.QuickPickItem {
  readonly wanted: () => Promise<Wanted | undefined>;
}

const looksLikePatch = (document: vscode.TextDocument): boolean =>
  /\.(?:patch|diff|mbox|eml)$/.test(document.fileName) || /^(?:diff --git|--- a\/)/m.test(document.getText());

function wantedIn(document: vscode.TextDocument): Wanted {
  const name = nameOf(document.uri);
  return { source: { kind: 'text', text: document.getText(), name }, name, file: document.uri };
}

async function chooseFile(): Promise<Wanted | undefined> {
  const filters = { 'Patches and mailboxes': ['patch', 'diff', 'mbox', 'eml'], 'All files': ['*'] };
  const [uri] = (await vscode.window.showOpenDialog({ title: vscode.l10n.t('Review Patch'), filters })) ?? [];
  return uri && wantedAt(uri);
}

async function clipboard(): Promise<Wanted> {
  const name = vscode.l10n.t('the clipboard');
  return { source: { kind: 'text', text: await vscode.env.clipboard.readText(), name }, name };
}

const nameOf = ({ path }: vscode.Uri): string => path.slice(path.lastIndexOf('/') + 1);

function base64Of(bytes: Uint8Array): string {
  let letters = '';
  for (let at = 0; at < bytes.length; at += sliceBytes)
    letters += String.fromCharCode(...bytes.subarray(at, at + sliceBytes));
  return btoa(letters);
}

/** More arguments than these some engines do not take. */
const sliceBytes = 0x8000;
