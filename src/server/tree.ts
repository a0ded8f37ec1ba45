// tree.ts
// One kernel tree that is being opened, is open, or could not be opened, and what to say about it in the status.

import type { IndexedFiles, OpenTree, ServerEnvironment, TreeProgress } from './environment.ts';
import { throwIfCancelled } from '../base/cancel.ts';
import { UserError } from '../base/errors.ts';
import { describeError } from './failures.ts';
import type { TreeState, TreeStatus } from './protocol.ts';
import type { ServerSettings } from './settings.ts';

export interface TreeListener {
  statusChanged(): void;
  log(message: string): void;
  /** Like `log`, for what went wrong. */
  complain(message: string): void;
}

// An editor that starts with a file in view tells of it within this time.
const firstFileMs = 300;
const cancelledMessage = 'Reading was cancelled before the tree was open. Rescan Tree reads it.';

// While VS Code starts, it throws lenses away and asks for them again whenever another extension has some, too: three times
// within three seconds, on a machine that is busy with the start. What is shown is the last answer.
const lensesAgainMs = 1000;

// A file whose headers are many and whose disk is slow must not hold up everything else.
const firstAnswerMs = 4000;

/** What can answer now: the tree, or until it is open the part of it around the files that are asked about. */
export interface Answering {
  readonly open: OpenTree;
  readonly isPartial: boolean;
}

export class Tree {
  readonly root: string;
  /** Rejects when the tree could not be opened; the status says so too. */
  readonly opened: Promise<OpenTree>;
  readonly #environment: ServerEnvironment;
  readonly #settings: ServerSettings;
  readonly #listener: TreeListener;
  #open: OpenTree | undefined;
  #near: Promise<OpenTree> | undefined;
  #state: TreeState = { kind: 'starting', files: 0, total: 0 };
  #trouble: string | undefined;
  #isPaused = false;
  #urgent = 0;
  #isClosed = false;
  readonly #openingToken = { isCancellationRequested: false };
  readonly #asked = new Moment();
  readonly #answered = new Moment();
  readonly #wanted = new Moment();
  #expectsLenses = false;
  #lensesRest: ReturnType<typeof setTimeout> | undefined;

  constructor(
    root: string,
    environment: ServerEnvironment,
    settings: ServerSettings,
    listener: TreeListener,
  ) {
    this.root = root;
    this.#environment = environment;
    this.#settings = settings;
    this.#listener = listener;
    this.opened = environment.openNear ? this.#letPartAnswer().then(() => this.#start()) : this.#start();
    // Requests that wait for the tree see the failure; without any, it must not end the process.
    this.opened.catch(() => undefined);
  }

