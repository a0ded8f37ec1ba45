// ownTables.ts
// Tables that only the scope itself calls through: their functions are reached on the scope's own ways, with the
// locks held there. As entries they would seem to run without the locks that their callers always hold. Where more
// drivers than a few stand in one table, a path of the scope does not go on to all of them, so they are entries then.

import type { Callback } from '../kernel/callback.ts';
import type { CallGraph } from './callGraph.ts';
import type { Linking } from './linking.ts';
import { keyOf } from './tableFiles.ts';
import type { TableRow } from './tableRows.ts';

/**
 * A table that functions of more drivers than this stand in is a bus or a class: which of them is meant depends on where
 * the path began.
 */
export const mostNeighbours = 4;

/** What is known of a member of a struct of the core. */
export type CallbackTable = (struct: string, member: string) => Callback | undefined;

export function calledByScopeAlone(
  linking: Linking,
  graph: CallGraph,
  rows: readonly TableRow[],
  callbackOf: CallbackTable,
): (row: TableRow) => boolean {
  const called = new Set<string>();
  for (const { fn, slot } of graph.slots)
    if (linking.functions[fn]?.inScope === true) called.add(keyOf(slot));
  const filesOf = new Map<string, Set<string>>();
  for (const row of rows) filesOf.set(keyOf(row), (filesOf.get(keyOf(row)) ?? new Set()).add(row.path));
  const known = new Map<string, boolean>();
  return (row) => {
    const key = keyOf(row);
    let is = known.get(key);
    if (is === undefined) {
      const isOfFew = (filesOf.get(key)?.size ?? 0) <= mostNeighbours;
      is = isOfFew && called.has(key) && !callbackOf(row.struct, row.member) && isOwn(row, linking);
      known.set(key, is);
    }
    return is;
  };
}

function isOwn({ struct, member, path }: TableRow, linking: Linking): boolean {
  const ref = linking.structOf(struct, path);
  if (ref !== undefined && linking.inScope(linking.structs.name(ref).path)) return true;
  return linking.index.callersOf(member).every((caller) => linking.inScope(caller));
}
