// held.ts
// Sets of what a thread holds, as numbers: equal sets are one number, and putting a callee's set on top of its
// caller's is remembered, because the same few sets meet again and again.

import type { ObjectKind } from '../kernel/primitive.ts';
import type { PlaceId, PlaceTable } from '../program/places.ts';
import { PairMap } from './pairMap.ts';
import type { Held } from './results.ts';

declare const tag: unique symbol;
export type ItemId = number & { readonly [tag]: 'ItemId' };
export type SetId = number & { readonly [tag]: 'SetId' };
/** A list of arguments, as places. */
export type ArgsId = number & { readonly [tag]: 'ArgsId' };

export interface Item {
  readonly kind: ObjectKind;
  readonly place: PlaceId;
  readonly mode: 'exclusive' | 'read';
  readonly origin: Held['origin'];
  readonly subclass: string;
  /** Off on this processor until it is let go. */
  readonly off: 'irq' | 'bh' | undefined;
  /** Sleeping is forbidden. */
  readonly isAtomic: boolean;
}

export const emptySet = 0 as SetId;

/** How a set came about: for each item its index in the first set, or `~index` in the second. */
export interface Merged {
  readonly set: SetId;
  readonly from: readonly number[];
}

export interface Composed extends Merged {
  /** What the caller of both lacks afterwards. */
  readonly released: SetId;
}

const ownIndex = (index: number): number => index;
const calleeIndex = (index: number): number => ~index;

type Args = readonly (PlaceId | undefined)[];

export class HeldTable {
  readonly #places: PlaceTable;
  /** Whether two places are of one class; only asked for different places. */
  readonly #sameClass: (a: PlaceId, b: PlaceId) => boolean;
  readonly #canonical: (place: PlaceId) => PlaceId | undefined;
  readonly #items: Item[] = [];
  readonly #itemIds = new Map<string, ItemId>();
  readonly #sets: (readonly ItemId[])[] = [[]];
  /** A set with one item more, which comes after all others. */
  readonly #larger = new PairMap<SetId>();
  readonly #marks = new Map<ObjectKind, Map<PlaceId, ItemId>>();
  readonly #args: Args[] = [];
  readonly #argIds = new Map<string, ArgsId>();
  /** Numbers for two sets, one held and one released. */
  readonly #pairs = new PairMap<number>();
  #pairCount = 0;
  readonly #composed = new PairMap<Composed>();
  /** Where the callee holds nothing and lets nothing go, or the caller does not. */
  readonly #callerAlone: (Composed | undefined)[] = [];
  readonly #calleeAlone: (Composed | undefined)[] = [];
  readonly #substituted = new PairMap<Merged>();
  readonly #itself: (Merged | undefined)[] = [];

  constructor(
    places: PlaceTable,
    sameClass: (a: PlaceId, b: PlaceId) => boolean,
    canonical: (place: PlaceId) => PlaceId | undefined,
  ) {
    this.#places = places;
    this.#sameClass = sameClass;
    this.#canonical = canonical;
  }

  item(id: ItemId): Item {
    const item = this.#items[id];
    if (!item) throw new RangeError(`no held item ${id}`);
    return item;
  }

  items(set: SetId): readonly ItemId[] {
    const items = this.#sets[set];
    if (!items) throw new RangeError(`no held set ${set}`);
    return items;
  }

  itemOf(item: Item): ItemId {
    const key = `${item.kind},${item.place},${item.mode},${item.origin},${item.subclass},${item.off ?? ''},${item.isAtomic}`;
    const known = this.#itemIds.get(key);
    if (known !== undefined) return known;
    const id = this.#items.length as ItemId;
    this.#items.push(item);
    this.#itemIds.set(key, id);
    return id;
  }

  /** What is gone: only its kind and place count. */
  markOf(kind: ObjectKind, place: PlaceId): ItemId {
    let marks = this.#marks.get(kind);
    if (!marks) {
      marks = new Map();
      this.#marks.set(kind, marks);
    }
    let mark = marks.get(place);
    if (mark === undefined) {
      mark = this.itemOf({ ...plain, kind, place });
      marks.set(place, mark);
    }
    return mark;
  }

  setOf(items: readonly ItemId[]): SetId {
    const sorted = isAscending(items) ? items : [...new Set(items)].sort((a, b) => a - b);
    let set = emptySet;
    for (const item of sorted) set = this.#with(set, item);
    return set;
  }

