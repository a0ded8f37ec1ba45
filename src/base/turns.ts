// turns.ts
// Long work in short turns, so that on the same thread somebody who asks for little does not wait for somebody who has
// asked for much, and a word that cancels the work is heard.

import { throwIfCancelled } from './cancel.ts';
import type { Token } from './cancel.ts';

// A keystroke is in the lines above a function after some twenty milliseconds; this must not double them.
const longestTurnMs = 8;

export class Turns {
  readonly #breathe: () => Promise<void>;
  readonly #now: () => number;
  #began: number;

  /** `breathe`: what a host has that is quicker than a timer. */
  constructor(breathe = whenTimersRun, now = () => performance.now()) {
    this.#breathe = breathe;
    this.#now = now;
    this.#began = now();
  }

  /** To be called between two pieces of work. Ends the turn if it has been long. */
  async rest(token: Token): Promise<void> {
    if (this.#now() - this.#began >= longestTurnMs) {
      await this.#breathe();
      this.#began = this.#now();
    }
    throwIfCancelled(token);
  }
}

const whenTimersRun = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));
