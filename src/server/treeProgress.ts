// treeProgress.ts
// How far the reading of each tree has come, for editors that show the progress of any server and know nothing of our
// status. Cancelling it pauses the reading in the background.

import type { Connection, WorkDoneProgressServerReporter } from 'vscode-languageserver';
import { grouped } from '../base/grouped.ts';
import { counted } from '../report/words.ts';
import type { StatusParams, TreeState } from './protocol.ts';

export class TreeProgress {
  readonly #connection: Connection;
  readonly #pause: () => void;
  readonly #shown = new Map<string, Promise<WorkDoneProgressServerReporter>>();
  /** Trees whose progress was ended by their user, or is over. */
  readonly #ended = new Set<string>();

  constructor(connection: Connection, pause: () => void) {
    this.#connection = connection;
    this.#pause = pause;
  }

  tell({ trees }: StatusParams): void {
    for (const { root, state } of trees) {
      const words = wordsFor(state);
      if (words) this.#report(root, words);
      else this.#end(root, state);
    }
  }

  #report(root: string, { percentage, message }: Words): void {
    if (this.#ended.has(root)) return;
    const known = this.#shown.get(root);
    if (known) {
      void known.then((reporter) => reporter.report(percentage, message));
      return;
    }
    this.#shown.set(root, this.#begin(root, percentage, message));
  }

  async #begin(root: string, percentage: number, message: string): Promise<WorkDoneProgressServerReporter> {
    const reporter = await this.#connection.window.createWorkDoneProgress();
    reporter.begin('Holdwait', percentage, message, true);
    reporter.token.onCancellationRequested(() => {
      this.#ended.add(root);
      this.#pause();
      reporter.done();
    });
    return reporter;
  }

  /** Changes on disk are read in no time: only the first reading of a tree is told. */
  #end(root: string, state: TreeState): void {
    if (state.kind === 'indexing') return;
    this.#ended.add(root);
    const known = this.#shown.get(root);
    this.#shown.delete(root);
    void known?.then((reporter) => reporter.done());
  }
}

interface Words {
  readonly percentage: number;
  readonly message: string;
}

/** `undefined`: nothing is going on. */
function wordsFor(state: TreeState): Words | undefined {
  switch (state.kind) {
    case 'starting':
      return wordsOf('names of', state.files, state.total);
    case 'indexing':
      return state.paused ? undefined : wordsOf('read', state.files, state.total);
    case 'ready':
    case 'failed':
      return undefined;
  }
}

const wordsOf = (what: string, files: number, total: number): Words => ({
  percentage: total === 0 ? 0 : Math.floor((100 * files) / total),
  message: `${what} ${grouped(files)} of ${counted(total, 'file')}`,
});
