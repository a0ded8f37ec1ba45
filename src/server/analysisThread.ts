// analysisThread.ts
// The thread of the server that looks for findings: a view of the tree of its own, so that lenses and chains never wait
// for it. What it reads comes out of the cache that the server has written.

import type { MessagePort } from 'node:worker_threads';
import { CancelledError } from '../base/cancel.ts';
import type { Token } from '../base/cancel.ts';
import { UserError } from '../base/errors.ts';
import type { ReviewProgress } from '../engine/review.ts';
import { personalSuppressions, readPersonalFile } from '../hosts/node/configFolder.ts';
import { openRepository } from '../hosts/node/gitRepository.ts';
import { standBack } from '../hosts/node/modesty.ts';
import { openNodeIndex } from '../hosts/node/openTree.ts';
import { readTreeFile } from '../hosts/node/readTreeFile.ts';
import type { IndexedTree } from '../index/indexedTree.ts';
import type { AnalysisAnswer, AnalysisSetup, FromAnalysis, ToAnalysis } from './analysisMessages.ts';
import { findingsOfFile } from './fileFindings.ts';
import { reviewForEditor } from './patchReview.ts';
import { splatForEditor } from './splatForEditor.ts';

type Question = Extract<ToAnalysis, { readonly kind: 'question' | 'review' | 'splat' }>;

/** Serves the server until it says `end`. */
export function serveAnalysis(port: MessagePort, setup: AnalysisSetup): void {
  if (setup.isModest) standBack('nobody-waits');
  const thread = new AnalysisThread(port, setup);
  let work = Promise.resolve();
  port.on('message', (message: ToAnalysis) => {
    work = work.then(() => thread.receive(message));
  });
}

class AnalysisThread {
  readonly #port: MessagePort;
  readonly #setup: AnalysisSetup;
  #index: IndexedTree | undefined;

  constructor(port: MessagePort, setup: AnalysisSetup) {
    this.#port = port;
    this.#setup = setup;
  }

  /** Never rejects. */
  async receive(message: ToAnalysis): Promise<void> {
    switch (message.kind) {
      case 'question':
      case 'review':
      case 'splat':
        return this.#send(await this.#answer(message));
      case 'filesChanged':
        return this.#index?.refresh(message.paths).catch((error: unknown) => this.#log(String(error)));
      case 'end':
        await this.#index?.close().catch((error: unknown) => this.#log(String(error)));
        this.#port.close();
        return;
    }
  }

  async #answer(question: Question): Promise<FromAnalysis> {
    const { number } = question;
    const { cancelled } = this.#setup;
    const token = {
      get isCancellationRequested(): boolean {
        return Atomics.load(cancelled, 0) >= number;
      },
    };
    if (token.isCancellationRequested) return { kind: 'cancelled', number };
    try {
      const started = performance.now();
      this.#index ??= await this.#open();
      const answer = await this.#answerTo(question, this.#index, token);
      const seconds = ((performance.now() - started) / 1000).toFixed(2);
      this.#log(`${question.kind === 'question' ? question.path : question.kind}: ${seconds} s`);
      return { kind: 'answer', number, answer };
    } catch (error) {
      if (CancelledError.is(error) || token.isCancellationRequested) return { kind: 'cancelled', number };
      if (UserError.is(error) && question.kind !== 'question')
        return { kind: 'answer', number, answer: { kind: 'refused', reason: error.message } };
      const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
      return { kind: 'failure', number, message };
    }
  }

  async #answerTo(question: Question, index: IndexedTree, token: Token): Promise<AnalysisAnswer> {
    const suppressions = await readPersonalFile(personalSuppressions());
    if (question.kind === 'question') {
      const { path, texts } = question;
      // What was saved a moment ago.
      await index.refresh([...texts.keys()]);
      return {
        kind: 'findings',
        findings: await findingsOfFile(index, { path, texts, suppressions }, token),
      };
    }
    if (question.kind === 'splat')
      return { kind: 'splat', splat: await splatForEditor(index, question.text, token) };
    const repository = await openRepository(index.root);
    try {
      const readDisk = (path: string): Promise<Uint8Array | undefined> => readTreeFile(index.root, path);
      const { number, source } = question;
      const onProgress = (progress: ReviewProgress): void =>
        this.#send({ kind: 'progress', number, progress });
      const surroundings = { repository, readDisk, suppressions, onProgress };
      return { kind: 'review', ...(await reviewForEditor(index, source, surroundings, token)) };
    } finally {
      repository?.dispose();
    }
  }

  #open(): Promise<IndexedTree> {
    const { root, architecture, largestCache } = this.#setup;
    // One reader thread: reading is the server's work, and a file that ends a reader must not end this thread.
    return openNodeIndex({ root, architecture, largestCache, jobs: 1, log: (line) => this.#log(line) });
  }

  #log(line: string): void {
    this.#send({ kind: 'log', line });
  }

  #send(message: FromAnalysis): void {
    this.#port.postMessage(message);
  }
}