  get status(): TreeStatus {
    return this.#trouble === undefined
      ? { root: this.root, state: this.#state }
      : { root: this.root, state: this.#state, trouble: this.#trouble };
  }

  get isOpen(): boolean {
    return this.#open !== undefined;
  }

  get memoryLines(): readonly string[] {
    return this.#open?.memoryLines() ?? ['not open'];
  }

  /** Whichever of the two is there first. */
  async answering(): Promise<Answering> {
    if (this.#open) return { open: this.#open, isPartial: false };
    const whole = this.opened.then((open): Answering => ({ open, isPartial: false }));
    const part = this.#openPart()?.then((open): Answering => ({ open, isPartial: true }));
    // Whoever cancelled the whole still sees what lies around the open files.
    if (part !== undefined && this.#openingToken.isCancellationRequested) return part;
    if (part === undefined || this.#state.kind === 'failed') return whole;
    return Promise.race([whole, part.catch(() => whole)]);
  }

  /** `false`: nothing was being read that nobody has asked for. */
  cancelReading(): boolean {
    if (this.#open) return this.#open.cancelReading();
    if (this.#state.kind !== 'starting' || this.#openingToken.isCancellationRequested) return false;
    this.#openingToken.isCancellationRequested = true;
    return true;
  }

  /** `undefined` until the tree is open. */
  get indexedFiles(): IndexedFiles | undefined {
    return this.#open?.indexedFiles();
  }

  async filesChanged(paths: readonly string[]): Promise<void> {
    const near = await this.#near;
    await near?.filesChanged(paths);
    const open = await this.opened;
    await open.filesChanged(paths);
  }

  /** The whole tree, for one who waits for it: nothing is put before it then. */
  whole(): Promise<OpenTree> {
    this.#wanted.come();
    return this.opened;
  }

  /** An editor shows a file of it and asks for the lenses before long: the whole is read after those. */
  expectLenses(): void {
    this.#expectsLenses = true;
  }

  /** To be called after every answer. */
  answered(): void {
    if (!this.#expectsLenses) this.#answered.come();
  }

  lensesAnswered(): void {
    clearTimeout(this.#lensesRest);
    this.#lensesRest = setTimeout(() => this.#answered.come(), this.#expectsLenses ? lensesAgainMs : 0);
  }

  setPaused(paused: boolean): void {
    this.#isPaused = paused;
    this.#open?.setPaused(paused || this.#urgent > 0);
    if (this.#state.kind === 'indexing') this.#setState({ ...this.#state, paused });
  }

  /** Somebody waits for this: files that nobody has asked for are read later. */
  async beforeAllOthers<R>(work: () => Promise<R>): Promise<R> {
    this.#urgent++;
    this.#open?.setPaused(true);
    try {
      return await work();
    } finally {
      if (--this.#urgent === 0) this.#open?.setPaused(this.#isPaused);
    }
  }

  reportTrouble(message: string): void {
    this.#trouble = message;
    this.#complain(message);
    this.#listener.statusChanged();
  }

  clearTrouble(): void {
    if (this.#trouble === undefined) return;
    this.#trouble = undefined;
    this.#listener.statusChanged();
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#openingToken.isCancellationRequested = true;
    await this.#open?.close();
  }

  /** Opening the whole tree keeps disk and processors busy for seconds; what is on the screen comes before that. */
  async #letPartAnswer(): Promise<void> {
    const wanted = this.#wanted.here;
    await Promise.race([this.#asked.here, wanted, delay(firstFileMs)]);
    if (this.#near) await Promise.race([this.#answered.here, wanted, delay(firstAnswerMs)]);
  }

  async #start(): Promise<OpenTree> {
    try {
      const events = {
        progress: (progress: TreeProgress) => this.#setProgress(progress),
        log: (line: string) => this.#log(line),
        trouble: (message: string) => this.reportTrouble(message),
      };
      const token = this.#openingToken;
      throwIfCancelled(token);
      const open = await this.#environment.openTree(this.root, this.#settings, events, token);
      if (this.#isClosed) await open.close();
      else this.#open = open;
      // Answers that are under way may still use the part, so it is let go of and not disposed.
      this.#near = undefined;
      if (this.#isPaused) open.setPaused(true);
      return open;
    } catch (error) {
      if (this.#openingToken.isCancellationRequested) {
        this.#log('reading was cancelled before the tree was open');
        this.#setState({ kind: 'failed', message: cancelledMessage });
        throw this.#isClosed ? error : new UserError('reading-cancelled', cancelledMessage);
      }
      this.#complain(describeError('the tree could not be opened', error));
      this.#setState({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
      throw error;
    }
  }

  #openPart(): Promise<OpenTree> | undefined {
    const log = (line: string): void => this.#log(line);
    const trouble = (message: string): void => this.#complain(message);
    // Progress of the part is not that of the tree.
    const events = { progress: () => undefined, log, trouble };
    this.#near ??= this.#environment.openNear?.(this.root, this.#settings, events);
    this.#asked.come();
    return this.#near;
  }

  #setProgress(progress: TreeProgress): void {
    switch (progress.kind) {
      case 'naming':
        return this.#setState({ kind: 'starting', files: progress.files, total: progress.total });
      case 'reading': {
        const { files, total } = progress;
        return this.#setState({ kind: 'indexing', files, total, paused: this.#isPaused });
      }
      case 'complete':
        return this.#setState({ ...progress, kind: 'ready' });
    }
  }

  #setState(state: TreeState): void {
    this.#state = state;
    if (!this.#isClosed) this.#listener.statusChanged();
  }

  #complain(message: string): void {
    this.#listener.complain(`${this.root}: ${message}`);
  }

  #log(line: string): void {
    this.#listener.log(`${this.root}: ${line}`);
  }
}

/** Something that happens once, and for which some wait. */
class Moment {
  come = (): void => undefined;
  readonly here = new Promise<void>((resolve) => (this.come = resolve));
}

const delay = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
