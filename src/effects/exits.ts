// exits.ts
// The ways out of a function as its callers see them.

import type { ObjectKind } from '../kernel/primitive.ts';
import { anyValue, negative, zero } from './conditions.ts';
import { emptySet } from './held.ts';
import type { SetId } from './held.ts';
import type { Return } from './follow.ts';
import type { Way } from './way.ts';
import type { Passed } from './state.ts';
import { nothing, whenKey } from './summary.ts';
import type { Exit } from './summary.ts';
import type { EffectTables } from './tables.ts';
import { lockKinds } from './tables.ts';

// A function that returns in more different lock states than this is not understood; see `exitsOf`.
const mostExits = 4;

/** What leaves a function held: locks and tokens. References are counted where they are given to something. */
const leaves = (kind: ObjectKind): boolean => lockKinds.has(kind) || kind === 'cpu' || kind === 'token';

export function exitsOf(returns: readonly Return[], tables: EffectTables): readonly Exit[] {
  const exits = new Map<string, Exit>();
  for (const { state, result, when } of returns) {
    const { set, trails } = leaving(state.held, state.trails, tables);
    const exit = { result, held: set, trails, released: state.released, when, passed: state.passed };
    addExit(exits, exit);
  }
  const all = told([...exits.values()]);
  // All the same for the caller: then the condition on its arguments is of no use.
  const first = all[0];
  if (!first) return nothing.exits;
  if (all.every((exit) => exit.held === first.held && exit.released === first.released))
    return [all.slice(1).reduce((a, b) => both({ ...a, when: [] }, b), { ...first, when: [] })];
  // With too many, what is common to all is kept.
  return all.length <= mostExits ? all : all.filter((exit) => exit.held === emptySet).slice(0, mostExits);
}

/** Where one state returns an error for sure, or NULL, the unknown result of another is taken for something else. */
function told(exits: readonly Exit[]): readonly Exit[] {
  const sure = exits.find((exit) => exit.result === negative || exit.result === zero)?.result;
  if (sure === undefined) return exits;
  return exits.map((exit) =>
    exit.result === anyValue && exit.when.length === 0 ? { ...exit, result: anyValue & ~sure } : exit,
  );
}

function addExit(exits: Map<string, Exit>, exit: Exit): void {
  const key = `${exit.held},${exit.released},${whenKey(exit.when)}`;
  const known = exits.get(key);
  exits.set(key, known ? both(known, exit) : exit);
}

function both(a: Exit, b: Exit): Exit {
  const passed: readonly Passed[] = a.passed.filter((one) =>
    b.passed.some((other) => other.item === one.item),
  );
  return { ...a, result: a.result | b.result, passed };
}

function leaving(
  held: SetId,
  trails: readonly Way[],
  tables: EffectTables,
): { readonly set: SetId; readonly trails: readonly Way[] } {
  const items = tables.held.items(held);
  const kept = items.flatMap((id, index) => {
    const item = tables.held.item(id);
    return leaves(item.kind) && item.origin !== 'asserted' ? [index] : [];
  });
  return {
    set: tables.held.setOf(kept.map((index) => items[index]!)),
    trails: kept.map((index) => trails[index]!),
  };
}
