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
  gather(way, hops);
  let trail: Trail | undefined;
  for (let i = hops.length - 1; i >= 0; i--) trail = { hop: hops[i]!, inner: trail };
  if (!trail) throw new RangeError('a way without a step');
  return trail;
}

export function lastHop(way: Way): Hop {
  const hops: Hop[] = [];
  gather(way, hops);
  const last = hops.at(-1);
  if (!last) throw new RangeError('a way without a step');
  return last;
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

function gather(way: Way, into: Hop[]): void {
  let rest: Way | undefined = way;
  while (rest) {
    if ('before' in rest) {
      gather(rest.before, into);
      into.pop();
      into.push(rest.last);
      rest = rest.rest;
    } else {
      into.push(rest.hop);
      rest = rest.inner;
    }
  }
}
