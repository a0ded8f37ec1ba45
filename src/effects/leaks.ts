// leaks.ts
// Ways out of a function that keep a lock while others, with the same kind of result, let it go.

import type { ProgramFunction } from '../program/meaning.ts';
import { anyValue, negative } from './conditions.ts';
import type { Return } from './follow.ts';
import type { ItemId } from './held.ts';
import type { Leak } from './results.ts';
import type { EffectTables } from './tables.ts';
import { lockKinds } from './tables.ts';

export function leaksOf(
  fn: ProgramFunction,
  returns: readonly Return[],
  tables: EffectTables,
): readonly Leak[] {
  const leaks: Leak[] = [];
  const seen = new Set<ItemId>();
  for (const kept of returns) {
    tables.held.items(kept.state.held).forEach((id, index) => {
      const item = tables.held.item(id);
      const taken = kept.state.trails[index];
      if (seen.has(id) || !taken || item.origin === 'asserted' || !lockKinds.has(item.kind)) return;
      const waitable = tables.classes.waitable(item.kind, item.place);
      const releasing = returns.find((other) => letsGo(other, id, tables) && isSameResult(kept, other));
      if (!releasing || !waitable) return;
      seen.add(id);
      leaks.push({
        path: fn.path,
        fn: fn.name,
        waitable,
        taken,
        returns: kept.at,
        releasedAt: releasing.at,
      });
    });
  }
  return leaks;
}

/** It took the lock on every way, and does not hold it any more. */
function letsGo({ state }: Return, id: ItemId, tables: EffectTables): boolean {
  const item = tables.held.item(id);
  const mark = tables.held.markOf(item.kind, item.place);
  return (
    state.passed.some((one) => one.item === mark) &&
    tables.held.matching(state.held, mark) < 0 &&
    tables.held.matching(state.released, mark) < 0
  );
}

// A function that locks returns with the lock where it succeeds and without it where it fails. The other way round,
// or both with the same result, is a mistake.
function isSameResult(kept: Return, released: Return): boolean {
  if (kept.result === negative && released.result !== negative) return true;
  if (kept.result === anyValue && released.result === anyValue) return sameArguments(kept, released);
  return (kept.result & released.result) !== 0 && sameArguments(kept, released);
}

/** Both can happen in calls with the same arguments. */
function sameArguments(a: Return, b: Return): boolean {
  return a.when.every(({ index, mask }) => {
    const other = b.when.find((one) => one.index === index);
    return !other || (other.mask & mask) !== 0;
  });
}
