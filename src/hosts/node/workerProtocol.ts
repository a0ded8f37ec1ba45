// workerProtocol.ts
// Everything that crosses between the pool and a reader thread.

import type { Job, JobResult } from '../../index/host.ts';
import type { ParserName } from '../../syntax/parser.ts';

/** Given to the thread when it starts. */
export interface WorkerSetup {
  readonly root: string;
  readonly parser: ParserName;
  /** Whatever else the machine has to do comes first. */
  readonly isModest: boolean;
  /** One number in shared memory: the index of the file that the thread is at in its job. */
  readonly progress: Int32Array;
}

export type ToWorker =
  | { readonly kind: 'job'; readonly job: Job }
  /** The thread ends when it is done with what it does. */
  | { readonly kind: 'end' };

export type FromWorker =
  | { readonly kind: 'result'; readonly result: JobResult }
  /** The job as a whole could not be done: the parser cannot be loaded. */
  | { readonly kind: 'failure'; readonly message: string };
