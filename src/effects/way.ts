// way.ts
// Ways through the code while they are being put together. They share everything that they can: only the few that
// end in a want are ever written out as trails.

import type { Hop, Trail } from './results.ts';

export type Way = Step | Joined;

/** A step, and the way on inside what it calls. */
export interface Step {
  readonly hop: Hop;
  readonly inner: Way | undefined;
}

/** A way whose last step turned out to lead further: `last` stands in its place, and `rest` follows. */
export interface Joined {
  readonly before: Way;
  readonly last: Hop;
  readonly rest: Way | undefined;
}

export function trailOf(way: Way): Trail {
  const hops: Hop[] = [];
  let trail = gather(way, hops);
  for (let i = hops.length - 1; i >= 0; i--) trail = { hop: hops[i]!, inner: trail };
  if (!trail) throw new RangeError('a way without a step');
  return trail;
}

export function lastHop(way: Way): Hop {
  for (let rest = way; ;) {
    if ('before' in rest) {
      if (!rest.rest) return rest.last;
      rest = rest.rest;
    } else {
      if (!rest.inner) return rest.hop;
      rest = rest.inner;
    }
  }
}

export function firstHop(way: Way): Hop {
  let first = way;
  while ('before' in first) first = first.before;
  return first.hop;
}

/** What follows the first step; `undefined`: nothing. */
export function withoutFirst(way: Way): Way | undefined {
  if (!('before' in way)) return way.inner;
  const before = withoutFirst(way.before);
  return before ? { ...way, before } : way.rest;
}

/** The steps up to where the rest is a trail as it stands, and that. */
function gather(way: Way, into: Hop[]): Trail | undefined {
  let rest: Way | undefined = way;
  while (rest && !isTrail(rest)) {
    while (!('before' in rest)) {
      into.push(rest.hop);
      rest = rest.inner!;
    }
    gatherAll(rest.before, into);
    into.pop();
    into.push(rest.last);
    rest = rest.rest;
  }
  return rest;
}

function gatherAll(way: Way, into: Hop[]): void {
  for (let trail = gather(way, into); trail; trail = trail.inner) into.push(trail.hop);
}

/** Nothing in it is joined. */
function isTrail(way: Way): way is Trail {
  let step: Way | undefined = way;
  while (step && !('before' in step)) step = step.inner;
  return !step;
}
