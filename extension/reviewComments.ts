// reviewComments.ts
// What the review says about a changed line, as a comment on that line: the words of the answer for the list, which can
// be edited before they are copied.

import * as vscode from 'vscode';
import type { CyclePanels } from './cyclePanels.ts';
import { runCommand } from './failures.ts';
import { documentAtEnd } from './reviewedFiles.ts';
import { wordsFor } from './reviews.ts';
import type { Review, Reviews } from './reviews.ts';
import { replyMarkdown } from '../src/report/replyMarkdown.ts';
import type { ReviewedCycle } from '../src/server/protocol.ts';

export function activateReviewComments(
  reviews: Reviews,
  panels: CyclePanels,
  log: vscode.LogOutputChannel,
): vscode.Disposable {
  const controller = vscode.comments.createCommentController('holdwait', 'Holdwait review');
  const threads = new ReplyThreads(controller, reviews);
  const register = (name: string, run: (argument: unknown) => void): vscode.Disposable =>
    vscode.commands.registerCommand(`holdwait.${name}`, (argument: unknown) =>
      runCommand(vscode.l10n.t('the reply could not be changed'), log, () => run(argument)),
    );
  return vscode.Disposable.from(
    controller,
    reviews.onDidChange(() => threads.update()),
    register('editReply', (argument) => threads.begin(argument as Reply)),
    register('saveReply', (argument) => threads.end(argument as Reply, true)),
    register('discardReply', (argument) => threads.end(argument as Reply, false)),
    vscode.commands.registerCommand('holdwait.suppressCommented', (argument: unknown) => {
      const found = threads.findingOf(argument as vscode.CommentThread);
      return vscode.commands.executeCommand('holdwait.suppressReviewed', found);
    }),
    register('showCommentedCycle', (argument) => {
      const found = threads.findingOf(argument as vscode.CommentThread);
      if (found) panels.show({ root: found.review.answer.root, view: found.finding.view });
    }),
  );
}

/** One comment: the words about one finding. */
interface Reply extends vscode.Comment {
  readonly finding: string;
}

interface Told {
  readonly review: Review;
  readonly finding: ReviewedCycle;
}

class ReplyThreads {
  readonly #controller: vscode.CommentController;
  readonly #reviews: Reviews;
  readonly #threads = new Map<vscode.CommentThread, Told>();
  #review: Review | undefined;

  constructor(controller: vscode.CommentController, reviews: Reviews) {
    this.#controller = controller;
    this.#reviews = reviews;
  }

  /** The comments of another review go, and those of this one come. */
  update(): void {
    const { review } = this.#reviews;
    if (review === this.#review) return;
    this.#review = review;
    for (const thread of this.#threads.keys()) thread.dispose();
    this.#threads.clear();
    if (review) void this.#show(review);
  }

  /** A turn for each: VS Code reads the words of a comment there and then, and others wait for that. */
  async #show(review: Review): Promise<void> {
    for (const finding of review.answer.findings) {
      await new Promise((resolve) => setTimeout(resolve, 0));
      if (review !== this.#review) return;
      const thread = this.#threadFor(review, finding);
      if (thread) this.#threads.set(thread, { review, finding });
    }
  }

  findingOf(thread: vscode.CommentThread): Told | undefined {
    return this.#threads.get(thread);
  }

  begin(reply: Reply): void {
    const words = this.#review && wordsFor(this.#review, reply.finding);
    if (words !== undefined)
      this.#replace({ ...reply, body: words, mode: vscode.CommentMode.Editing, contextValue: 'editing' });
  }

  end(reply: Reply, isKept: boolean): void {
    const body = typeof reply.body === 'string' ? reply.body : reply.body.value;
    if (isKept) this.#reviews.say(reply.finding, body);
    const words = this.#review && wordsFor(this.#review, reply.finding);
    if (words !== undefined) this.#replace(replyWith(reply.finding, words));
  }

  #threadFor(review: Review, finding: ReviewedCycle): vscode.CommentThread | undefined {
    const { changedAt, view } = finding;
    const words = wordsFor(review, view.id);
    if (!changedAt || words === undefined) return undefined;
    const at = new vscode.Range(changedAt.line, 0, changedAt.line, 0);
    const uri = documentAtEnd(review, changedAt.path);
    const thread = this.#controller.createCommentThread(uri, at, [replyWith(view.id, words)]);
    thread.canReply = false;
    thread.label = view.title;
    thread.contextValue = 'holdwait';
    thread.collapsibleState = vscode.CommentThreadCollapsibleState.Expanded;
    return thread;
  }

  #replace(reply: Reply): void {
    const entry = [...this.#threads].find(([, { finding }]) => finding.view.id === reply.finding);
    if (entry) entry[0].comments = [reply];
  }
}

function replyWith(finding: string, words: string): Reply {
  const body = new vscode.MarkdownString(replyMarkdown(words, 'holdwait-report'));
  const author = { name: 'Holdwait' };
  return { finding, body, author, mode: vscode.CommentMode.Preview, contextValue: 'reply' };
}
