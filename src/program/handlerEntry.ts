// handlerEntry.ts
// The entry of a function that runs later: under which name others wait for it, and what it gets.

import { innerWork } from './handlerRules.ts';
import type { HandlerKind } from './handlerRules.ts';
import type { Linking } from './linking.ts';
import type { Entry, EntryHold, FnId } from './meaning.ts';
import { classNameOf, detached, globalNamed, shownName } from './placeNames.ts';
import type { PlaceId } from './places.ts';

export interface HandlerBinding {
  readonly fn: FnId;
  readonly is: HandlerKind;
  /** The call that binds it, for what has no word of its own. */
  readonly by: string;
  /** The work, timer, line or file, in the terms of the function that binds it. */
  readonly object: PlaceId | undefined;
  /** The parameter of the handler that gets the object or the data; -1: none does. */
  readonly parameter: number;
  /** What it gets; `undefined`: the object. */
  readonly data: PlaceId | undefined;
  /** Other names under which it is waited for. */
  readonly others: readonly PlaceId[];
}

export function handlerEntry(
  { fn, is, by, object, parameter, data, others }: HandlerBinding,
  linking: Linking,
): Entry {
  const { places, structs } = linking;
  const { kind, context, held, under } = is;
  const bound = object === undefined ? undefined : detached(object, places);
  const own = bound === undefined ? undefined : outerWork(bound, linking);
  const names = own !== undefined && isNamed(own, linking) ? [own] : [];
  for (const place of others) names.push(detached(place, places));
  const holds =
    held === undefined
      ? []
      : [...new Set(names)].map((place): EntryHold => ({ kind: held, place, mode: 'exclusive' }));
  const inner = bound === undefined ? undefined : innerOf(bound, linking);
  const passed = data === undefined ? inner : detached(data, places);
  const given = passed === undefined ? undefined : ofOneObject(passed, linking);
  const args = Array.from({ length: parameter + 1 }, (_, index) => (index === parameter ? given : undefined));
  const [first] = holds;
  const word = kind === 'callback' ? by : kind;
  const via = first ? `${word} ${shownName(first.place, places, structs)}` : word;
  if (under) holds.push({ kind: under.kind, place: globalNamed(under.object, linking), mode: 'exclusive' });
  return { fn, kind, context, via, args: given === undefined ? [] : args, holds, phase: 'running' };
}

/** The work around a `work` member of a delayed work: that is what users name. */
function outerWork(id: PlaceId, { places, structs }: Linking): PlaceId {
  const place = places.get(id);
  if (place.kind !== 'member' || place.owner === undefined) return id;
  return innerWork.get(structs.name(place.owner).tag) === place.name ? place.base : id;
}

/** The work inside a delayed work: that is what its handler gets. */
function innerOf(id: PlaceId, linking: Linking): PlaceId {
  const { places, structs } = linking;
  const { struct } = places.get(id);
  const inner = struct === undefined ? undefined : innerWork.get(structs.name(struct).tag);
  if (struct === undefined || inner === undefined) return id;
  const field = linking.field(struct, inner);
  return places.member(id, inner, field?.owner ?? struct, field?.shape.struct);
}

/** What a handler gets is one object for as long as it runs, whichever it is. */
function ofOneObject(id: PlaceId, linking: Linking): PlaceId {
  const { places, structs } = linking;
  const place = places.get(id);
  switch (place.kind) {
    case 'some': {
      if (place.struct === undefined) return id;
      return places.local('handler', `one ${structs.name(place.struct).tag}`, true, place.struct);
    }
    case 'member':
      return places.member(ofOneObject(place.base, linking), place.name, place.owner, place.struct);
    case 'container':
      return places.container(ofOneObject(place.of, linking), place.member, place.struct);
    case 'view':
      return places.view(ofOneObject(place.of, linking), place.struct);
    case 'parameter':
    case 'global':
    case 'local':
    case 'element':
    case 'result':
      return id;
  }
}

/** A local with the number of an interrupt is nothing that others could name. */
function isNamed(id: PlaceId, { places, structs }: Linking): boolean {
  const place = places.get(id);
  return (
    classNameOf(id, places, structs) !== undefined && (place.kind !== 'local' || place.struct !== undefined)
  );
}
