// criticalSections.ts
// Shades the lines on which something is held, in the editors that one sees; setting: holdwait.criticalSections.enabled.

import * as vscode from 'vscode';
import type { HeldLines } from '../src/server/protocol.ts';
import { isServed, Rest } from './cEditors.ts';
import { describeFailure } from './failures.ts';
import type { Server } from './server.ts';
import { onDidChangeTrees } from './treeStates.ts';

const restMs = 150;
// Scrolling a little shows what was asked for before.
const linesAround = 100;

export function activateCriticalSections(server: Server, log: vscode.LogOutputChannel): vscode.Disposable {
  const sections = new CriticalSections(server, log);
  const update = (): void => sections.update();
  update();
  return vscode.Disposable.from(
    sections,
    vscode.window.onDidChangeVisibleTextEditors(update),
    vscode.window.onDidChangeTextEditorVisibleRanges(update),
    vscode.workspace.onDidChangeTextDocument(({ document }) => {
      if (vscode.window.visibleTextEditors.some((editor) => editor.document === document)) update();
    }),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration('holdwait.criticalSections')) update();
    }),
    onDidChangeTrees(server, update),
  );
}

class CriticalSections implements vscode.Disposable {
  readonly #server: Server;
  readonly #log: vscode.LogOutputChannel;
  readonly #rest = new Rest();
  readonly #sure = decoration('solid', 'holdwait.criticalSectionBackground');
  readonly #unsure = decoration('dotted', 'holdwait.uncertainSectionBackground');
  #asking: vscode.CancellationTokenSource | undefined;

  constructor(server: Server, log: vscode.LogOutputChannel) {
    this.#server = server;
    this.#log = log;
  }

  update(): void {
    this.#asking?.cancel();
    this.#rest.after(restMs, () => void this.#shadeAll());
  }

  dispose(): void {
    this.#rest.dispose();
    this.#asking?.cancel();
    this.#sure.dispose();
    this.#unsure.dispose();
  }

  async #shadeAll(): Promise<void> {
    const asking = (this.#asking = new vscode.CancellationTokenSource());
    try {
      for (const editor of vscode.window.visibleTextEditors.filter(isServed)) {
        const sections = await this.#sectionsOf(editor, asking.token);
        if (asking.token.isCancellationRequested) return;
        editor.setDecorations(this.#sure, sections.filter(({ isSure }) => isSure).map(linesOf));
        editor.setDecorations(this.#unsure, sections.filter(({ isSure }) => !isSure).map(linesOf));
      }
    } catch (error) {
      // What is shaded stays: the status of the tree tells why nothing new comes.
      if (!asking.token.isCancellationRequested)
        this.#log.debug(`critical sections: ${describeFailure(error)}`);
    } finally {
      asking.dispose();
    }
  }

  async #sectionsOf(
    editor: vscode.TextEditor,
    token: vscode.CancellationToken,
  ): Promise<readonly HeldLines[]> {
    const { uri } = editor.document;
    const isAsked = sectionsAreShaded(uri) && this.#server.state.kind === 'running';
    if (!isAsked || editor.visibleRanges.length === 0) return [];
    const firstLine = Math.max(
      0,
      Math.min(...editor.visibleRanges.map(({ start }) => start.line)) - linesAround,
    );
    const lastLine = Math.max(...editor.visibleRanges.map(({ end }) => end.line)) + linesAround;
    const answer = await this.#server.request(
      'holdwait/heldSections',
      { uri: uri.toString(), firstLine, lastLine },
      token,
    );
    return answer.kind === 'sections' ? answer.sections : [];
  }
}

const linesOf = ({ firstLine, lastLine }: HeldLines): vscode.Range =>
  new vscode.Range(firstLine, 0, lastLine, 0);

/** `dotted`: held on some ways only. */
function decoration(borderStyle: 'solid' | 'dotted', background: string): vscode.TextEditorDecorationType {
  return vscode.window.createTextEditorDecorationType({
    isWholeLine: true,
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
    backgroundColor: new vscode.ThemeColor(background),
    borderColor: new vscode.ThemeColor('holdwait.criticalSectionBorder'),
    borderStyle,
    borderWidth: '0 0 0 2px',
  });
}

const sectionsAreShaded = (scope: vscode.Uri): boolean =>
  vscode.workspace.getConfiguration('holdwait', scope).get('criticalSections.enabled', true);
