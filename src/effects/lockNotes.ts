// lockNotes.ts
// What the functions in scope do with locks while they are surveyed: where they take which, and what they hold
// themselves at each call and at each want. lockSurvey.ts makes orders of it.

import type { FnId, ProgramFunction } from '../program/meaning.ts';
import type { ItemId } from './held.ts';
import type { Hop, LockTaking, Waitable } from './results.ts';
import type { State } from './state.ts';
import type { Moment } from './surroundings.ts';
import type { EffectTables } from './tables.ts';
import { lockKinds } from './tables.ts';
import { firstHop } from './way.ts';

/** A lock that a function itself has got, or that it says is held. */
export interface OwnLock {
  readonly waitable: Waitable;
  readonly hop: Hop;
}

/** Something that may be wanted, at one place and with one set of what is held. */
export interface LockNote {
  readonly moment: Moment;
  readonly hop: Hop;
  readonly held: readonly OwnLock[];
  /** Keys of locks of the caller that were let go before. */
  readonly released: ReadonlySet<string>;
}

export class LockNotes {
  readonly #tables: EffectTables;
  readonly #takings = new Map<string, LockTaking>();
  readonly #notes = new Map<FnId, Map<string, LockNote>>();

  constructor(tables: EffectTables) {
    this.#tables = tables;
  }

  /** Each place once. */
  get takings(): readonly LockTaking[] {
    return [...this.#takings.values()];
  }

  of(fn: FnId): readonly LockNote[] {
    return [...(this.#notes.get(fn)?.values() ?? [])];
  }

  /** One operation was gone over. What a macro takes is taken where it is used. */
  passed(fn: ProgramFunction, before: State, after: State): void {
    if (!fn.inScope || fn.isMacro || before.held === after.held) return;
    const { held } = this.#tables;
    const known = held.items(before.held);
    held.items(after.held).forEach((id, index) => {
      const waitable = known.includes(id) ? undefined : this.#lockOf(id);
      const trail = after.trails[index];
      const { origin, mode } = held.item(id);
      if (!waitable || !trail || (origin !== 'taken' && origin !== 'tried')) return;
      const hop = firstHop(trail);
      const key = `${waitable.key} ${hop.path}:${hop.at}`;
      if (!this.#takings.has(key))
        this.#takings.set(key, { waitable, hop, mode, isTried: origin === 'tried' });
    });
  }

  note(fn: ProgramFunction, state: State, hop: Hop, moment: Moment): void {
    if (!fn.inScope) return;
    const what = moment.kind === 'call' ? `call ${moment.callee},${moment.args ?? ''}` : moment.target;
    const key = `${hop.at} ${state.held} ${state.released} ${what}`;
    const notes = this.#notes.get(fn.id) ?? new Map<string, LockNote>();
    this.#notes.set(fn.id, notes);
    if (notes.has(key)) return;
    const released = this.#tables.held.items(state.released).flatMap((id) => this.#lockOf(id)?.key ?? []);
    notes.set(key, { moment, hop, held: this.#own(state), released: new Set(released) });
  }

  #own({ held, trails }: State): readonly OwnLock[] {
    return this.#tables.held.items(held).flatMap((id, index) => {
      const waitable = this.#lockOf(id);
      const trail = trails[index];
      return waitable && trail ? [{ waitable, hop: firstHop(trail) }] : [];
    });
  }

  #lockOf(id: ItemId): Waitable | undefined {
    const { kind, place } = this.#tables.held.item(id);
    return isOrdered(kind) ? this.#tables.classes.waitable(kind, place) : undefined;
  }
}

/** Read sections of RCU are everywhere, and in no order with anything. */
export const isOrdered = (kind: Waitable['kind']): boolean => lockKinds.has(kind) && kind !== 'rcu';
