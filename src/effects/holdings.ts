// holdings.ts
// What threads hold, in the words of results.ts. A thing that is held by way of the same code is told once, and shared
// by everything that is wanted under it.

import type { Item, ItemId } from './held.ts';
import { PairMap } from './pairMap.ts';
import type { Held, Trail } from './results.ts';
import type { EffectTables } from './tables.ts';
import { trailOf } from './way.ts';
import type { Way } from './way.ts';

export interface Holding {
  readonly held: Held;
  /** Equal numbers: the same object, held in the same mode, as far as anybody can tell. */
  readonly alike: number;
}

export class Holdings {
  readonly #tables: EffectTables;
  readonly #known = new Map<ItemId, Map<Way, Holding | undefined>>();
  readonly #trails = new Map<Way, Trail>();
  readonly #kinds = new Map<string, number>();
  readonly #lists = new PairMap<number>();
  #listCount = 1;

  constructor(tables: EffectTables) {
    this.#tables = tables;
  }

  /** `undefined`: nobody knows of which class it is. */
  of(id: ItemId, way: Way): Holding | undefined {
    let ways = this.#known.get(id);
    if (!ways) {
      ways = new Map();
      this.#known.set(id, ways);
    }
    if (ways.has(way)) return ways.get(way);
    const holding = this.told(this.#tables.held.item(id), this.#trailOf(way));
    ways.set(way, holding);
    return holding;
  }

  told({ kind, place, mode, origin, subclass }: Item, trail: Trail | undefined): Holding | undefined {
    const { classes } = this.#tables;
    const waitable = classes.waitable(kind, place);
    if (!waitable) return undefined;
    const instance = classes.instanceOf(place);
    return {
      held: { waitable, mode, origin, subclass, instance, trail },
      alike: this.#numberOf(`${waitable.key}/${mode}/${instance}`),
    };
  }

  /** Equal numbers for lists of the same things in the same order. */
  numberOfList(holdings: readonly Holding[]): number {
    let list = 0;
    for (const { alike } of holdings) {
      let longer = this.#lists.get(list, alike);
      if (longer === undefined) {
        longer = this.#listCount++;
        this.#lists.set(list, alike, longer);
      }
      list = longer;
    }
    return list;
  }

  #trailOf(way: Way): Trail {
    let trail = this.#trails.get(way);
    if (!trail) {
      trail = trailOf(way);
      this.#trails.set(way, trail);
    }
    return trail;
  }

  #numberOf(text: string): number {
    let number = this.#kinds.get(text);
    if (number === undefined) {
      number = this.#kinds.size;
      this.#kinds.set(text, number);
    }
    return number;
  }
}
