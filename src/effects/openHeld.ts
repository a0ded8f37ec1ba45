// openHeld.ts
// What is wanted while locks behind parameters are held, by the places of these locks. It is passed up from callees to
// callers again and again, so it knows what has grown since it was asked last.

import type { PlaceId } from '../program/places.ts';

/** Numbers of classes. */
type Wanted = ReadonlySet<number>;

export class OpenHeld {
  readonly #wanted = new Map<PlaceId, Set<number>>();
  /** By place: the version in which it has grown last. */
  readonly #grown = new Map<PlaceId, number>();
  #version = 0;

  get version(): number {
    return this.#version;
  }

  add(place: PlaceId, wanted: Wanted): void {
    let known = this.#wanted.get(place);
    const before = known ? known.size : -1;
    if (!known) this.#wanted.set(place, (known = new Set<number>()));
    for (const index of wanted) known.add(index);
    if (known.size > before) this.#grown.set(place, ++this.#version);
  }

  /** Places of which more is known than in that version, in the order in which they came up. */
  since(version: number): readonly (readonly [PlaceId, Wanted])[] {
    return version === this.#version
      ? []
      : [...this.#wanted].filter(([place]) => (this.#grown.get(place) ?? 0) > version);
  }
}

/** How much of what callees hold was passed up to one function or circle, by what they were called with. */
export class PassedUp {
  readonly #versions = new Map<OpenHeld, Map<number, number>>();

  /** What is new since the same was asked before. */
  next(held: OpenHeld, args: number): readonly (readonly [PlaceId, Wanted])[] {
    let versions = this.#versions.get(held);
    if (!versions) this.#versions.set(held, (versions = new Map<number, number>()));
    const news = held.since(versions.get(args) ?? 0);
    versions.set(args, held.version);
    return news;
  }
}
