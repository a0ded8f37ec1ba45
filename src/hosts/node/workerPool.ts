// workerPool.ts
// Reader threads. A thread that dies, or stays at one file for a minute, is replaced; the file it was at is left
// out of the result with a reason, and the rest of its job is done again. That goes on only so often: a machine
// without memory kills every thread.

import { Worker } from 'node:worker_threads';
import type { Job, JobResult, WorkerPool } from '../../index/host.ts';
import { withSkippedFiles } from '../../index/sketchBlock.ts';
import type { ParserName } from '../../syntax/parser.ts';
import type { FromWorker, ToWorker, WorkerSetup } from './workerProtocol.ts';

export interface WorkerPoolOptions {
  /** The bundle of worker.ts. */
  readonly script: string;
  readonly root: string;
  readonly parser: ParserName;
  readonly size: number;
  readonly log: (line: string) => void;
  /** The threads stand back for everything else on the machine. */
  readonly isModest?: boolean;
  /** How long a thread may stay at one file. */
  readonly patienceMs?: number;
}

interface Task {
  readonly job: Job;
  /** Files that a thread died on, with the reason. */
  readonly lost: { readonly path: string; readonly reason: string }[];
  readonly resolve: (result: JobResult) => void;
  readonly reject: (error: Error) => void;
}

const mostDeaths = 16;
const defaultPatienceMs = 60_000;

export class NodeWorkerPool implements WorkerPool {
  readonly size: number;
  readonly #options: WorkerPoolOptions;
  readonly #threads: Thread[] = [];
  readonly #urgent: Task[] = [];
  readonly #background: Task[] = [];
  #deaths = 0;
  #isDisposed = false;

  constructor(options: WorkerPoolOptions) {
    this.size = options.size;
    this.#options = options;
  }

  get idle(): number {
    return this.#threads.filter(({ task }) => task === undefined).length;
  }

  run(job: Job, urgency: 'urgent' | 'background'): Promise<JobResult> {
    return new Promise((resolve, reject) => {
      const queue = urgency === 'urgent' ? this.#urgent : this.#background;
      queue.push({ job, lost: [], resolve, reject });
      this.#next();
    });
  }

  dispose(): void {
    this.#isDisposed = true;
    for (const thread of this.#threads.splice(0)) thread.end();
    for (const task of [...this.#urgent.splice(0), ...this.#background.splice(0)]) {
      task.reject(new Error('the index was closed'));
    }
  }

  #next(): void {
    while (!this.#isDisposed) {
      const thread = this.#threads.find(({ task }) => task === undefined) ?? this.#newThread();
      const task = thread && (this.#urgent.shift() ?? this.#background.shift());
      if (!task) return;
      if (task.job.paths.length === 0 || this.#deaths > mostDeaths) this.#giveUp(task);
      else thread.begin(task);
    }
  }

  #newThread(): Thread | undefined {
    const isWanted = this.#urgent.length + this.#background.length > 0;
    if (!isWanted || this.#threads.length >= this.size) return undefined;
    const thread = new Thread(this.#options, {
      done: (task, result) => {
        task.resolve(withLost(result, task));
        this.#next();
      },
      failed: (task, message) => {
        task.reject(new Error(message));
        this.#next();
      },
      died: (task, at, reason) => this.#afterDeath(thread, task, at, reason),
    });
    this.#threads.push(thread);
    return thread;
  }

  #afterDeath(thread: Thread, task: Task | undefined, at: number, reason: string): void {
    const index = this.#threads.indexOf(thread);
    if (index >= 0) this.#threads.splice(index, 1);
    if (this.#isDisposed) return task?.reject(new Error('the index was closed'));
    this.#deaths++;
    const path = task?.job.paths[at];
    this.#options.log(`a reader thread ended${path === undefined ? '' : ` at ${path}`}: ${reason}`);
    if (task && path !== undefined) {
      const paths = task.job.paths.filter((other) => other !== path);
      const lost = [...task.lost, { path, reason: `a reader thread ended on it: ${reason}` }];
      this.#urgent.unshift({ ...task, job: { ...task.job, paths }, lost });
    }
    this.#next();
  }

  /** Nothing left to read, or too many deaths to try again. */
  #giveUp(task: Task): void {
    for (const path of task.job.paths)
      task.lost.push({ path, reason: 'not read: reader threads ended too often' });
    const empty: JobResult =
      task.job.kind === 'sketch'
        ? { kind: 'sketch', block: emptyBlock }
        : { kind: 'facts', block: { files: [] } };
    task.resolve(withLost(empty, task));
  }
}

interface ThreadEvents {
  done(task: Task, result: JobResult): void;
  failed(task: Task, message: string): void;
  died(task: Task | undefined, at: number, reason: string): void;
}

class Thread {
  task: Task | undefined;
  readonly #worker: Worker;
  readonly #progress = new Int32Array(new SharedArrayBuffer(4));
  readonly #patienceMs: number;
  readonly #parser: ParserName;
  #watch: NodeJS.Timeout | undefined;
  #reason: string | undefined;

