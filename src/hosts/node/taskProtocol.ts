// taskProtocol.ts
// Everything that crosses between taskThreads.ts and a thread that runs taskPort.ts.

/** Given to the thread when it starts. */
export interface TaskSetup {
  readonly setup: unknown;
  /** One number in shared memory: not 0 as soon as nobody wants the answers any more. */
  readonly cancelled: Int32Array;
}

export type ToTaskThread =
  | { readonly kind: 'task'; readonly task: unknown }
  /** The thread lets go of what it holds, and ends. */
  | { readonly kind: 'end' };

export type FromTaskThread =
  | { readonly kind: 'answer'; readonly answer: unknown; readonly heapBytes: number }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failure'; readonly message: string };
