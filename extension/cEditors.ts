// cEditors.ts
// The editors that the server knows the texts of.

import type * as vscode from 'vscode';

export const isServed = ({ document }: vscode.TextEditor): boolean =>
  document.languageId === 'c' || (document.languageId === 'cpp' && document.uri.path.endsWith('.h'));

/** Runs the last of several calls in a row, after a moment without another. */
export class Rest implements vscode.Disposable {
  #timer: ReturnType<typeof setTimeout> | undefined;

  after(milliseconds: number, action: () => void): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(action, milliseconds);
  }

  dispose(): void {
    clearTimeout(this.#timer);
  }
}