  constructor(options: WorkerPoolOptions, events: ThreadEvents) {
    this.#patienceMs = options.patienceMs ?? defaultPatienceMs;
    this.#parser = options.parser;
    const { root, parser, isModest = false } = options;
    const setup: WorkerSetup = { root, parser, isModest, progress: this.#progress };
    this.#worker = new Worker(options.script, { workerData: setup });
    this.#worker.unref();
    this.#worker.on('message', (message: FromWorker) => {
      const task = this.#endTask();
      if (!task) return;
      if (message.kind === 'result') events.done(task, message.result);
      else events.failed(task, message.message);
    });
    this.#worker.on('error', (error) => (this.#reason ??= error.message));
    this.#worker.on('exit', (code) => {
      const at = Atomics.load(this.#progress, 0);
      events.died(this.#endTask(), at, this.#reason ?? `exit status ${code}`);
    });
  }

  begin(task: Task): void {
    this.task = task;
    Atomics.store(this.#progress, 0, 0);
    // The process stays alive for a thread that works, not for one that waits.
    this.#worker.ref();
    this.#worker.postMessage({ kind: 'job', job: task.job } satisfies ToWorker);
    this.#watchProgress(-1);
  }

  end(): void {
    clearTimeout(this.#watch);
    // The native parser takes the whole process with it when its thread is terminated.
    if (this.#parser === 'native') this.#worker.postMessage({ kind: 'end' } satisfies ToWorker);
    else void this.#worker.terminate();
  }

  #endTask(): Task | undefined {
    const { task } = this;
    this.task = undefined;
    clearTimeout(this.#watch);
    this.#worker.unref();
    return task;
  }

  #watchProgress(before: number): void {
    const at = Atomics.load(this.#progress, 0);
    if (at === before) {
      this.#reason = `no end after ${this.#patienceMs / 1000} s`;
      return this.end();
    }
    this.#watch = setTimeout(() => this.#watchProgress(at), this.#patienceMs);
    this.#watch.unref();
  }
}

const none = new Uint32Array(0);
const emptyBlock = {
  files: [],
  nameBytes: new Uint8Array(0),
  nameEnds: none,
  nameHashes: none,
  definitions: none,
  definitionEnds: none,
  calls: none,
  callEnds: none,
  fieldUses: none,
  fieldUseEnds: none,
};

function withLost(result: JobResult, { lost }: Task): JobResult {
  if (lost.length === 0) return result;
  switch (result.kind) {
    case 'sketch': {
      const skipped = lost.map(({ path, reason }) => ({ path, blob: '', skipped: reason }));
      return { kind: 'sketch', block: withSkippedFiles(result.block, skipped) };
    }
    case 'facts': {
      const unread = lost.map(({ path, reason }) => ({
        path,
        blob: '',
        payload: undefined,
        skipped: reason,
      }));
      return { kind: 'facts', block: { files: [...result.block.files, ...unread] } };
    }
  }
}
