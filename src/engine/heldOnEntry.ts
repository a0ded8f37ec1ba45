// heldOnEntry.ts
// What is held whenever a function is entered, as far as those say who make it run: its callers and theirs, the core
// code behind the tables in which it stands.

import type { Token } from '../base/cancel.ts';
import type { Turns } from '../base/turns.ts';
import type { Asked, CallerReader } from './callers.ts';
import { isSame } from './heldInside.ts';
import type { CallerRow, HeldRow } from './results.ts';

export interface HeldOnEntry {
  /** By everybody who comes. */
  readonly always: readonly HeldRow[];
  /** By some of them only. */
  readonly sometimes: readonly HeldRow[];
}

/** Who makes a function run, one step up. */
export interface StepUp {
  readonly rows: readonly { readonly row: CallerRow; readonly by: Asked | undefined }[];
  /** Ways up that are left out. */
  readonly more: number;
}

const nothing: HeldOnEntry = { always: [], sometimes: [] };

// Callers of callers of callers. Those further up mostly hold what the nearer ones were given.
const deepest = 3;

/** Over facts of which some may have to be loaded first. */
export type AskCallers = <T>(question: (callers: CallerReader) => T) => Promise<T>;

/** In short turns: callers can be large and many, and somebody else waits for the same thread. */
export async function stepUp(asked: Asked, ask: AskCallers, turns: Turns, token: Token): Promise<StepUp> {
  for (const calling of await ask((callers) => callers.callingFunctions(asked))) {
    await turns.rest(token);
    await ask((callers) => callers.look(calling));
  }
  await turns.rest(token);
  return ask((callers) => stepUpAtOnce(callers, asked));
}

function stepUpAtOnce(callers: CallerReader, asked: Asked): StepUp {
  const { rows, more } = callers.direct(asked);
  return {
    rows: rows.map((row) => ({ row, by: row.kind === 'caller' ? callers.askedOf(row) : undefined })),
    more,
  };
}

export class EntryReader {
  readonly #known = new Map<string, HeldOnEntry>();

  async of(asked: Asked, ask: AskCallers, turns: Turns, token: Token): Promise<HeldOnEntry> {
    const way = this.#of(asked, deepest, []);
    let next = way.next();
    while (next.done !== true) next = way.next(await stepUp(next.value, ask, turns, token));
    return next.value;
  }

  /** Asks for the callers of one function after the other. */
  *#of(asked: Asked, depth: number, stack: readonly string[]): Way {
    if (depth === 0) return nothing;
    const key = `${depth} ${keyOf(asked)}`;
    let known = this.#known.get(key);
    if (!known) {
      known = yield* this.#read(asked, depth, [...stack, keyOf(asked)]);
      this.#known.set(key, known);
    }
    return known;
  }

  *#read(asked: Asked, depth: number, stack: readonly string[]): Way {
    const { rows, more } = yield asked;
    const sets: HeldOnEntry[] = [];
    for (const { row, by } of rows) {
      if (row.kind !== 'caller' || !by) sets.push({ always: row.holds, sometimes: [] });
      // A function that is running already adds nothing.
      else if (!stack.includes(keyOf(by))) sets.push(below(row, yield* this.#of(by, depth - 1, stack)));
    }
    const all = sets.flatMap(({ always, sometimes }) => [...always, ...sometimes]);
    // Somebody who was not asked may hold nothing.
    const [first, ...others] = more > 0 ? [] : sets;
    const always = (first?.always ?? []).filter((held) =>
      others.every((set) => set.always.some(isSame(held))),
    );
    return { always, sometimes: withoutRepeats(all.filter((held) => !always.some(isSame(held)))) };
  }
}

type Way = Generator<Asked, HeldOnEntry, StepUp>;

export const keyOf = ({ path, name }: Asked): string => `${path}:${name}`;

/** At a call, with what the caller was entered with. */
function below(row: Extract<CallerRow, { kind: 'caller' }>, above: HeldOnEntry): HeldOnEntry {
  const kept = above.always.filter((held) => !row.letGo?.some(isSame(held)));
  const always = [...row.holds, ...kept.filter((held) => !row.holds.some(isSame(held)))];
  return { always, sometimes: above.sometimes };
}

const withoutRepeats = (rows: readonly HeldRow[]): readonly HeldRow[] =>
  rows.filter((row, i) => rows.findIndex(isSame(row)) === i);
