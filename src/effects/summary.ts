// summary.ts
// What one function does, for its callers: everything that it wants, with what it holds and what of the caller's it
// has let go by then, and the states in which it returns.

import type { ObjectKind, Primitive } from '../kernel/primitive.ts';
import type { Argument, Slot } from '../program/meaning.ts';
import type { PlaceId } from '../program/places.ts';
import type { Mask } from './conditions.ts';
import { anyValue } from './conditions.ts';
import { emptySet } from './held.ts';
import type { HeldTable, ItemId, SetId } from './held.ts';
import type { Assumption } from './results.ts';
import type { Passed } from './state.ts';
import type { Way } from './way.ts';

declare const tag: unique symbol;
export type TargetId = number & { readonly [tag]: 'TargetId' };

/** What an event is about. */
export type Target =
  | {
      readonly kind: 'acquire' | 'wait';
      readonly object: ObjectKind;
      readonly place: PlaceId;
      readonly mode: 'exclusive' | 'read';
      readonly subclass: string;
      readonly endedBy: Primitive['endedBy'];
      /** What taking it switches off before it is taken. */
      readonly off: 'irq' | 'bh' | undefined;
    }
  | { readonly kind: 'sleep' }
  | { readonly kind: 'signal' | 'put'; readonly object: ObjectKind; readonly place: PlaceId }
  | {
      readonly kind: 'queue';
      readonly object: ObjectKind;
      readonly place: PlaceId;
      readonly queue: PlaceId | undefined;
    }
  | { readonly kind: 'slot'; readonly slot: Slot; readonly args: readonly Argument[] }
  | { readonly kind: 'parameter'; readonly index: number; readonly args: readonly Argument[] }
  | { readonly kind: 'notify'; readonly chain: PlaceId };

/** Holds only where the caller's argument has one of these values. */
export interface ParameterValue {
  readonly index: number;
  readonly mask: Mask;
  /** It is about these bits of the argument: `flags & NOWAIT`. 0: about all of it. */
  readonly bits: number;
}

export interface Event {
  readonly target: TargetId;
  readonly held: SetId;
  readonly trails: readonly Way[];
  readonly released: SetId;
  readonly requires: SetId;
  readonly when: readonly ParameterValue[];
  readonly trail: Way;
  readonly length: number;
  /** Of a signal: what was got before, on every way. */
  readonly needs: readonly Passed[];
  /** What had to be taken for granted on the way; sorted. */
  readonly assumptions: readonly Assumption[];
}

/** One kind of return. */
export interface Exit {
  readonly result: Mask;
  readonly held: SetId;
  readonly trails: readonly Way[];
  readonly released: SetId;
  readonly when: readonly ParameterValue[];
  readonly passed: readonly Passed[];
}

export interface Summary {
  readonly events: readonly Event[];
  readonly exits: readonly Exit[];
}

const plainExit: Exit = {
  result: anyValue,
  held: emptySet,
  trails: [],
  released: emptySet,
  when: [],
  passed: [],
};

export const nothing: Summary = { events: [], exits: [plainExit] };

/** Exits that leave the caller as it was, but for what they passed. */
export function isPlain(exits: readonly Exit[]): boolean {
  return exits.every((exit) => exit.held === emptySet && exit.released === emptySet);
}

export class TargetTable {
  readonly #targets: Target[] = [];
  readonly #ids = new Map<string, TargetId>();

  get(id: TargetId): Target {
    const target = this.#targets[id];
    if (!target) throw new RangeError(`no target ${id}`);
    return target;
  }

  of(target: Target): TargetId {
    const key = keyOfTarget(target);
    const known = this.#ids.get(key);
    if (known !== undefined) return known;
    const id = this.#targets.length as TargetId;
    this.#targets.push(target);
    this.#ids.set(key, id);
    return id;
  }
}

function keyOfTarget(target: Target): string {
  switch (target.kind) {
    case 'acquire':
    case 'wait':
      return `${target.kind},${target.object},${target.place},${target.mode},${target.subclass},${target.endedBy ?? ''},${target.off ?? ''}`;
    case 'sleep':
      return 'sleep';
    case 'signal':
    case 'put':
      return `${target.kind},${target.object},${target.place}`;
    case 'queue':
      return `queue,${target.object},${target.place},${target.queue ?? ''}`;
    case 'slot':
      return `slot,${target.slot.struct}.${target.slot.member}(${argumentsKey(target.args)})`;
    case 'parameter':
      return `parameter,${target.index}(${argumentsKey(target.args)})`;
    case 'notify':
      return `notify,${target.chain}`;
  }
}

function argumentsKey(args: readonly Argument[]): string {
  return args
    .map(
      ({ place, fn, constant, parameter }) =>
        `${place ?? ''}/${fn ?? ''}/${constant ?? ''}/${parameter ?? ''}`,
    )
    .join();
}

// The shortest way to the same thing in the same state is enough. More different states than this for one target
// (counted as given up) have only been seen behind dispatchers that call everything.
const mostForTarget = 24;
// Of a function that has so many already, fewer: the few functions of a file system that call everything meet each of
// their thousands of targets in all of those states, and every caller of them meets all of that again.
const manyEvents = 3000;
const fewForTarget = 4;

/** Collects the events of one function: of equal ones the shortest, in a fixed order. */
export class EventSet {
  readonly #events: Event[] = [];
  readonly #byTarget = new Map<TargetId, OfTarget>();
  /** How many were not taken in. */
  dropped = 0;

  add(event: Event): void {
    const { target, held, released, requires, when, length } = event;
    const place = this.placeFor(target, held, released, requires, when, length);
    if (place !== noPlace) this.put(event, place);
  }

