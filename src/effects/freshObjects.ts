// freshObjects.ts
// Objects that are taken or waited for by the very function that has initialised them: nobody else knows them yet, or they
// are on their way out again without ever having been known.

import type { OpIndex } from '../facts/flow.ts';
import type { ObjectKind } from '../kernel/primitive.ts';
import type { Program, ProgramFunction } from '../program/meaning.ts';
import type { Place, PlaceId } from '../program/places.ts';
import { reachable } from '../program/reachable.ts';
import type { Classes } from './classes.ts';
import type { Hop, Trail } from './results.ts';
import type { StepFunctions } from './stepFunctions.ts';
import { lockKinds } from './tables.ts';
import { lastHop } from './way.ts';

// What ends a wait is mostly made ready just before it: `reinit_completion(x); send(); wait_for_completion(x);`.
const canBeFresh = (kind: ObjectKind): boolean => lockKinds.has(kind) || kind === 'srcu';

export class FreshObjects {
  readonly #program: Program;
  readonly #functions: StepFunctions;
  readonly #classes: Classes;
  readonly #fresh = new Map<Hop, boolean>();

  constructor(program: Program, functions: StepFunctions, classes: Classes) {
    this.#program = program;
    this.#functions = functions;
    this.#classes = classes;
  }

  /** What the last step works on was initialised before, on every way there, in the function that makes it. */
  isFresh(trail: Trail): boolean {
    const hop = lastHop(trail);
    let isFresh = this.#fresh.get(hop);
    if (isFresh === undefined) this.#fresh.set(hop, (isFresh = this.#read(hop)));
    return isFresh;
  }

  #read(hop: Hop): boolean {
    const fn = this.#functions.of(hop);
    if (!fn) return false;
    const own = this.#objectsAt(fn, (index) => {
      const op = fn.body.flow.op(index);
      return (op.kind === 'call' || op.kind === 'guard') && op.at === hop.at;
    });
    if (own.length !== 1 || this.#isGlobal(own[0]!.place)) return false;
    const { index: end, place } = own[0]!;
    const made = this.#objectsAt(fn, (index) => index < end, 'init').filter((one) => one.place === place);
    if (made.length === 0) return false;
    // One that was found is used on by the same lines as one that had to be made.
    return !reachable(fn.body.flow, 0, new Set(made.map(({ index }) => index))).includes(end);
  }

  #objectsAt(
    fn: ProgramFunction,
    isMeant: (index: OpIndex) => boolean,
    effect?: 'init',
  ): readonly { readonly index: OpIndex; readonly place: PlaceId }[] {
    const found: { readonly index: OpIndex; readonly place: PlaceId }[] = [];
    for (let index = 0; index < fn.body.flow.count; index++) {
      const meaning = isMeant(index) ? this.#program.meaningOf(fn.id, index) : undefined;
      if (meaning?.kind !== 'act' || meaning.act.place === undefined) continue;
      if (!canBeFresh(meaning.act.primitive.kind)) continue;
      if ((meaning.act.effect === 'init') !== (effect === 'init')) continue;
      const place = this.#classes.canonical(meaning.act.place);
      if (place !== undefined) found.push({ index, place });
    }
    return found;
  }

  #isGlobal(id: PlaceId): boolean {
    let place: Place = this.#program.places.get(id);
    while ('base' in place) place = this.#program.places.get(place.base);
    return place.kind === 'global';
  }
}
