// runningWork.ts
// Answers that take long, so that they can be ended by a command and not only by who asked for them.

import type { Token } from '../base/cancel.ts';
import type { CancellableWork } from './protocol.ts';

export class RunningWork {
  readonly #running = new Map<OwnToken, CancellableWork>();

  async run<R>(what: CancellableWork, token: Token, work: (token: Token) => Promise<R>): Promise<R> {
    const own = new OwnToken(token);
    this.#running.set(own, what);
    try {
      return await work(own);
    } finally {
      this.#running.delete(own);
    }
  }

  /** Says what there was, each once. */
  cancel(): readonly CancellableWork[] {
    for (const token of this.#running.keys()) token.cancel();
    return [...new Set(this.#running.values())];
  }
}

class OwnToken implements Token {
  readonly #asker: Token;
  #isCancelled = false;

  constructor(asker: Token) {
    this.#asker = asker;
  }

  get isCancellationRequested(): boolean {
    return this.#isCancelled || this.#asker.isCancellationRequested;
  }

  cancel(): void {
    this.#isCancelled = true;
  }
}
