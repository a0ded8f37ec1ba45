// threadAnalyst.ts
// Looks for findings on a thread of its own, which starts with the first question and ends when nobody asks any more.

import { Worker } from 'node:worker_threads';
import { CancelledError } from '../base/cancel.ts';
import type { Token } from '../base/cancel.ts';
import type { AnalysisAnswer, AnalysisSetup, FromAnalysis, ToAnalysis } from './analysisMessages.ts';
import type { Analyst, Refused, TellReview } from './environment.ts';
import type { ReviewWithTexts } from './patchReview.ts';
import type { LookedAround } from './fileFindings.ts';
import type { ReviewSource, SplatCycle } from './protocol.ts';

export interface ThreadAnalystOptions extends Omit<AnalysisSetup, 'cancelled'> {
  /** The bundle that serves questions where it does not run as the main thread. */
  readonly script: URL;
  readonly log: (line: string) => void;
  /** No thread starts before. */
  readonly ready: Promise<void>;
}

type Asking = Extract<ToAnalysis, { readonly kind: 'question' | 'review' | 'splat' }>;

interface Question {
  readonly number: number;
  readonly resolve: (answer: AnalysisAnswer) => void;
  readonly reject: (error: Error) => void;
  readonly tell: TellReview;
}

const otherQuestion = 'the thread answered another question';

// A tree in memory and nobody who asks: it is opened again in a second.
const idleMs = 2 * 60 * 1000;
const cancelCheckMs = 25;
// Of the heap; what needs more ends the thread and not the server.
const mostMegabytes = 4096;

/** Nobody waits for findings, and somebody does for a review or a splat: each has a thread of its own, if it is asked for. */
export function threadAnalyst(options: Omit<ThreadAnalystOptions, 'isModest'>): Analyst {
  const forFindings = new ThreadAnalyst({ ...options, isModest: true });
  const forReviews = new ThreadAnalyst({ ...options, isModest: false });
  return {
    findings: (path, texts, token) => forFindings.findings(path, texts, token),
    review: (source, tell, token) => forReviews.review(source, tell, token),
    splat: (text, token) => forReviews.splat(text, token),
    filesChanged: (paths) => {
      forFindings.filesChanged(paths);
      forReviews.filesChanged(paths);
    },
    close: () => {
      forFindings.close();
      forReviews.close();
    },
  };
}

class ThreadAnalyst implements Analyst {
  readonly #options: ThreadAnalystOptions;
  readonly #cancelled = new Int32Array(new SharedArrayBuffer(4));
  #worker: Worker | undefined;
  #asked: Question | undefined;
  #count = 0;
  #last: Promise<unknown> = Promise.resolve();
  #idle: NodeJS.Timeout | undefined;

  constructor(options: ThreadAnalystOptions) {
    this.#options = options;
  }

  async findings(path: string, texts: ReadonlyMap<string, Uint8Array>, token: Token): Promise<LookedAround> {
    const answer = await this.#answer((number) => ({ kind: 'question', number, path, texts }), token);
    if (answer.kind !== 'findings') throw new Error(otherQuestion);
    return answer.findings;
  }

  async review(source: ReviewSource, tell: TellReview, token: Token): Promise<ReviewWithTexts | Refused> {
    const answer = await this.#answer((number) => ({ kind: 'review', number, source }), token, tell);
    switch (answer.kind) {
      case 'review':
        return answer;
      case 'refused':
        return { reason: answer.reason };
      case 'findings':
      case 'splat':
        throw new Error(otherQuestion);
    }
  }

  async splat(text: string, token: Token): Promise<SplatCycle | Refused> {
    const answer = await this.#answer((number) => ({ kind: 'splat', number, text }), token);
    switch (answer.kind) {
      case 'splat':
        return answer.splat;
      case 'refused':
        return { reason: answer.reason };
      case 'findings':
      case 'review':
        throw new Error(otherQuestion);
    }
  }

  /** One question at a time: those that come meanwhile wait. */
  #answer(
    question: (number: number) => Asking,
    token: Token,
    tell: TellReview = () => undefined,
  ): Promise<AnalysisAnswer> {
    const answer = this.#last.then(() => this.#answerNow(question, token, tell));
    this.#last = answer.then(
      () => undefined,
      () => undefined,
    );
    return answer;
  }

  async #answerNow(
    question: (number: number) => Asking,
    token: Token,
    tell: TellReview,
  ): Promise<AnalysisAnswer> {
    await this.#options.ready;
    if (token.isCancellationRequested) throw new CancelledError('cancelled');
    clearTimeout(this.#idle);
    const number = ++this.#count;
    const watch = setInterval(() => {
      if (token.isCancellationRequested) this.#cancel(number);
    }, cancelCheckMs);
    try {
      return await this.#ask(question(number), tell);
    } finally {
      clearInterval(watch);
      this.#idle = setTimeout(() => this.close(), idleMs);
      this.#idle.unref();
    }
  }

  filesChanged(paths: readonly string[]): void {
    this.#worker?.postMessage({ kind: 'filesChanged', paths } satisfies ToAnalysis);
  }

  close(): void {
    clearTimeout(this.#idle);
    this.#cancel(this.#count);
    this.#worker?.postMessage({ kind: 'end' } satisfies ToAnalysis);
    this.#worker = undefined;
  }

  #ask(question: Asking, tell: TellReview): Promise<AnalysisAnswer> {
    return new Promise((resolve, reject) => {
      this.#asked = { number: question.number, resolve, reject, tell };
      this.#worker ??= this.#start();
      this.#worker.postMessage(question);
    });
  }

  #cancel(number: number): void {
    Atomics.store(this.#cancelled, 0, number);
    if (this.#asked?.number === number) this.#take(number)?.reject(new CancelledError('cancelled'));
  }

  #start(): Worker {
    const { root, architecture, largestCache, isModest, script } = this.#options;
    const cancelled = this.#cancelled;
    const workerData: AnalysisSetup = { root, architecture, largestCache, isModest, cancelled };
    const worker = new Worker(script, {
      workerData,
      resourceLimits: { maxOldGenerationSizeMb: mostMegabytes },
    });
    worker.unref();
    worker.on('message', (message: FromAnalysis) => this.#receive(message));
    let reason = 'the thread that looks for findings ended';
    worker.on('error', (error: unknown) => (reason = `${reason}: ${String(error)}`));
    worker.on('exit', () => {
      if (this.#worker !== worker) return;
      this.#worker = undefined;
      this.#asked?.reject(new Error(reason));
      this.#asked = undefined;
    });
    return worker;
  }

  #receive(message: FromAnalysis): void {
    switch (message.kind) {
      case 'answer':
        this.#take(message.number)?.resolve(message.answer);
        return;
      case 'progress':
        if (this.#asked?.number === message.number) this.#asked.tell(message.progress);
        return;
      case 'cancelled':
        this.#take(message.number)?.reject(new CancelledError('cancelled'));
        return;
      case 'failure':
        this.#take(message.number)?.reject(new Error(message.message));
        return;
      case 'log':
        this.#options.log(message.line);
        return;
    }
  }

  /** Of a question that was cancelled in the meantime nobody waits for the answer. */
  #take(number: number): Question | undefined {
    if (this.#asked?.number !== number) return undefined;
    const asked = this.#asked;
    this.#asked = undefined;
    return asked;
  }
}
