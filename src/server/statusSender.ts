// statusSender.ts
// Sends the status to the editor: the first change at once, then a few times a second at most.

import type { Disposable } from '../base/disposable.ts';

const pauseMilliseconds = 200;

export class StatusSender implements Disposable {
  readonly #send: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isChanged = false;
  #isDisposed = false;

  constructor(send: () => void) {
    this.#send = send;
  }

  changed(): void {
    if (this.#isDisposed) return;
    this.#isChanged = true;
    if (this.#timer === undefined) this.#sendAndPause();
  }

  dispose(): void {
    this.#isDisposed = true;
    clearTimeout(this.#timer);
  }

  #sendAndPause(): void {
    this.#isChanged = false;
    this.#send();
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      if (this.#isChanged) this.#sendAndPause();
    }, pauseMilliseconds);
  }
}
