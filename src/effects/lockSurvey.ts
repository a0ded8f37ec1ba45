// lockSurvey.ts
// In which order the functions in scope take locks, from what each of them holds itself and what lies behind its calls.
// Orders that may be part of a cycle are left out unless one function makes them alone: of those the threads tell
// exactly.

import type { Entry, FnId, Program } from '../program/meaning.ts';
import type { LockNote, LockNotes } from './lockNotes.ts';
import { isOrdered } from './lockNotes.ts';
import type { Hop, LockSurvey, LockWay, Trail, Waitable } from './results.ts';
import type { Moment, Relevance } from './surroundings.ts';
import type { EffectTables } from './tables.ts';

export interface Surveyed {
  readonly tables: EffectTables;
  readonly notes: LockNotes;
  readonly relevance: Relevance;
  /** Which of these classes may be wanted at that moment. */
  readonly wantedOf: (moment: Moment, keys: ReadonlySet<string>) => readonly string[];
  /** Functions that call each other in a circle stand together, callees before callers. */
  readonly circles: readonly (readonly FnId[])[];
}

/** The rest of a way to where a class is taken. */
interface Rest extends Trail {
  readonly released: ReadonlySet<string>;
}

type Reach = Map<string, readonly Rest[]>;

// Ways to one class that differ in what they let go before.
const mostRests = 4;

export function surveyLocks(surveyed: Surveyed): LockSurvey {
  return new Survey(surveyed).run();
}

class Survey {
  readonly #surveyed: Surveyed;
  readonly #program: Program;
  readonly #classes = new Map<string, Waitable>();
  readonly #keys: ReadonlySet<string>;
  readonly #reach = new Map<FnId, Reach>();
  readonly #behind = new Map<LockNote, readonly string[]>();
  readonly #orders = new Map<string, LockWay>();

  constructor(surveyed: Surveyed) {
    this.#surveyed = surveyed;
    this.#program = surveyed.tables.program;
    for (const { waitable } of surveyed.notes.takings) this.#classes.set(waitable.key, waitable);
    for (const entry of this.#program.entries)
      for (const waitable of this.#heldBy(entry)) this.#classes.set(waitable.key, waitable);
    this.#keys = new Set(this.#classes.keys());
  }

  run(): LockSurvey {
    const { notes, circles } = this.#surveyed;
    for (const circle of circles) {
      const inScope = circle.filter((fn) => this.#program.functions[fn]?.inScope === true);
      // Once more in a circle: what one member reaches, the others do.
      for (let round = inScope.length > 1 ? 2 : 1; round > 0; round--)
        for (const fn of inScope) this.#gather(fn);
    }
    for (const fn of this.#reach.keys()) for (const note of notes.of(fn)) this.#orderAt(note);
    for (const entry of this.#program.entries) this.#orderUnder(entry);
    return { takings: notes.takings, orders: [...this.#orders.values()] };
  }

  #gather(fn: FnId): void {
    const reach: Reach = this.#reach.get(fn) ?? new Map<string, readonly Rest[]>();
    this.#reach.set(fn, reach);
    for (const note of this.#surveyed.notes.of(fn))
      for (const [key, rests] of this.#wantedAt(note)) {
        let known = reach.get(key) ?? [];
        for (const rest of rests) known = withRest(known, rest);
        reach.set(key, known);
      }
  }

  #wantedAt(note: LockNote): ReadonlyMap<string, readonly Rest[]> {
    const { moment, hop, released } = note;
    const wanted = new Map<string, readonly Rest[]>();
    const near = this.#calledInScope(moment);
    for (const fn of near)
      for (const [key, rests] of this.#reach.get(fn) ?? []) {
        const own = rests.map((inner) => ({ hop, inner, released: union(released, inner.released) }));
        wanted.set(key, [...(wanted.get(key) ?? []), ...own]);
      }
    // What lies outside, and what only the arguments of the call tell.
    for (const key of this.#keysBehind(note))
      if (!wanted.has(key)) wanted.set(key, [{ hop, inner: undefined, released }]);
    return wanted;
  }

  #keysBehind(note: LockNote): readonly string[] {
    const known = this.#behind.get(note) ?? this.#surveyed.wantedOf(note.moment, this.#keys);
    this.#behind.set(note, known);
    return known;
  }

  #calledInScope(moment: Moment): readonly FnId[] {
    const isNear = (fn: FnId): boolean => this.#program.functions[fn]?.inScope === true;
    if (moment.kind === 'call') return [moment.callee].filter(isNear);
    const target = this.#surveyed.tables.targets.get(moment.target);
    if (target.kind === 'notify') return this.#program.notified(target.chain).filter(isNear);
    if (target.kind !== 'slot') return [];
    return this.#program.implementers(target.slot, target.args[0]?.place).filter(isNear);
  }

  #orderAt(note: LockNote): void {
    if (note.held.length === 0) return;
    const isDirect = note.moment.kind === 'target' && note.hop.action === 'acquire';
    for (const [key, rests] of this.#wantedAt(note))
      for (const { waitable: held, hop } of note.held)
        this.#add(held, key, hop, isDirect ? 'direct' : 'called', rests);
  }

  #orderUnder(entry: Entry): void {
    const fn = this.#program.functions[entry.fn];
    const reach = fn?.inScope === true ? this.#reach.get(entry.fn) : undefined;
    if (!fn || !reach) return;
    const { path, at, name } = fn;
    const start: Hop = { path, at, fn: name, action: 'callback', target: name, via: entry.via };
    for (const held of this.#heldBy(entry))
      for (const [key, rests] of reach) this.#add(held, key, start, 'called', rests);
  }

  #add(held: Waitable, key: string, first: Hop, how: 'direct' | 'called', rests: readonly Rest[]): void {
    const wanted = this.#classes.get(key);
    if (!wanted || held.key === key || !this.#classes.has(held.key)) return;
    const { cyclic, tracked } = this.#surveyed.relevance;
    if (how === 'called' && cyclic.has(key) && tracked.has(held.key)) return;
    const rest = rests.find(({ released }) => !released.has(held.key));
    if (!rest) return;
    const place = `${held.key} ${key} ${first.at} ${rest.hop.path}:${rest.hop.at}`;
    if (!this.#orders.has(place)) this.#orders.set(place, { held, wanted, way: { hop: first, inner: rest } });
  }

  #heldBy({ fn, holds }: Entry): readonly Waitable[] {
    if (this.#program.functions[fn]?.inScope !== true) return [];
    return holds.flatMap(({ kind, place }) => {
      const waitable = isOrdered(kind) ? this.#surveyed.tables.classes.waitable(kind, place) : undefined;
      return waitable ? [waitable] : [];
    });
  }
}

/** Those that let go less say more. */
function withRest(known: readonly Rest[], rest: Rest): readonly Rest[] {
  if (known.some(({ released }) => isSubset(released, rest.released))) return known;
  return [...known.filter(({ released }) => !isSubset(rest.released, released)), rest].slice(-mostRests);
}

function union(a: ReadonlySet<string>, b: ReadonlySet<string>): ReadonlySet<string> {
  if (a.size === 0) return b;
  return b.size === 0 ? a : new Set([...a, ...b]);
}

const isSubset = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean =>
  [...a].every((key) => b.has(key));
