// unitThreads.ts
// Units looked at on other threads, several at once. A unit on which a thread came to its end is looked at here.

import type { Token } from '../base/cancel.ts';
import { ThreadEndedError } from '../base/threads.ts';
import type { Threads } from '../base/threads.ts';
import type { Unit } from '../program/units.ts';
import type { AnalyseUnit, UnitResult } from './analyse.ts';
import { decodeUnitResult } from './unitResultText.ts';

export interface UnitTask {
  readonly unit: Unit;
  /** Absent: the tree as the threads have opened it. */
  readonly state?: TaskState | undefined;
}

/** A view of the tree; equal numbers are equal texts. */
export interface TaskState {
  readonly number: number;
  readonly texts: ReadonlyMap<string, Uint8Array | undefined>;
}

let states = 0;

export const taskState = (texts: TaskState['texts']): TaskState => ({ number: ++states, texts });

/** Gives what `encodeUnitResult` makes of what was found in a unit. */
export type UnitThreads = Threads<UnitTask, Uint8Array>;

// Each thread opens the tree again, and runs the first units as slowly as any program that has just been started.
// Measured on 6.12: drivers/spi (172 files) took 12 s of one processor without threads, and 17 s of two with them.
const leastFiles = 300;
const leastUnits = 3;

/** How many of these units are to be looked at at once. */
export function unitsAtOnce(units: readonly Unit[], threads: UnitThreads | undefined): number {
  const files = units.reduce((sum, unit) => sum + unit.length, 0);
  const isMuch = units.length >= leastUnits && files >= leastFiles;
  return threads && isMuch ? Math.min(threads.size, units.length) : 1;
}

export function analyserOn(threads: UnitThreads, here: () => Promise<AnalyseUnit>): AnalyseUnit {
  // One after the other: what is too large for a thread would be too large twice.
  let lastHere: Promise<unknown> = Promise.resolve();
  const analyseHere = (unit: Unit, token: Token): Promise<UnitResult> => {
    const result = lastHere.then(here).then((analyse) => analyse(unit, token));
    lastHere = result.catch(() => undefined);
    return result;
  };
  return async (unit, token) => {
    try {
      return decodeUnitResult(await threads.run({ unit }, token)) ?? (await analyseHere(unit, token));
    } catch (error) {
      if (!ThreadEndedError.is(error)) throw error;
      return analyseHere(unit, token);
    }
  };
}