  #with(set: SetId, item: ItemId): SetId {
    let larger = this.#larger.get(set, item);
    if (larger === undefined) {
      larger = this.#sets.length as SetId;
      this.#sets.push([...this.items(set), item]);
      this.#larger.set(set, item, larger);
    }
    return larger;
  }

  /** All that is in one of the two. */
  union(a: SetId, b: SetId): SetId {
    if (a === b || b === emptySet) return a;
    return a === emptySet ? b : this.setOf([...this.items(a), ...this.items(b)]);
  }

  /** The set as it is. */
  same(set: SetId): Merged {
    return (this.#itself[set] ??= { set, from: this.items(set).map((_, index) => index) });
  }

  argsOf(args: Args): ArgsId {
    const key = args.join(',');
    const known = this.#argIds.get(key);
    if (known !== undefined) return known;
    const id = this.#args.length as ArgsId;
    this.#args.push(args);
    this.#argIds.set(key, id);
    return id;
  }

  args(id: ArgsId): Args {
    return this.#args[id] ?? [];
  }

  /** A callee's set in its caller's places; `from` gives the index of each item in `set`. */
  substitute(set: SetId, args: ArgsId): Merged {
    if (set === emptySet) return this.same(set);
    let result = this.#substituted.get(set, args);
    if (!result) {
      result = this.#substitute(set, args);
      this.#substituted.set(set, args, result);
    }
    return result;
  }

  #substitute(set: SetId, args: ArgsId): Merged {
    const changed = this.items(set).flatMap((id, index) => {
      const item = this.item(id);
      const place = this.#canonical(this.#places.substitute(item.place, this.args(args)));
      if (place === undefined) return [];
      return [{ id: place === item.place ? id : this.itemOf({ ...item, place }), index }];
    });
    return this.#ordered(changed);
  }

  /** What is held after a callee, or at a point inside it: the caller's without what is gone, and the callee's. */
  compose(held: SetId, released: SetId, calleeHeld: SetId, calleeReleased: SetId): Composed {
    if (calleeReleased === emptySet && released === emptySet) {
      if (calleeHeld === emptySet) return (this.#callerAlone[held] ??= this.#alone(held, ownIndex));
      if (held === emptySet) return (this.#calleeAlone[calleeHeld] ??= this.#alone(calleeHeld, calleeIndex));
    }
    const caller = this.#pairOf(held, released);
    const callee = this.#pairOf(calleeHeld, calleeReleased);
    let result = this.#composed.get(caller, callee);
    if (!result) {
      result = this.#compose(held, released, calleeHeld, calleeReleased);
      this.#composed.set(caller, callee, result);
    }
    return result;
  }

  #alone(set: SetId, indexOf: (index: number) => number): Composed {
    return { set, from: this.items(set).map((_, index) => indexOf(index)), released: emptySet };
  }

  #pairOf(held: SetId, released: SetId): number {
    let pair = this.#pairs.get(held, released);
    if (pair === undefined) {
      pair = this.#pairCount++;
      this.#pairs.set(held, released, pair);
    }
    return pair;
  }

  #compose(held: SetId, released: SetId, calleeHeld: SetId, calleeReleased: SetId): Composed {
    const own = this.items(held).map((id, index) => ({ id, index }));
    const gone: ItemId[] = [...this.items(released)];
    for (const mark of this.items(calleeReleased)) {
      const at = this.#matching(
        own.map((entry) => entry.id),
        mark,
      );
      // What was only said to be held is the caller's.
      const isCallers = at < 0 || this.item(own[at]!.id).origin === 'asserted';
      if (at >= 0) own.splice(at, 1);
      if (isCallers) gone.push(mark);
    }
    const taken = this.items(calleeHeld).map((id, index) => ({ id, index: ~index }));
    const both = [...own, ...taken.filter(({ id }) => !own.some((entry) => this.#isSame(entry.id, id)))];
    return { ...this.#ordered(both), released: this.setOf(gone) };
  }

  /** The index of what a release of `mark` lets go; -1: nothing here. */
  matching(set: SetId, mark: ItemId): number {
    return this.#matching(this.items(set), mark);
  }

  // The same place; else the only one of its class, since one object may be spelt in two ways.
  #matching(items: readonly ItemId[], mark: ItemId): number {
    const wanted = this.item(mark);
    let found = -1;
    for (let i = items.length - 1; i >= 0; i--) {
      const item = this.item(items[i]!);
      if (item.kind !== wanted.kind && !areKin(item.kind, wanted.kind)) continue;
      if (item.place === wanted.place) return i;
      if (found < 0 && this.#sameClass(item.place, wanted.place)) found = i;
    }
    return found;
  }

  /** An assertion in the callee about what the caller holds adds nothing. */
  #isSame(a: ItemId, b: ItemId): boolean {
    if (a === b) return true;
    const left = this.item(a);
    const right = this.item(b);
    return left.place === right.place && right.origin === 'asserted';
  }

  #ordered(entries: readonly { readonly id: ItemId; readonly index: number }[]): Merged {
    const set = this.setOf(entries.map((entry) => entry.id));
    const from = this.items(set).map((id) => entries.find((entry) => entry.id === id)?.index ?? 0);
    return { set, from };
  }
}

const plain = {
  mode: 'exclusive',
  origin: 'taken',
  subclass: '',
  off: undefined,
  isAtomic: false,
} as const;

/** `lock` is what a function for every kind of lock says: `lockdep_assert_held`, `lock_sock`. */
const areKin = (a: ObjectKind, b: ObjectKind): boolean => a === 'lock' || b === 'lock';

function isAscending(items: readonly ItemId[]): boolean {
  for (let i = 1; i < items.length; i++) if (items[i]! <= items[i - 1]!) return false;
  return true;
}
