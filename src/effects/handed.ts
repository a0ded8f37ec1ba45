// handed.ts
// What is handed over when a handler is queued: on which queues it runs, and which references it gets with it. A
// reference counts as given where it is held at the queueing; whether the handler drops it is for the handler to say.

import type { PlaceId } from '../program/places.ts';
import type { Hop, Root, Trail, Waitable } from './results.ts';
import type { Thread } from './roots.ts';
import type { Event, Target } from './summary.ts';
import type { EffectTables } from './tables.ts';
import { trailOf } from './way.ts';

export interface GivenReference {
  readonly waitable: Waitable;
  readonly place: PlaceId;
  /** From the root that queued to where the reference was taken, and on to the queueing. */
  readonly trail: Trail;
  readonly giver: Root;
}

export interface Handed {
  /** By key of the work: the queues that it is queued on. */
  readonly queues: ReadonlyMap<string, readonly PlaceId[]>;
  readonly references: ReadonlyMap<string, readonly GivenReference[]>;
  /** The ways to where it is queued; `undefined` where there are too many to ask each. */
  readonly ways: ReadonlyMap<string, readonly Trail[] | undefined>;
}

// A work that is queued on more ways than this can be queued in any state.
const mostWays = 32;

export function queuedBy(threads: readonly Thread[], tables: EffectTables): Handed {
  const queues = new Map<string, PlaceId[]>();
  const references = new Map<string, GivenReference[]>();
  const ways = new Map<string, Trail[] | undefined>();
  for (const { entry, events, root } of threads) {
    const own = entry.holds.flatMap(({ kind, place }) => tables.classes.waitable(kind, place)?.key ?? []);
    for (const event of events) {
      const target = tables.targets.get(event.target);
      const work = target.kind === 'queue' ? tables.classes.waitable(target.object, target.place) : undefined;
      if (target.kind !== 'queue' || !work) continue;
      addQueue(work.key, target, queues, tables);
      addReferences(work.key, event, root, references, tables);
      // One that queues itself again runs already.
      if (!own.includes(work.key)) addWay(work.key, event, ways);
    }
  }
  return { queues, references, ways };
}

function addWay(work: string, { trail }: Event, ways: Map<string, Trail[] | undefined>): void {
  const known = ways.has(work) ? ways.get(work) : [];
  ways.set(work, known && known.length < mostWays ? [...known, trailOf(trail)] : undefined);
}

function addQueue(
  work: string,
  { queue }: Extract<Target, { kind: 'queue' }>,
  queues: Map<string, PlaceId[]>,
  tables: EffectTables,
): void {
  const key = queue === undefined ? undefined : tables.classes.keyOf(queue);
  if (queue === undefined || key === undefined) return;
  const known = queues.get(work) ?? [];
  if (known.some((place) => tables.classes.keyOf(place) === key)) return;
  queues.set(work, [...known, queue]);
}

function addReferences(
  work: string,
  event: Event,
  giver: Root,
  references: Map<string, GivenReference[]>,
  tables: EffectTables,
): void {
  tables.held.items(event.held).forEach((id, index) => {
    const { kind, place } = tables.held.item(id);
    const waitable = kind === 'references' ? tables.classes.waitable(kind, place) : undefined;
    const taken = event.trails[index];
    if (!waitable || !taken) return;
    const known = references.get(work) ?? [];
    if (known.some((one) => one.waitable.key === waitable.key)) return;
    references.set(work, [
      ...known,
      { waitable, place, trail: joined(trailOf(taken), trailOf(event.trail)), giver },
    ]);
  });
}

/** First the way to the taking, then from where both part the way to the queueing. */
function joined(taken: Trail, queued: Trail): Trail {
  if (taken.inner && queued.inner && isSameHop(taken.hop, queued.hop))
    return { hop: taken.hop, inner: joined(taken.inner, queued.inner) };
  return append(taken, queued);
}

const append = (trail: Trail, tail: Trail): Trail => ({
  hop: trail.hop,
  inner: trail.inner ? append(trail.inner, tail) : tail,
});

const isSameHop = (a: Hop, b: Hop): boolean => a.path === b.path && a.at === b.at && a.target === b.target;
