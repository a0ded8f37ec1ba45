// reviews.ts
// The review that this window works on: the last one that was done, and the one that is under way. Also the context
// keys that the menus of package.json go by: holdwait.hasReview, holdwait.hasReply, holdwait.isReviewing.

import * as vscode from 'vscode';
import { mailText, wordsAbout } from '../src/report/mailDraft.ts';
import type { ReviewAnswer, ReviewSource } from '../src/server/protocol.ts';
import { isCancellation } from './failures.ts';
import type { Server } from './server.ts';

export type Answered = Extract<ReviewAnswer, { readonly kind: 'review' }>;

export interface Review {
  readonly answer: Answered;
  readonly wanted: Wanted;
  /** The tree on the disk is the tree with the patches. */
  readonly isOnDisk: boolean;
  /** What somebody says about a finding instead of what the answer says. */
  readonly otherWords: Map<string, string>;
}

export interface Wanted {
  readonly source: ReviewSource;
  /** For people: `stop.patch`. */
  readonly name: string;
  /** The address of the tree that it is for, or of a folder in it. */
  readonly tree: string;
  /** Where the patch was read, if it lies in a file. */
  readonly file?: vscode.Uri;
}

export interface Running {
  readonly name: string;
  /** `patch 2 of 5`; empty as long as nothing is known. */
  readonly message: string;
}

export class Reviews implements vscode.Disposable {
  readonly #server: Server;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  #review: Review | undefined;
  #running: Running | undefined;
  #cancellation: vscode.CancellationTokenSource | undefined;

  constructor(server: Server) {
    this.#server = server;
  }

  get review(): Review | undefined {
    return this.#review;
  }

  get running(): Running | undefined {
    return this.#running;
  }

  /** `undefined`: it was cancelled, or another one was begun. */
  async run(wanted: Wanted): Promise<Review | undefined> {
    this.#cancellation?.cancel();
    const cancellation = (this.#cancellation = new vscode.CancellationTokenSource());
    this.#setRunning({ name: wanted.name, message: '' });
    try {
      const answer = await this.#ask(wanted, cancellation.token);
      if (cancellation.token.isCancellationRequested) return undefined;
      this.#review = reviewOf(answered(answer), wanted);
      return this.#review;
    } catch (error) {
      if (cancellation.token.isCancellationRequested || isCancellation(error)) return undefined;
      throw error;
    } finally {
      if (this.#cancellation === cancellation) this.#setRunning(undefined);
      cancellation.dispose();
    }
  }

  cancel(): void {
    this.#cancellation?.cancel();
    this.#setRunning(undefined);
  }

  clear(): void {
    this.#review = undefined;
    this.#tell();
  }

  say(finding: string, words: string | undefined): void {
    if (words === undefined) this.#review?.otherWords.delete(finding);
    else this.#review?.otherWords.set(finding, words);
  }

  dispose(): void {
    this.#cancellation?.cancel();
    this.#changed.dispose();
  }

  async #ask({ source, name, tree }: Wanted, token: vscode.CancellationToken): Promise<ReviewAnswer> {
    return this.#server.requestWithProgress('holdwait/review', { uri: tree, source }, token, (message) => {
      if (!token.isCancellationRequested) this.#setRunning({ name, message });
    });
  }

  #setRunning(running: Running | undefined): void {
    this.#running = running;
    this.#tell();
  }

  #tell(): void {
    const hasReply = this.#review?.answer.mail.kind === 'answers';
    void vscode.commands.executeCommand('setContext', 'holdwait.hasReview', this.#review !== undefined);
    void vscode.commands.executeCommand('setContext', 'holdwait.hasReply', hasReply);
    void vscode.commands.executeCommand('setContext', 'holdwait.isReviewing', this.#running !== undefined);
    this.#changed.fire();
  }
}

/** What is said about a finding on the list, as it stands now; `undefined`: it is not told there. */
export function wordsFor({ answer, otherWords }: Review, finding: string): string | undefined {
  const own = wordsAbout(answer.mail, finding);
  return own === undefined ? undefined : (otherWords.get(finding) ?? own);
}

/** The same bytes as `holdwait review --format mail`, but for what was said otherwise. */
export const mailOf = ({ answer, otherWords }: Review): string =>
  mailText(answer.mail, (finding) => otherWords.get(finding));

const reviewOf = (answer: Answered, wanted: Wanted): Review => ({
  answer,
  wanted,
  isOnDisk: wanted.source.kind === 'uncommitted',
  otherWords: new Map(),
});

function answered(answer: ReviewAnswer): Answered {
  switch (answer.kind) {
    case 'review':
      return answer;
    case 'refused':
      throw new Error(answer.reason);
    case 'no-kernel-tree':
      throw new Error(vscode.l10n.t('no kernel tree is open; open the folder that the patch is for'));
    case 'not-available':
      throw new Error(vscode.l10n.t('the server in a browser reviews no patches'));
  }
}
