// slotBudget.ts
// How much may be spent on what lies behind calls through tables, over all threads of a unit. Each thread gets a share of
// what is left, so that the last one is looked at as well as the first.

// Events that are put into a thread. mlx5 takes 5,400,000 for all of its threads; i915 came to no end, and what three times as
// much brought there was nearly all of low confidence.
const mostEvents = 10_000_000;

// Threads differ: what most of them leave is for the few that need more.
const shares = 8;

export class SlotBudget {
  #left: number;
  #threads: number;
  #ofThread = 0;

  constructor(threads: number, most = mostEvents) {
    this.#left = most;
    this.#threads = threads;
  }

  beginThread(): void {
    this.#ofThread = Math.max(1, (shares * this.#left) / Math.max(1, this.#threads));
    this.#threads--;
  }

  spend(events: number): void {
    this.#left -= events;
    this.#ofThread -= events;
  }

  /** For what other threads get too: the one that asks first does not pay for it. */
  spendForAll(events: number): void {
    this.#left -= events;
  }

  get isSpent(): boolean {
    return this.#ofThread <= 0;
  }
}
