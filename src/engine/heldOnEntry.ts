// heldOnEntry.ts
// What is held whenever a function is entered, as far as those say who make it run: its callers and theirs, the core
// code behind the tables in which it stands.

import type { CallerReader } from './callers.ts';
import type { Asked } from './callers.ts';
import { isSame } from './heldInside.ts';
import type { CallerRow, HeldRow } from './results.ts';

export interface HeldOnEntry {
  /** By everybody who comes. */
  readonly always: readonly HeldRow[];
  /** By some of them only. */
  readonly sometimes: readonly HeldRow[];
}

const nothing: HeldOnEntry = { always: [], sometimes: [] };

// Callers of callers of callers. Those further up mostly hold what the nearer ones were given.
const deepest = 3;

export class EntryReader {
  readonly #callers: CallerReader;
  readonly #known = new Map<string, HeldOnEntry>();

  constructor(callers: CallerReader) {
    this.#callers = callers;
  }

  of(asked: Asked): HeldOnEntry {
    return this.#of(asked, deepest, []);
  }

  #of(asked: Asked, depth: number, stack: readonly string[]): HeldOnEntry {
    if (depth === 0) return nothing;
    const key = `${depth} ${asked.path}:${asked.name}`;
    let known = this.#known.get(key);
    if (!known) {
      known = this.#read(asked, depth, [...stack, `${asked.path}:${asked.name}`]);
      this.#known.set(key, known);
    }
    return known;
  }

  #read(asked: Asked, depth: number, stack: readonly string[]): HeldOnEntry {
    const { rows, more } = this.#callers.direct(asked);
    const sets = rows.flatMap((row) => this.#setsOf(row, depth, stack) ?? []);
    const all = sets.flatMap(({ always, sometimes }) => [...always, ...sometimes]);
    // Somebody who was not asked may hold nothing.
    const [first, ...others] = more > 0 ? [] : sets;
    const always = (first?.always ?? []).filter((held) =>
      others.every((set) => set.always.some(isSame(held))),
    );
    return { always, sometimes: withoutRepeats(all.filter((held) => !always.some(isSame(held)))) };
  }

  /** `undefined`: of a function that is running already, which adds nothing. */
  #setsOf(row: CallerRow, depth: number, stack: readonly string[]): HeldOnEntry | undefined {
    if (row.kind !== 'caller') return { always: row.holds, sometimes: [] };
    const asked = this.#callers.askedOf(row);
    if (stack.includes(`${asked.path}:${asked.name}`)) return undefined;
    const above = this.#of(asked, depth - 1, stack);
    const kept = above.always.filter((held) => !row.letGo?.some(isSame(held)));
    const always = [...row.holds, ...kept.filter((held) => !row.holds.some(isSame(held)))];
    return { always, sometimes: above.sometimes };
  }
}

const withoutRepeats = (rows: readonly HeldRow[]): readonly HeldRow[] =>
  rows.filter((row, i) => rows.findIndex(isSame(row)) === i);
