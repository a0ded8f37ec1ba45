// tree.ts
// One kernel tree that is being opened, is open, or could not be opened, and what to say about it in the status.

import type { Disposable } from '../base/disposable.ts';
import type { OpenTree, ServerEnvironment, TreeProgress } from './environment.ts';
import type { TreeState, TreeStatus } from './protocol.ts';
import type { ServerSettings } from './settings.ts';

export interface TreeListener {
  statusChanged(): void;
  log(message: string): void;
}

export class Tree implements Disposable {
  readonly root: string;
  /** Rejects when the tree could not be opened; the status says so too. */
  readonly opened: Promise<OpenTree>;
  readonly #listener: TreeListener;
  #open: OpenTree | undefined;
  #state: TreeState = { kind: 'starting', files: 0, total: 0 };
  #trouble: string | undefined;
  #isPaused = false;
  #isDisposed = false;

  constructor(
    root: string,
    environment: ServerEnvironment,
    settings: ServerSettings,
    listener: TreeListener,
  ) {
    this.root = root;
    this.#listener = listener;
    this.opened = this.#start(environment, settings);
    // Requests that wait for the tree see the failure; without any, it must not end the process.
    this.opened.catch(() => undefined);
  }

  get status(): TreeStatus {
    return this.#trouble === undefined
      ? { root: this.root, state: this.#state }
      : { root: this.root, state: this.#state, trouble: this.#trouble };
  }

  get memoryLines(): readonly string[] {
    return this.#open?.memoryLines() ?? ['not open'];
  }

  setPaused(paused: boolean): void {
    this.#isPaused = paused;
    this.#open?.setPaused(paused);
    if (this.#state.kind === 'indexing') this.#setState({ ...this.#state, paused });
  }

  reportTrouble(message: string): void {
    this.#trouble = message;
    this.#listener.log(`${this.root}: ${message}`);
    this.#listener.statusChanged();
  }

  clearTrouble(): void {
    if (this.#trouble === undefined) return;
    this.#trouble = undefined;
    this.#listener.statusChanged();
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#open?.dispose();
  }

  async #start(environment: ServerEnvironment, settings: ServerSettings): Promise<OpenTree> {
    try {
      const open = await environment.openTree(this.root, settings, {
        progress: (progress) => this.#setProgress(progress),
        log: (line) => this.#listener.log(`${this.root}: ${line}`),
        trouble: (message) => this.reportTrouble(message),
      });
      if (this.#isDisposed) open.dispose();
      else this.#open = open;
      if (this.#isPaused) open.setPaused(true);
      return open;
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      this.#listener.log(
        `${this.root} could not be opened: ${error instanceof Error ? error.stack : message}`,
      );
      this.#setState({ kind: 'failed', message });
      throw error;
    }
  }

  #setProgress(progress: TreeProgress): void {
    switch (progress.kind) {
      case 'naming':
        return this.#setState({ kind: 'starting', files: progress.files, total: progress.total });
      case 'reading':
        return this.#setState({
          kind: 'indexing',
          files: progress.files,
          total: progress.total,
          paused: this.#isPaused,
        });
      case 'complete':
        return this.#setState({ ...progress, kind: 'ready' });
    }
  }

  #setState(state: TreeState): void {
    this.#state = state;
    if (!this.#isDisposed) this.#listener.statusChanged();
  }
}
