// boundCallbacks.ts
// Functions in tables as entries: with the locks that the core holds when it calls that member.

import type { Callback, CallbackLock } from '../kernel/callback.ts';
import type { Linking } from './linking.ts';
import type { Entry, EntryHold, FnId } from './meaning.ts';
import { phaseOfMacro, phaseOfMember } from './phases.ts';
import { detached, globalNamed } from './placeNames.ts';
import type { PlaceId } from './places.ts';
import type { StructRef } from './structs.ts';
import type { MacroRow, TableRow } from './tableRows.ts';

/** What a lock of a callback may depend on. */
export interface CallbackFacts {
  /** The file that fills in the table uses that name. */
  readonly usesName: (name: string) => boolean;
  /** That member of such a struct points at the table. */
  readonly isTableOf: (struct: string, member: string) => boolean;
  /** The lock at which that member points, where the driver says so. */
  readonly chosenLock: (struct: string, member: string) => PlaceId | undefined;
}

export function callbackEntry(
  fn: FnId,
  row: TableRow,
  known: Callback | undefined,
  linking: Linking,
  knows: CallbackFacts,
): Entry {
  const { struct, member } = row;
  return {
    fn,
    kind: 'callback',
    context: known?.context ?? 'any',
    via: struct === '' ? `.${member}` : `${struct}.${member}`,
    args: [],
    holds: known ? holdsOf(known, fn, row, linking, knows) : [],
    phase: known?.phase ?? phaseOfMember(struct, member),
    ...(known?.interrupts ? { interrupts: known.interrupts } : {}),
  };
}

export function macroEntry(fn: FnId, { macro }: MacroRow): Entry {
  const phase = phaseOfMacro(macro);
  const context = phase === 'running' ? 'any' : 'process';
  return { fn, kind: 'callback', context, via: macro, args: [], holds: [], phase };
}

function holdsOf(
  { holds }: Callback,
  fn: FnId,
  row: TableRow,
  linking: Linking,
  { usesName, isTableOf, chosenLock }: CallbackFacts,
): readonly EntryHold[] {
  return holds.flatMap((lock) => {
    if ('unless' in lock && lock.unless?.some(usesName)) return [];
    if ('tableOf' in lock && lock.tableOf && !isTableOf(lock.tableOf.struct, lock.tableOf.member)) return [];
    const chosen = 'chosen' in lock ? chosenLock(lock.type, lock.member) : undefined;
    if ('chosen' in lock && lock.chosen === 'if set' && chosen === undefined) return [];
    // The core calls it by its own name for it, where it takes it and lets it go.
    const isOwn = chosen === undefined || ('chosen' in lock && lock.chosen === 'or own');
    const own = isOwn ? placeOfLock(lock, fn, row, linking) : undefined;
    const mode = lock.mode === 'read' ? ('read' as const) : ('exclusive' as const);
    return [own, chosen].flatMap((place) => (place === undefined ? [] : [{ kind: lock.kind, place, mode }]));
  });
}

function placeOfLock(
  lock: CallbackLock,
  fn: FnId,
  { holder }: TableRow,
  linking: Linking,
): PlaceId | undefined {
  if ('object' in lock) return globalNamed(lock.object, linking);
  if ('binding' in lock) return holder === undefined ? undefined : detached(holder, linking.places);
  return memberLock(lock, fn, linking);
}

type MemberLock = Extract<CallbackLock, { readonly type: string }>;

function memberLock({ type, member, of }: MemberLock, fn: FnId, linking: Linking): PlaceId | undefined {
  const { places } = linking;
  const body = linking.body(fn);
  const struct = linking.structOf(type, body.scope.path);
  const base = (of && argumentMember(of.argument, of.members, fn, linking)) ?? places.some(struct);
  const holder = places.get(base).struct === undefined ? places.view(base, struct) : base;
  return member
    .split('.')
    .reduce((place, name) => withMember(place, name, places.get(place).struct, linking), holder);
}

function argumentMember(
  argument: number,
  members: readonly string[],
  fn: FnId,
  linking: Linking,
): PlaceId | undefined {
  const { scope } = linking.body(fn);
  const parameter = scope.locals[argument];
  if (!parameter || argument >= (linking.functions[fn]?.parameters ?? 0)) return undefined;
  const shape = linking.shapeOfType(parameter.type, scope.path);
  let place = linking.places.parameter(argument, shape?.struct);
  for (const member of members) place = withMember(place, member, linking.places.get(place).struct, linking);
  return place;
}

function withMember(base: PlaceId, member: string, struct: StructRef | undefined, linking: Linking): PlaceId {
  const found = struct === undefined ? undefined : linking.field(struct, member);
  return linking.places.member(base, member, found?.owner ?? struct, found?.shape.struct);
}
