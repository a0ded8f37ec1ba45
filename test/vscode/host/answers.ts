// answers.ts
// Asks VS Code, from inside an extension host, for what the extension answers about the small tree in
// test/vscode/tree.

import * as vscode from 'vscode';
import { eventually, openDemo } from './demo.ts';

/** Suites that hold in the Node extension host and in the browser's alike. */
export function describeAnswers(kind: vscode.ExtensionKind): void {
  describe('the extension', () => {
    it('runs in the intended host', () => {
      if (extension().extensionKind !== kind) throw new Error(`it runs in kind ${extension().extensionKind}`);
    });

    it('becomes active for C', async () => {
      await openDemo();
      await eventually('the extension is active', () => extension().isActive);
    });

    it('registers every command that its manifest names', async () => {
      const manifest = extension().packageJSON as { contributes?: { commands?: { command: string }[] } };
      const registered = new Set(await vscode.commands.getCommands(true));
      const named = manifest.contributes?.commands?.map(({ command }) => command) ?? [];
      const missing = named.filter((command) => !registered.has(command));
      if (named.length === 0 || missing.length > 0) throw new Error(`not registered: ${missing.join(', ')}`);
    });
  });

  describe('code lenses', () => {
    it('stand above functions that take a lock or wait', async () => {
      const document = await openDemo();
      const lenses = await lensesOf(document);
      expectLens(lenses, document, 'demo_reset(struct', /^takes .*io_lock/);
      expectLens(lenses, document, 'demo_stop(struct', /^takes .*demo_list_mutex/);
    });

    it('do not stand above functions that do neither', async () => {
      const document = await openDemo();
      const lenses = await lensesOf(document);
      const line = lineOf(document, 'demo_double(int');
      if (lenses.some((lens) => lens.range.start.line === line)) throw new Error('demo_double has a lens');
    });

    it('run the command that shows lock chains', async () => {
      const lenses = await lensesOf(await openDemo());
      const commands = new Set(lenses.map((lens) => lens.command?.command));
      if (!commands.has('holdwait.showChains')) throw new Error(`they run ${[...commands].join(', ')}`);
    });

    it('follow the text of an editor that is not saved', async () => {
      const document = await openDemo();
      const edit = new vscode.WorkspaceEdit();
      const text =
        'static DEFINE_MUTEX(late_mutex);\nvoid demo_late(void)\n{\n\tmutex_lock(&late_mutex);\n}\n';
      edit.insert(document.uri, new vscode.Position(document.lineCount, 0), text);
      await vscode.workspace.applyEdit(edit);
      await eventually('a lens above demo_late', async () =>
        (await lensesOf(document)).some((lens) => lens.command?.title.includes('late_mutex')),
      );
      await vscode.commands.executeCommand('workbench.action.files.revert');
    });
  });

  describe('lock chains', () => {
    it('open in their view, and from there as a panel', async () => {
      const document = await openDemo();
      const lens = (await lensesOf(document)).find(({ command }) =>
        command?.title.includes('demo_list_mutex'),
      );
      if (lens?.command === undefined) throw new Error('no lens with demo_list_mutex');
      await vscode.commands.executeCommand(lens.command.command, ...(lens.command.arguments as unknown[]));
      await vscode.commands.executeCommand('holdwait.showChainsPanel');
      await eventually('a tab titled "Lock chains"', () => tabTitles().includes('Lock chains'));
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    });
  });
}

function extension(): vscode.Extension<unknown> {
  const found = vscode.extensions.getExtension('holdwait.holdwait');
  if (found === undefined) throw new Error('VS Code does not know holdwait.holdwait');
  return found;
}

/** Waits for the first lenses: the server may still be reading the tree. */
async function lensesOf(document: vscode.TextDocument): Promise<readonly vscode.CodeLens[]> {
  let lenses: readonly vscode.CodeLens[] = [];
  await eventually(`lenses in ${document.uri.path}`, async () => {
    lenses = await vscode.commands.executeCommand('vscode.executeCodeLensProvider', document.uri, 100);
    return lenses.length > 0;
  });
  return lenses;
}

function expectLens(
  lenses: readonly vscode.CodeLens[],
  document: vscode.TextDocument,
  functionStart: string,
  title: RegExp,
): void {
  const line = lineOf(document, functionStart);
  const titles = lenses.map((lens) => `${lens.range.start.line}: ${lens.command?.title}`);
  const found = lenses.some(
    (lens) => lens.range.start.line === line && title.test(lens.command?.title ?? ''),
  );
  if (!found) throw new Error(`no ${title} on line ${line}; there is\n${titles.join('\n')}`);
}

function lineOf(document: vscode.TextDocument, text: string): number {
  const offset = document.getText().indexOf(text);
  if (offset < 0) throw new Error(`no "${text}" in ${document.uri.path}`);
  return document.positionAt(offset).line;
}

function tabTitles(): readonly string[] {
  return vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ label }) => label));
}
