// entries.ts
// Where threads of control begin in scope: handlers, notifiers, members of tables, and functions that nobody in scope
// calls. Asked again and again while the program is put together, since asking brings in the functions.

import * as builtIn from '../kernel/callbacks.ts';
import { attachmentsOf, isOfFiles } from './attachments.ts';
import type { Attachments } from './attachments.ts';
import { callbackEntry, macroEntry } from './boundCallbacks.ts';
import type { CallGraph } from './callGraph.ts';
import { handlerMember } from './handlerRules.ts';
import { handlersOf } from './handlers.ts';
import type { Linking } from './linking.ts';
import type { Entry, EntryHold, FnId, ProgramFunction } from './meaning.ts';
import { LockPointers } from './lockPointers.ts';
import { moduleEntries } from './moduleEntries.ts';
import { notifierEntries } from './notifierEntries.ts';
import type { PlaceId } from './places.ts';
import { calledByScopeAlone } from './ownTables.ts';
import type { CallbackTable } from './ownTables.ts';
import { TablePointers } from './tablePointers.ts';
import { byPlace, plainRoots } from './roots.ts';
import type { TableRow } from './tableRows.ts';
import type { SlotTable } from './tables.ts';
import { namesUsedIn } from './usedNames.ts';

/** In order of path, place, and how they are entered. */
export function entriesOf(
  linking: Linking,
  graph: CallGraph,
  tables: SlotTable,
  callbackOf: CallbackTable = builtIn.callbackOf,
  locks = new LockPointers(linking),
): readonly Entry[] {
  const attachments = attachmentsOf(linking, graph, tables);
  const isCovered = calledByScopeAlone(linking, graph, tables.rows, callbackOf);
  const found: Entry[] = [
    ...handlersOf(linking, graph, tables.rows, attachments),
    ...notifierEntries(linking, tables.chains, tables.rows),
    ...callbacksOf(linking, tables, attachments, locks, callbackOf, isCovered),
  ];
  const bound = new Set(found.map(({ fn }) => fn));
  for (const row of tables.rows) {
    const fn = isCovered(row) ? linking.fnOf(row.fn, row.path) : undefined;
    if (fn !== undefined) bound.add(fn);
  }
  for (const fn of plainRoots(linking, graph, tables.handed, bound)) found.push(plain(fn));
  found.push(...moduleEntries(linking, graph));
  const functionOf = ({ fn }: Entry): ProgramFunction | undefined => linking.functions[fn];
  const distinct = new Map<string, Entry>();
  for (const entry of found.sort((a, b) => (a.via < b.via ? -1 : a.via > b.via ? 1 : 0))) {
    const key = keyOf(entry);
    if (functionOf(entry)?.inScope === true && !distinct.has(key)) distinct.set(key, entry);
  }
  return [...distinct.values()].sort((a, b) => {
    const one = functionOf(a);
    const other = functionOf(b);
    return one && other ? byPlace(one, other) : 0;
  });
}

/** Two members of a table that are called in the same way are one way in. */
function keyOf({ fn, kind, context, args, holds, phase }: Entry): string {
  const held = holds.map((hold) => `${hold.kind}/${hold.place}/${hold.mode}`).sort();
  return [fn, kind, context, args.join('/'), held.join('+'), phase].join('|');
}

function callbacksOf(
  linking: Linking,
  tables: SlotTable,
  attachments: Attachments,
  locks: LockPointers,
  callbackOf: CallbackTable,
  isCovered: (row: TableRow) => boolean,
): readonly Entry[] {
  const entries: Entry[] = [];
  const pointers = new TablePointers(tables.objects, linking);
  for (const row of tables.rows) {
    if (isCovered(row) || handlerMember(row.struct, row.member) || row.struct === 'notifier_block') continue;
    const fn = linking.fnOf(row.fn, row.path);
    if (fn === undefined) continue;
    const facts = linking.files.get(row.path);
    const usesName = (name: string): boolean => facts !== undefined && namesUsedIn(facts).has(name);
    const isTableOf = (struct: string, member: string): boolean =>
      pointers.lead({ struct, member }, row.holder);
    const chosenLock = (struct: string, member: string): PlaceId | undefined =>
      locks.chosen(struct, member, row.path);
    const isFile = row.holder !== undefined && isOfFiles(row.struct);
    const within = isFile ? attachments.of(row.holder).within : [];
    const callback = callbackOf(row.struct, row.member);
    entries.push(
      fileEntry(callbackEntry(fn, row, callback, linking, { usesName, isTableOf, chosenLock }), within),
    );
  }
  const inTables = new Set(tables.rows.map(({ path, at, fn }) => `${path}:${at}:${fn}`));
  for (const row of tables.macroRows) {
    // The macro made a table of it, or binds it in a way that is known.
    if (linking.primitiveOf(row.macro) || inTables.has(`${row.path}:${row.at}:${row.fn}`)) continue;
    const fn = linking.fnOf(row.fn, row.path);
    if (fn === undefined) continue;
    const within = row.tables.flatMap((table) => attachments.of(table).within);
    entries.push(fileEntry(macroEntry(fn, row), within));
  }
  for (const { fn, table } of attachments.shown)
    entries.push(fileEntry(plain(fn), attachments.of(table).within));
  return entries;
}

/** An operation of a file that can be taken away while it runs. */
function fileEntry(entry: Entry, within: readonly PlaceId[]): Entry {
  if (within.length === 0) return entry;
  const held = within.map((place): EntryHold => ({ kind: 'callbacks', place, mode: 'exclusive' }));
  // What one operation on a sequence leaves locked another lets go: who calls them knows that.
  const kind = entry.via.startsWith('seq_operations.') ? entry.kind : 'attribute';
  return { ...entry, kind, context: 'process', holds: [...entry.holds, ...held] };
}

function plain(fn: FnId): Entry {
  return { fn, kind: 'function', context: 'any', via: '', args: [], holds: [], phase: 'running' };
}
