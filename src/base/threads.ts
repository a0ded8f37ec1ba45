// threads.ts
// Other threads that take one task after the other. What goes in and out is plain data.

import type { Token } from './cancel.ts';

export interface Threads<Task, Answer> {
  /** How many tasks can run at once. */
  readonly size: number;
  /** From then on a task is with its thread as soon as `run` was called. */
  ready(): Promise<void>;
  /** Rejects with `ThreadEndedError` where the thread came to its end on the task: it may have used up its memory. */
  run(task: Task, token: Token): Promise<Answer>;
  /** Lets each thread end in order. No task may run. */
  close(): Promise<void>;
}

export class ThreadEndedError extends Error {
  override readonly name = 'ThreadEndedError';

  static is(error: unknown): error is ThreadEndedError {
    return error instanceof ThreadEndedError;
  }
}
