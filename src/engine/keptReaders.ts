// keptReaders.ts
// Questions over the same facts, one after the other. What readers have worked out is worth keeping for the next one, as
// long as they lacked no file for it: what they said then was said for want of that file.

import type { Token } from '../base/cancel.ts';
import type { LoadedFacts } from '../program/loadedFacts.ts';

export class KeptReaders<R> {
  readonly #loaded: LoadedFacts;
  readonly #make: (loaded: LoadedFacts) => R;
  #kept: R | undefined;

  constructor(loaded: LoadedFacts, make: (loaded: LoadedFacts) => R) {
    this.#loaded = loaded;
    this.#make = make;
  }

  /** `rounds`: as often files are loaded that it lacks. */
  async ask<T>(question: (readers: R) => T, rounds: number, token: Token): Promise<T> {
    let kept = this.#kept;
    let last: R | undefined;
    this.#kept = undefined;
    const read = (): T => {
      last = kept ?? this.#make(this.#loaded);
      kept = undefined;
      return question(last);
    };
    const answer = await this.#loaded.ask(read, rounds, token);
    if (this.#loaded.isComplete) this.#kept = last;
    return answer;
  }
}