  /**
   * Whether events of that length change nothing any more, whatever they tell: asked before it is worked out what that
   * is. Whether anything was left out is known by then.
   */
  isClosedTo(target: TargetId, length: number): boolean {
    if (this.dropped === 0) return false;
    const known = this.#byTarget.get(target);
    if (known === undefined || known.indexes.length < this.#most) return false;
    known.longest ??= Math.max(...known.indexes.map((index) => this.#events[index]!.length));
    return length >= known.longest;
  }

  get #most(): number {
    return this.#events.length < manyEvents ? mostForTarget : fewForTarget;
  }

  /** Where an event would go that says something new; `noPlace`: nowhere. Asked before the event is made. */
  placeFor(
    target: TargetId,
    held: SetId,
    released: SetId,
    requires: SetId,
    when: readonly ParameterValue[],
    length: number,
  ): number {
    const known = this.#byTarget.get(target);
    if (!known) return this.#events.length;
    const { states, indexes } = known;
    for (let at = 0, i = 0; i < indexes.length; i++, at += 3) {
      if (states[at] !== held || states[at + 1] !== released || states[at + 2] !== requires) continue;
      const event = this.#events[indexes[i]!]!;
      if (isSameWhen(event.when, when)) return length < event.length ? indexes[i]! : noPlace;
    }
    if (indexes.length < this.#most) return this.#events.length;
    this.dropped++;
    return noPlace;
  }

  /** `place` is what `placeFor` gave for it just now. */
  put(event: Event, place: number): void {
    const isNew = place === this.#events.length;
    this.#events[place] = event;
    if (!isNew) return;
    let known = this.#byTarget.get(event.target);
    if (!known) this.#byTarget.set(event.target, (known = { indexes: [], states: [], longest: undefined }));
    const { indexes, states } = known;
    indexes.push(place);
    states.push(event.held, event.released, event.requires);
    known.longest = undefined;
  }

  /** In a fixed order, without those that others tell as well. */
  list(held: HeldTable): readonly Event[] {
    const groups: Event[][] = [];
    const byTarget = new Map<TargetId, Event[][]>();
    for (const event of this.#events) {
      let own = byTarget.get(event.target);
      if (!own) byTarget.set(event.target, (own = []));
      const group = own.find(([first]) => first && areLetGoAlike(first, event));
      if (group) {
        group.push(event);
        continue;
      }
      const fresh = [event];
      own.push(fresh);
      groups.push(fresh);
    }
    return groups.flatMap((group) => (group.length === 1 ? group : undominated(group, held)));
  }
}

export const noPlace = -1;

interface OfTarget {
  /** Where its events are. They are few, so they are gone through. */
  readonly indexes: number[];
  /** What is held, let go and required in each of them, side by side: of millions of questions most end here. */
  readonly states: number[];
  /** Once it was asked: none of them is longer. */
  longest: number | undefined;
}

type StateOfEvent = Pick<Event, 'released' | 'requires' | 'when'>;

export const areLetGoAlike = (a: StateOfEvent, b: StateOfEvent): boolean =>
  a.released === b.released && a.requires === b.requires && isSameWhen(a.when, b.when);

const isSameWhen = (a: readonly ParameterValue[], b: readonly ParameterValue[]): boolean =>
  a === b ||
  (a.length === b.length &&
    a.every(({ index, mask, bits }, i) => {
      const other = b[i]!;
      return index === other.index && mask === other.mask && bits === other.bits;
    }));

/**
 * Everything that an event tells is that each item of its set is held, perhaps with others that keep threads apart.
 * Where smaller sets tell that of every item, it adds nothing.
 */
function undominated(events: readonly Event[], held: HeldTable): readonly Event[] {
  const sorted = [...events].sort((a, b) => held.items(a.held).length - held.items(b.held).length);
  const kept: Event[] = [];
  for (const event of sorted) {
    const items = held.items(event.held);
    const inside: (readonly ItemId[])[] = [];
    for (const other of kept) {
      const less = held.items(other.held);
      if (isWithin(less, items)) inside.push(less);
    }
    const isTold = inside.length > 0 && items.every((id) => inside.some((less) => less.includes(id)));
    if (!isTold) kept.push(event);
  }
  return kept;
}

/** Both in order. */
function isWithin(a: readonly ItemId[], b: readonly ItemId[]): boolean {
  let at = 0;
  for (const id of a) {
    while (at < b.length && b[at]! < id) at++;
    if (b[at] !== id) return false;
  }
  return true;
}

export function whenKey(when: readonly ParameterValue[]): string {
  let key = '';
  for (const { index, mask, bits } of when) key += `${index}&${bits}=${mask};`;
  return key;
}

/** Two conditions at once; `undefined`: they exclude each other. */
export function bothWhen(
  a: readonly ParameterValue[],
  b: readonly ParameterValue[],
): readonly ParameterValue[] | undefined {
  if (b.length === 0) return a;
  if (a.length === 0) return b;
  const both = [...a];
  for (const one of b) {
    const at = both.findIndex((other) => isOfSame(one, other));
    const mask = at < 0 ? one.mask : one.mask & both[at]!.mask;
    if (mask === 0) return undefined;
    if (at < 0) both.push(one);
    else both[at] = { ...one, mask };
  }
  return both.sort((x, y) => x.index - y.index || x.bits - y.bits);
}

/** The same bits of the same argument. */
export const isOfSame = (a: ParameterValue, b: ParameterValue): boolean =>
  a.index === b.index && a.bits === b.bits;
