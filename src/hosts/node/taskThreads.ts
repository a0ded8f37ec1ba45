// taskThreads.ts
// Threads that take tasks. One that has grown large is let go between two tasks, one that dies takes only its task
// with it; the next task gets a new one.

import { Worker } from 'node:worker_threads';
import { CancelledError } from '../../base/cancel.ts';
import type { Token } from '../../base/cancel.ts';
import { ThreadEndedError } from '../../base/threads.ts';
import type { Threads } from '../../base/threads.ts';
import type { FromTaskThread, TaskSetup, ToTaskThread } from './taskProtocol.ts';

export interface TaskThreadsOptions {
  /** A bundle that calls `serveTasks`. */
  readonly script: string;
  /** Plain data for each thread; asked once, when the first one is needed. */
  readonly setup: () => Promise<unknown>;
  readonly size: number;
  /** A thread that needs more dies. */
  readonly mostMegabytes: number;
  /** One that holds so much after a task is let go. */
  readonly largestMegabytes: number;
}

/** The token is asked so often while a task runs: a thread cannot see this one. */
const askMs = 50;

export class TaskThreads<Task, Answer> implements Threads<Task, Answer> {
  readonly size: number;
  readonly #options: TaskThreadsOptions;
  readonly #idle: Thread[] = [];
  readonly #waiting: (() => void)[] = [];
  readonly #ending = new Set<Promise<void>>();
  readonly #cancelled = new Int32Array(new SharedArrayBuffer(4));
  #setup: Promise<unknown> | undefined;
  #running = 0;

  constructor(options: TaskThreadsOptions) {
    this.size = options.size;
    this.#options = options;
  }

  async ready(): Promise<void> {
    await this.#setupOnce();
  }

  async run(task: Task, token: Token): Promise<Answer> {
    const thread = await this.#take();
    const asking = setInterval(() => this.#ask(token), askMs);
    try {
      return (await thread.run(task)) as Answer;
    } finally {
      clearInterval(asking);
      this.#giveBack(thread);
    }
  }

  async close(): Promise<void> {
    for (const thread of this.#idle.splice(0)) this.#end(thread);
    await Promise.all(this.#ending);
  }

  #setupOnce(): Promise<unknown> {
    return (this.#setup ??= this.#options.setup());
  }

  #ask(token: Token): void {
    if (token.isCancellationRequested) Atomics.store(this.#cancelled, 0, 1);
  }

  async #take(): Promise<Thread> {
    const setup = await this.#setupOnce();
    while (this.#running >= this.size) await new Promise<void>((resume) => this.#waiting.push(resume));
    this.#running++;
    return this.#idle.pop() ?? new Thread(this.#options, setup, this.#cancelled);
  }

  #giveBack(thread: Thread): void {
    this.#running--;
    if (!thread.isDead) {
      if (thread.heapBytes > this.#options.largestMegabytes * 1024 * 1024) this.#end(thread);
      else this.#idle.push(thread);
    }
    this.#waiting.shift()?.();
  }

  #end(thread: Thread): void {
    const ended: Promise<void> = thread.end().finally(() => this.#ending.delete(ended));
    this.#ending.add(ended);
  }
}

interface Running {
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: Error) => void;
}

class Thread {
  isDead = false;
  heapBytes = 0;
  readonly #worker: Worker;
  readonly #exit: Promise<void>;
  #running: Running | undefined;
  #reason: string | undefined;

  constructor({ script, mostMegabytes }: TaskThreadsOptions, setup: unknown, cancelled: Int32Array) {
    const workerData: TaskSetup = { setup, cancelled };
    const resourceLimits = {
      maxOldGenerationSizeMb: mostMegabytes,
    };
    this.#worker = new Worker(script, { workerData, resourceLimits });
    this.#worker.on('message', (message: FromTaskThread) => this.#take(message));
    this.#worker.on('error', (error) => (this.#reason ??= error.message));
    this.#exit = new Promise((resolve) => {
      this.#worker.on('exit', (code) => {
        this.isDead = true;
        this.#settle(({ reject }) => reject(new ThreadEndedError(this.#reason ?? `exit status ${code}`)));
        resolve();
      });
    });
  }

  run(task: unknown): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.#running = { resolve, reject };
      this.#worker.postMessage({ kind: 'task', task } satisfies ToTaskThread);
    });
  }

  async end(): Promise<void> {
    this.#worker.postMessage({ kind: 'end' } satisfies ToTaskThread);
    await this.#exit;
  }

  #take(message: FromTaskThread): void {
    switch (message.kind) {
      case 'answer':
        this.heapBytes = message.heapBytes;
        return this.#settle(({ resolve }) => resolve(message.answer));
      case 'cancelled':
        return this.#settle(({ reject }) => reject(new CancelledError('cancelled')));
      case 'failure':
        return this.#settle(({ reject }) => reject(new Error(message.message)));
    }
  }

  #settle(how: (running: Running) => void): void {
    const running = this.#running;
    this.#running = undefined;
    if (running) how(running);
  }
}
