// taskPort.ts
// The inside of a thread that takes tasks.

import { getHeapStatistics } from 'node:v8';
import { parentPort, workerData } from 'node:worker_threads';
import { CancelledError } from '../../base/cancel.ts';
import type { Token } from '../../base/cancel.ts';
import type { FromTaskThread, TaskSetup, ToTaskThread } from './taskProtocol.ts';

export interface TaskProgram<Task, Answer> {
  run(task: Task, token: Token): Promise<Answer>;
  close(): Promise<void>;
}

/** `open` runs once, before the first task. */
export function serveTasks<Setup, Task, Answer>(
  open: (setup: Setup, token: Token) => Promise<TaskProgram<Task, Answer>>,
): void {
  const port = parentPort;
  if (!port) return;
  const { setup, cancelled } = workerData as TaskSetup;
  const token = {
    get isCancellationRequested(): boolean {
      return Atomics.load(cancelled, 0) !== 0;
    },
  };
  const answer = (message: FromTaskThread): void => port.postMessage(message);
  let program: Promise<TaskProgram<Task, Answer>> | undefined;
  const run = async (task: Task): Promise<void> => {
    try {
      program ??= open(setup as Setup, token);
      const result = await (await program).run(task, token);
      answer({ kind: 'answer', answer: result, heapBytes: getHeapStatistics().used_heap_size });
    } catch (error) {
      if (CancelledError.is(error)) answer({ kind: 'cancelled' });
      else answer({ kind: 'failure', message: error instanceof Error ? error.message : String(error) });
    }
  };
  const end = async (): Promise<void> => {
    await program?.then(
      (opened) => opened.close(),
      () => undefined,
    );
    port.close();
  };
  port.on('message', (message: ToTaskThread) => {
    void (message.kind === 'end' ? end() : run(message.task as Task));
  });
}
