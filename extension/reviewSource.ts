// reviewSource.ts
// Which patch is to be reviewed: a file, the text of an editor, the clipboard, commits, or what is not committed.

import * as vscode from 'vscode';
import { chooseCommits } from './chooseCommits.ts';
import { meantTree } from './meantTree.ts';
import type { Wanted } from './reviews.ts';
import type { Server } from './server.ts';

/** `undefined`: the user chose none. */
export async function chooseWanted(server: Server): Promise<Wanted | undefined> {
  const editor = vscode.window.activeTextEditor;
  const fromEditor: Choice[] =
    editor && looksLikePatch(editor.document)
      ? [
          {
            label: vscode.l10n.t('$(file) The patch in this editor'),
            description: nameOf(editor.document.uri),
            wanted: () => inTree(server, wantedIn(editor.document)),
          },
        ]
      : [];
  const choices: Choice[] = [
    ...fromEditor,
    { label: vscode.l10n.t('$(folder-opened) A patch or mailbox…'), wanted: () => chooseFile(server) },
    { label: vscode.l10n.t('$(clippy) The clipboard'), wanted: () => clipboard(server) },
    {
      label: vscode.l10n.t('$(request-changes) What is changed and not committed'),
      wanted: () =>
        inTree(server, { source: { kind: 'uncommitted' }, name: vscode.l10n.t('the uncommitted change') }),
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
export async function wantedAt(server: Server, uri: vscode.Uri): Promise<Wanted | undefined> {
  const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
  if (open && (open.isDirty || open.isUntitled)) return inTree(server, wantedIn(open));
  const bytes = await vscode.workspace.fs.readFile(uri);
  const name = nameOf(uri);
  return inTree(server, { source: { kind: 'bytes', base64: base64Of(bytes), name }, name, file: uri });
}

interface Choice extends vscode.QuickPickItem {
  readonly wanted: () => Promise<Wanted | undefined>;
}

const looksLikePatch = (document: vscode.TextDocument): boolean =>
  /\.(?:patch|diff|mbox|eml)$/.test(document.fileName) || /^(?:diff --git|--- a\/)/m.test(document.getText());

type Patch = Omit<Wanted, 'tree'>;

async function inTree(server: Server, patch: Patch): Promise<Wanted | undefined> {
  const tree = await meantTree(server, patch.file);
  return tree === undefined ? undefined : { ...patch, tree };
}

function wantedIn(document: vscode.TextDocument): Patch {
  const name = nameOf(document.uri);
  return { source: { kind: 'text', text: document.getText(), name }, name, file: document.uri };
}

async function chooseFile(server: Server): Promise<Wanted | undefined> {
  const filters = { 'Patches and mailboxes': ['patch', 'diff', 'mbox', 'eml'], 'All files': ['*'] };
  const [uri] = (await vscode.window.showOpenDialog({ title: vscode.l10n.t('Review Patch'), filters })) ?? [];
  return uri && wantedAt(server, uri);
}

async function clipboard(server: Server): Promise<Wanted | undefined> {
  const name = vscode.l10n.t('the clipboard');
  const text = await vscode.env.clipboard.readText();
  return inTree(server, { source: { kind: 'text', text, name }, name });
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
