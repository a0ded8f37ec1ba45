// lockOrders.ts
// The lock classes of the code in scope, and in which order they are taken: what the survey of all functions says, and
// for classes that may lie on a cycle what the threads say.

import type {
  Effects,
  Hop,
  LockSurvey,
  LockTaking,
  LockWay,
  Root,
  Trail,
  Waitable,
} from '../effects/results.ts';
import { compare } from './graph.ts';
import { isSameHop } from './ways.ts';

export interface UnitLocks {
  /** By name. */
  readonly classes: readonly LockClassTakings[];
  readonly orders: readonly LockOrder[];
}

export interface LockClassTakings {
  readonly waitable: Waitable;
  /** In order of path and place; none for a lock that only callers hold. */
  readonly takings: readonly Omit<LockTaking, 'waitable'>[];
}

export interface LockOrder {
  /** Keys of the classes. */
  readonly held: string;
  readonly wanted: string;
  /** Places that make it. */
  readonly count: number;
  /** The shortest first, and not all of them. */
  readonly ways: readonly (readonly Hop[])[];
}

export const noLocks: UnitLocks = { classes: [], orders: [] };

// More than anybody goes through; all are counted.
const mostWays = 3;

type InScope = (path: string) => boolean;

/** `isInScope`: of files. */
export function lockOrdersOf(effects: Effects, isInScope: InScope): UnitLocks {
  const { locks } = effects;
  if (!locks) return noLocks;
  const classes = classesOf(locks);
  const ways = [...locks.orders, ...waysOfThreads(effects, classes, isInScope)];
  return {
    classes: [...classes.values()].sort(
      (a, b) => compare(a.waitable.name, b.waitable.name) || compare(a.waitable.key, b.waitable.key),
    ),
    orders: ordersOf(ways, isInScope),
  };
}

function classesOf({ takings, orders }: LockSurvey): Map<string, LockClassTakings> {
  const classes = new Map<string, LockClassTakings & { readonly takings: Omit<LockTaking, 'waitable'>[] }>();
  const classOf = (waitable: Waitable): Omit<LockTaking, 'waitable'>[] => {
    const known = classes.get(waitable.key) ?? { waitable, takings: [] };
    classes.set(waitable.key, known);
    return known.takings;
  };
  const inOrder = [...takings].sort((a, b) => compare(a.hop.path, b.hop.path) || a.hop.at - b.hop.at);
  for (const { waitable, ...taking } of inOrder) classOf(waitable).push(taking);
  for (const { held, wanted } of orders) for (const waitable of [held, wanted]) classOf(waitable);
  return classes;
}

function waysOfThreads(
  effects: Effects,
  classes: ReadonlyMap<string, unknown>,
  isInScope: InScope,
): readonly LockWay[] {
  const found = new Map<string, LockWay>();
  for (const { root, action, waitable: wanted, held: all, trail } of effects.wants) {
    if (action !== 'acquire' || !classes.has(wanted.key)) continue;
    for (const { waitable: held, origin, trail: taken } of all) {
      if (held.key === wanted.key || !classes.has(held.key) || origin === 'given') continue;
      const parts = taken
        ? afterFork(taken, trail)
        : ([{ hop: entryOf(root), inner: undefined }, trail] as const);
      const [first, second] = parts;
      const key = `${held.key} ${wanted.key} ${placeOf(first.hop)} ${placeOf((first.inner ?? second).hop)}`;
      if (found.has(key)) continue;
      const way = joined(first, second);
      if (hopsOf(way).some(({ path }) => isInScope(path))) found.set(key, { held, wanted, way });
    }
  }
  return [...found.values()];
}

/** What is left of both ways, the calls that they share left out. */
function afterFork(taken: Trail, wanted: Trail): readonly [Trail, Trail] {
  let [a, b] = [taken, wanted];
  while (a.inner && b.inner && isSameHop(a.hop, b.hop)) [a, b] = [a.inner, b.inner];
  return [a, b];
}

const joined = ({ hop, inner }: Trail, rest: Trail): Trail => ({
  hop,
  inner: inner ? joined(inner, rest) : rest,
});

/** What its caller holds, a thread holds from the start. */
const entryOf = ({ path, at, fn, via }: Root): Hop => ({ path, at, fn, action: 'callback', target: fn, via });

function ordersOf(all: readonly LockWay[], isInScope: InScope): readonly LockOrder[] {
  const byPair = new Map<string, Map<string, LockWay>>();
  for (const one of all) {
    const pair = `${one.held.key} ${one.wanted.key}`;
    const places = byPair.get(pair) ?? new Map<string, LockWay>();
    byPair.set(pair, places);
    const place = placesOf(one);
    const known = places.get(place);
    if (!known || lengthOf(one.way) < lengthOf(known.way)) places.set(place, one);
  }
  return [...byPair]
    .sort(([a], [b]) => compare(a, b))
    .map(([, places]) => {
      const ways = [...places.values()].sort(shortestFirst);
      const [{ held, wanted }] = ways as [LockWay];
      const kept = ways.slice(0, mostWays).map(({ way }) => stepsInScope(way, isInScope));
      return { held: held.key, wanted: wanted.key, count: ways.length, ways: kept };
    });
}

/** What comes after the last step in scope is the same for all who go there. */
function stepsInScope(way: Trail, isInScope: InScope): readonly Hop[] {
  const steps = hopsOf(way);
  return steps.slice(0, steps.findLastIndex(({ path }) => isInScope(path)) + 1);
}

function hopsOf(trail: Trail): readonly Hop[] {
  const hops: Hop[] = [];
  for (let step: Trail | undefined = trail; step; step = step.inner) hops.push(step.hop);
  return hops;
}

function lengthOf(trail: Trail): number {
  let length = 0;
  for (let step: Trail | undefined = trail; step; step = step.inner) length++;
  return length;
}

/** Where the first is got, and the step after that: what lies deeper is the same for all who go there. */
const placesOf = ({ way: { hop, inner } }: LockWay): string =>
  inner ? `${placeOf(hop)} ${placeOf(inner.hop)}` : placeOf(hop);

const placeOf = ({ path, at }: Hop): string => `${path}:${at}`;

const shortestFirst = (a: LockWay, b: LockWay): number =>
  lengthOf(a.way) - lengthOf(b.way) || compare(placesOf(a), placesOf(b));
