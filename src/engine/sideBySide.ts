// sideBySide.ts
// Units of the states of a series, one of them looked at here and the next ones on other threads meanwhile, where they
// are large enough to be worth a thread and small enough for two to have room.

import type { Token } from '../base/cancel.ts';
import { ThreadEndedError } from '../base/threads.ts';
import type { AnalyseUnit, UnitResult } from './analyse.ts';
import { decodeUnitResult } from './unitResultText.ts';
import type { UnitTask, UnitThreads } from './unitThreads.ts';

// A thread opens the tree again, and takes twice as long for its first unit as one that has run for a while. After mlx4
// (1,900 functions) the state with a patch takes 2.4 s; a thread of its own would need 7 for it, and the base takes 6.
const leastFunctions = 4000;
// 9,000 functions take some 1.2 GB, and two of those at once is what checks of many drivers take too.
const mostFunctions = 9000;
const mostAtOnce = 4;

export class SideBySide {
  readonly #threads: UnitThreads | undefined;
  /** Units that are still to be looked at, the one that is looked at first included. */
  #left: number;
  #isBusy = false;
  #lastHere: Promise<unknown> = Promise.resolve();
  /** Whether others are to be looked at elsewhere; known when the first one is linked, or ends. */
  readonly #areSplit: Promise<boolean>;
  #decide: (areSplit: boolean) => void = () => undefined;

  constructor(threads: UnitThreads | undefined, units: number) {
    this.#threads = threads && threads.size > 1 && units > 1 ? threads : undefined;
    this.#left = units;
    this.#areSplit = new Promise((resolve) => (this.#decide = resolve));
  }

  /** So many may be asked for at once. */
  get size(): number {
    return Math.min(this.#threads?.size ?? 1, mostAtOnce);
  }

  /** Of one of the units, wherever its result came from. */
  noteEnd(): void {
    this.#left--;
  }

  async analyse(task: UnitTask, here: () => Promise<AnalyseUnit>, token: Token): Promise<UnitResult> {
    const threads = this.#threads;
    if (threads && this.#isBusy && (await this.#areSplit) && this.#isBusy)
      return (await thereOn(threads, task, token)) ?? (await this.#here(task, here, token));
    return this.#here(task, here, token);
  }

  /**
   * To be called between the linking of a unit here and the rest, which does not pause. Facts that were made until then
   * are in the cache before another thread asks for them.
   */
  readonly linked = async (functions: number): Promise<void> => {
    const threads = this.#threads;
    const isWorthIt = functions <= mostFunctions && functions * (this.#left - 1) >= leastFunctions;
    const areSplit = threads !== undefined && isWorthIt && (await canBegin(threads));
    this.#decide(areSplit);
    // The others have to be on their way before this one goes on.
    if (areSplit) await new Promise<void>((resume) => void setTimeout(resume, 0));
  };

  #here({ unit }: UnitTask, here: () => Promise<AnalyseUnit>, token: Token): Promise<UnitResult> {
    this.#isBusy = true;
    const result = this.#lastHere.then(here).then((analyse) => analyse(unit, token));
    const end = result
      .catch(() => undefined)
      .then(() => {
        this.#decide(false);
        if (this.#lastHere === end) this.#isBusy = false;
      });
    this.#lastHere = end;
    return result;
  }
}

/** Without them it takes longer, and that is all. */
const canBegin = (threads: UnitThreads): Promise<boolean> =>
  threads.ready().then(
    () => true,
    () => false,
  );

/** `undefined`: the thread came to its end on it, or said what nobody can read. */
async function thereOn(threads: UnitThreads, task: UnitTask, token: Token): Promise<UnitResult | undefined> {
  try {
    return decodeUnitResult(await threads.run(task, token));
  } catch (error) {
    if (ThreadEndedError.is(error)) return undefined;
    throw error;
  }
}
