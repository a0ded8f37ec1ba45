// leaks.ts
// Ways out of a function that keep a lock which the function itself lets go elsewhere.

import type { Position } from '../base/position.ts';
import type { ObjectKind } from '../kernel/primitive.ts';
import { namesOf } from '../program/fileNames.ts';
import type { ProgramFunction } from '../program/meaning.ts';
import { anyValue, negative } from './conditions.ts';
import type { Return } from './follow.ts';
import type { ItemId } from './held.ts';
import type { Leak } from './results.ts';
import type { Summaries } from './summaries.ts';
import type { EffectTables } from './tables.ts';
import { lockKinds } from './tables.ts';
import { trailOf } from './way.ts';

export interface LeakCandidate extends Leak {
  /** The results of both ways tell that it is one. Otherwise it may be a function that returns with the lock on purpose. */
  readonly isSure: boolean;
}

/** `letGo`: what the function lets go somewhere, and where. */
export function leaksOf(
  fn: ProgramFunction,
  returns: readonly Return[],
  letGo: ReadonlyMap<ItemId, Position>,
  tables: EffectTables,
): readonly LeakCandidate[] {
  const leaks = new Map<ItemId, LeakCandidate>();
  for (const kept of returns) {
    tables.held.items(kept.state.held).forEach((id, index) => {
      const item = tables.held.item(id);
      const taken = kept.state.trails[index];
      const releasedAt = letGo.get(id);
      if (!taken || releasedAt === undefined || item.origin === 'asserted' || !mustBeReleased(item.kind))
        return;
      const waitable = tables.classes.waitable(item.kind, item.place);
      const others = returns.filter((other) => isWithout(other, id, tables) && sameArguments(kept, other));
      if (!waitable || others.length === 0 || leaks.get(id)?.isSure === true) return;
      // One of many in a loop: which one is let go is not known.
      if (tables.classes.instanceOf(item.place) === '') return;
      const isSure = others.some((other) => isSameResult(kept, other));
      if (!isSure && (kept.result !== anyValue || returnsPointer(fn))) return;
      const { path, name } = fn;
      leaks.set(id, {
        path,
        fn: name,
        waitable,
        taken: trailOf(taken),
        returns: kept.at,
        releasedAt,
        isSure,
      });
    });
  }
  return [...leaks.values()];
}

/** A semaphore may be let go by another thread. */
const mustBeReleased = (kind: ObjectKind): boolean => lockKinds.has(kind) && kind !== 'semaphore';

/** Leaves out functions that return with a lock which another function is there to let go. */
export function sureLeaks(summaries: Summaries, tables: EffectTables): readonly Leak[] {
  const inScope = tables.program.functions.filter((fn) => fn.inScope);
  const paths = new Set(inScope.map((fn) => fn.path));
  const releasedElsewhere = new Set(
    inScope.flatMap((fn) =>
      summaries
        .of(fn.id)
        .exits.flatMap((exit) => tables.held.items(exit.released))
        .flatMap((id) => tables.classes.keyOf(tables.held.item(id).place) ?? []),
    ),
  );
  return summaries.leaks.filter(
    (leak) => paths.has(leak.path) && (leak.isSure || !releasedElsewhere.has(leak.waitable.key)),
  );
}

function isWithout({ state }: Return, id: ItemId, tables: EffectTables): boolean {
  const item = tables.held.item(id);
  return tables.held.matching(state.held, tables.held.markOf(item.kind, item.place)) < 0;
}

// A function that locks returns with the lock where it succeeds and without it where it fails. The other way round,
// or both with the same result, is a mistake.
function isSameResult(kept: Return, released: Return): boolean {
  return (kept.result === negative && released.result !== negative) || kept.result === released.result;
}

// An unknown pointer that is returned is an object that was found, with its lock.
function returnsPointer(fn: ProgramFunction): boolean {
  const { facts } = fn.body.scope;
  const own = namesOf(facts).functions.get(fn.name);
  return own !== undefined && facts.terms.type(own.result).kind === 'pointer';
}

/** Both can happen in calls with the same arguments. */
function sameArguments(a: Return, b: Return): boolean {
  return a.when.every(({ index, mask }) => {
    const other = b.when.find((one) => one.index === index);
    return !other || (other.mask & mask) !== 0;
  });
}
