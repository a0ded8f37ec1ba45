// semaphores.ts
// Semaphores that count: one that more than one thread may hold is no lock.

import type { OpIndex } from '../facts/flow.ts';
import type { FnId, Program, ProgramFunction } from '../program/meaning.ts';
import type { Classes } from './classes.ts';
import type { Exit } from './summary.ts';
import type { EffectTables } from './tables.ts';

export function countedSemaphores(program: Program, classes: Classes): Set<string> {
  const counted = new Set<string>();
  for (const fn of program.functions) {
    const { flow } = fn.body;
    for (let index = 0; index < flow.count; index++) {
      const meaning = flow.op(index).kind === 'call' ? program.meaningOf(fn.id, index) : undefined;
      if (meaning?.kind !== 'act') continue;
      const { primitive, effect, place } = meaning.act;
      if (primitive.kind !== 'semaphore' || effect !== 'init' || place === undefined) continue;
      const key = classes.keyOf(place);
      if (key !== undefined && !startsAtOne(fn, index)) counted.add(key);
    }
  }
  return counted;
}

/** `sema_init(&x->sem, 1)`. */
function startsAtOne({ body }: ProgramFunction, index: OpIndex): boolean {
  const op = body.flow.op(index);
  const { terms } = body.scope.facts;
  const call = op.kind === 'call' ? terms.expr(op.call) : undefined;
  const count = call?.kind === 'call' && call.args[1] !== undefined ? terms.expr(call.args[1]) : undefined;
  return count?.kind === 'number' && Number(count.text) === 1;
}

/** What a thread leaves with is given back by another one: nobody's lock. */
export function leftBehind(tables: EffectTables, exitsOf: (fn: FnId) => readonly Exit[]): readonly string[] {
  return tables.program.entries
    .flatMap((entry) => exitsOf(entry.fn))
    .flatMap((exit) => tables.held.items(exit.held))
    .map((id) => tables.held.item(id))
    .filter((item) => item.kind === 'semaphore')
    .flatMap((item) => tables.classes.keyOf(item.place) ?? []);
}
