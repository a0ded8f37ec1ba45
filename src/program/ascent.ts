// ascent.ts
// What a place in a function stands for, seen from those who call it: a parameter is followed to the arguments of all
// callers, until it is something that has a name of its own.

import type { CallGraph } from './callGraph.ts';
import type { FnId } from './meaning.ts';
import type { PlaceId, PlaceTable } from './places.ts';

/** Places that belong together, such as a notifier chain and what is put on it, in the terms of one function. */
export type Tuple = readonly (PlaceId | undefined)[];

export interface Arrival {
  readonly fn: FnId;
  readonly places: Tuple;
}

// Functions above one place. Where more lie above, the place is something that everybody calls.
const mostVisits = 4000;

/**
 * All that the tuple can be. `isKnown` says of a tuple whether it needs no further ascent; what comes to a function
 * that nobody calls is given as it is there.
 */
export function ascend(
  start: Arrival,
  graph: CallGraph,
  places: PlaceTable,
  isKnown: (tuple: Tuple) => boolean,
): readonly Arrival[] {
  const found: Arrival[] = [];
  const seen = new Set<string>();
  const open: Arrival[] = [start];
  for (let next = open.pop(); next; next = open.pop()) {
    const { fn, places: tuple } = next;
    const key = `${fn}:${tuple.join()}`;
    if (seen.has(key)) continue;
    seen.add(key);
    const callers = isKnown(tuple) || seen.size > mostVisits ? [] : graph.callersOf(fn);
    if (callers.length === 0) found.push(next);
    for (const { caller, args, isMacroUse } of callers) {
      const given = args.map((arg) => arg.place);
      const above = isMacroUse ? tuple : tuple.map((place) => seenFrom(place, given, places));
      open.push({ fn: caller, places: above });
    }
  }
  return found;
}

/** A callee's place in the terms of its caller. */
export function seenFrom(
  place: PlaceId | undefined,
  args: readonly (PlaceId | undefined)[],
  places: PlaceTable,
): PlaceId | undefined {
  return place === undefined ? undefined : places.substitute(place, args);
}

/** It hangs from a parameter, so the caller knows more. */
export function needsCaller(place: PlaceId, places: PlaceTable): boolean {
  return places.root(place).kind === 'parameter';
}
