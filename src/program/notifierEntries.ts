// notifierEntries.ts
// Functions of notifier blocks as entries: the block is what they get, and what unregistering waits for.

import type { Linking } from './linking.ts';
import type { Context, Entry, EntryHold } from './meaning.ts';
import type { Chains } from './notifiers.ts';
import { classNameOf, detached, globalNamed, shownName } from './placeNames.ts';
import type { PlaceId } from './places.ts';
import type { TableRow } from './tableRows.ts';

// Locks that everybody holds who calls one of these chains.
const heldByChain: Readonly<Record<string, string>> = {
  netdev_chain: 'rtnl_mutex',
  'net.netdev_chain': 'rtnl_mutex',
  inetaddr_chain: 'rtnl_mutex',
};

export function notifierEntries(
  linking: Linking,
  chains: Chains,
  rows: readonly TableRow[],
): readonly Entry[] {
  const entries: Entry[] = [];
  const seen = new Set<string>();
  for (const { fn, block, chain, isAtomic } of chains.registrations) {
    seen.add(`${fn}`);
    const { places, structs } = linking;
    const context: Context = isAtomic ? 'any' : 'process';
    const shown = shownName(chain, places, structs);
    const lock = heldByChain[shown];
    const holds: EntryHold[] = [{ kind: 'callbacks', place: block, mode: 'exclusive' }];
    if (lock !== undefined)
      holds.push({ kind: 'mutex', place: globalNamed(lock, linking), mode: 'exclusive' });
    entries.push({
      fn,
      kind: 'notifier',
      context,
      via: `notifier ${shown}`,
      args: [block],
      holds,
      phase: 'running',
    });
  }
  for (const row of rows) {
    if (row.struct !== 'notifier_block') continue;
    const fn = linking.fnOf(row.fn, row.path);
    if (fn === undefined || seen.has(`${fn}`)) continue;
    const block = blockOf(row, linking);
    const args = block === undefined ? [] : [block];
    entries.push({
      fn,
      kind: 'notifier',
      context: 'any',
      via: 'notifier',
      args,
      holds: [],
      phase: 'running',
    });
  }
  return entries;
}

function blockOf({ holder }: TableRow, { places, structs }: Linking): PlaceId | undefined {
  if (holder === undefined || classNameOf(holder, places, structs) === undefined) return undefined;
  return detached(holder, places);
}
