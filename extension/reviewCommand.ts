// reviewCommand.ts
// The command Review Patch: a patch from a file, an editor, the clipboard or git, reviewed on the open tree. The report
// opens as a text, and the first new cycle beside it in the panel.

import * as vscode from 'vscode';
import type { CyclePanels } from './cyclePanels.ts';
import { runCommand } from './failures.ts';
import type { Server } from './server.ts';
import type { ReviewAnswer, ReviewSource } from '../src/server/protocol.ts';

export function activateReview(
  panels: CyclePanels,
  server: Server,
  log: vscode.LogOutputChannel,
): vscode.Disposable {
  const reports = new ReviewReports();
  return vscode.Disposable.from(
    reports,
    vscode.workspace.registerTextDocumentContentProvider(reportScheme, reports),
    vscode.commands.registerCommand('holdwait.reviewPatch', (argument: unknown) =>
      runCommand('the patch could not be reviewed', log, async () => {
        const source = argument instanceof vscode.Uri ? await sourceOfFile(argument) : await chooseSource();
        if (!source) return;
        const review = reviewIn(await ask(server, source));
        await reports.show(review.text);
        const first = review.findings.find(({ view }) => view.status === 'introduced');
        if (first) panels.show({ root: review.root, view: first.view });
        vscode.window.setStatusBarMessage(`Holdwait: ${review.answer}`, 15_000);
      }),
    ),
  );
}

const reportScheme = 'holdwait-review';

/** Documents that only this window knows; the last one is the one that counts. */
class ReviewReports implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.#changed.event;
  readonly #uri = vscode.Uri.from({ scheme: reportScheme, path: 'Holdwait review' });
  #text = '';

  provideTextDocumentContent(): string {
    return this.#text;
  }

  async show(text: string): Promise<void> {
    this.#text = text;
    this.#changed.fire(this.#uri);
    const document = await vscode.workspace.openTextDocument(this.#uri);
    await vscode.window.showTextDocument(document, { preview: false, viewColumn: vscode.ViewColumn.Active });
  }

  dispose(): void {
    this.#changed.dispose();
  }
}

function ask(server: Server, source: ReviewSource): Thenable<ReviewAnswer> {
  const options = {
    location: vscode.ProgressLocation.Window,
    title: 'Holdwait: reviewing the patch',
    cancellable: true,
  };
  const uri = vscode.workspace.workspaceFolders?.[0]?.uri.toString() ?? '';
  return vscode.window.withProgress(options, (_, token) =>
    server.request('holdwait/review', { uri, source }, token),
  );
}

function reviewIn(answer: ReviewAnswer): Extract<ReviewAnswer, { readonly kind: 'review' }> {
  switch (answer.kind) {
    case 'review':
      return answer;
    case 'refused':
      throw new Error(answer.reason);
    case 'no-kernel-tree':
      throw new Error('no kernel tree is open; open the folder that the patch is for');
    case 'not-available':
      throw new Error('the server in a browser reviews no patches');
  }
}

interface Choice extends vscode.QuickPickItem {
  readonly source: () => Promise<ReviewSource | undefined>;
}

async function chooseSource(): Promise<ReviewSource | undefined> {
  const editor = vscode.window.activeTextEditor;
  const fromEditor: Choice[] =
    editor && looksLikePatch(editor.document)
      ? [{ label: 'The patch in this editor', source: () => Promise.resolve(sourceOf(editor.document)) }]
      : [];
  const choices: Choice[] = [
    ...fromEditor,
    { label: 'A patch or mailbox…', source: chooseFile },
    { label: 'The clipboard', source: clipboard },
    { label: 'What is changed and not committed', source: () => Promise.resolve({ kind: 'uncommitted' }) },
    { label: 'A commit or a range…', source: chooseRevision },
  ];
  const chosen = await vscode.window.showQuickPick(choices, {
    title: 'Review Patch',
    placeHolder: 'Which one?',
  });
  return chosen?.source();
}

const looksLikePatch = (document: vscode.TextDocument): boolean =>
  /\.(?:patch|diff|mbox|eml)$/.test(document.fileName) || /^(?:diff --git|--- a\/)/m.test(document.getText());

const sourceOf = (document: vscode.TextDocument): ReviewSource => ({
  kind: 'text',
  text: document.getText(),
  name: document.fileName,
});

async function sourceOfFile(uri: vscode.Uri): Promise<ReviewSource> {
  const bytes = await vscode.workspace.fs.readFile(uri);
  return { kind: 'text', text: new TextDecoder().decode(bytes), name: uri.path };
}

async function chooseFile(): Promise<ReviewSource | undefined> {
  const filters = { 'Patches and mailboxes': ['patch', 'diff', 'mbox', 'eml'], 'All files': ['*'] };
  const [uri] = (await vscode.window.showOpenDialog({ title: 'Review Patch', filters })) ?? [];
  return uri && sourceOfFile(uri);
}

async function clipboard(): Promise<ReviewSource> {
  return { kind: 'text', text: await vscode.env.clipboard.readText(), name: 'the clipboard' };
}

async function chooseRevision(): Promise<ReviewSource | undefined> {
  const revision = await vscode.window.showInputBox({
    title: 'Review Patch',
    prompt: 'A commit, or a range OLD..NEW of the repository around the tree',
    placeHolder: 'HEAD~3..HEAD',
  });
  return revision === undefined || revision === '' ? undefined : { kind: 'revision', revision };
}
