// heldFlags.ts
// `foo(x, &dropped); if (!dropped) unlock(x)`: a function that comes back with the lock on some ways and without it on
// others says by a flag which it was. The flag is as the lock is.

import type { Op, OpIndex } from '../facts/flow.ts';
import type { ExprId, Terms } from '../facts/terms.ts';
import type { ProgramFunction } from '../program/meaning.ts';
import type { ItemId, SetId } from './held.ts';
import type { State } from './state.ts';
import type { EffectTables } from './tables.ts';
import { lockKinds } from './tables.ts';

/** Of one function. */
export class HeldFlags {
  readonly #fn: ProgramFunction;
  readonly #tables: EffectTables;
  /** Locals that such a function was given, and what was held when it came back. */
  readonly #flags = new Map<number, Set<SetId>>();

  constructor(fn: ProgramFunction, tables: EffectTables) {
    this.#fn = fn;
    this.#tables = tables;
  }

  /** What a call led to. */
  note(call: ExprId | undefined, outcomes: readonly { readonly state: State }[]): void {
    const first = outcomes[0]?.state.held;
    if (call === undefined || outcomes.every(({ state }) => state.held === first)) return;
    const expr = this.#terms.expr(call);
    for (const arg of expr.kind === 'call' ? expr.args : []) {
      const given = this.#terms.expr(arg);
      const local =
        given.kind === 'unary' && given.operator === '&' ? this.#localOf(given.operand) : undefined;
      if (local === undefined) continue;
      const sets = this.#flags.get(local) ?? new Set<SetId>();
      this.#flags.set(local, sets);
      for (const { state } of outcomes) sets.add(state.held);
    }
  }

  /** Where the flag leads in this state; `undefined`: it is none, or no lock is let go for it. */
  armOf(
    { whenTrue, whenFalse }: Extract<Op, { kind: 'branch' }>,
    subject: ExprId,
    state: State,
  ): OpIndex | undefined {
    const local = this.#localOf(subject);
    const sets = local === undefined ? undefined : this.#flags.get(local);
    if (!sets) return undefined;
    const first = this.#letGoAt(whenTrue, sets);
    const lock = first ?? this.#letGoAt(whenFalse, sets);
    if (lock === undefined) return undefined;
    return this.#has(state.held, lock) === (first !== undefined) ? whenTrue : whenFalse;
  }

  /** The lock with which the function came back at times. */
  #letGoAt(arm: OpIndex, sets: ReadonlySet<SetId>): ItemId | undefined {
    const meaning = this.#tables.program.meaningOf(this.#fn.id, arm);
    if (meaning?.kind !== 'act' || meaning.act.effect !== 'release') return undefined;
    const { primitive, place } = meaning.act;
    const object = place === undefined ? undefined : this.#tables.classes.canonical(place);
    if (object === undefined || !lockKinds.has(primitive.kind)) return undefined;
    const lock = this.#tables.held.markOf(primitive.kind, object);
    return [...sets].some((held) => this.#has(held, lock)) ? lock : undefined;
  }

  #has(held: SetId, lock: ItemId): boolean {
    return this.#tables.held.matching(held, lock) >= 0;
  }

  #localOf(id: ExprId): number | undefined {
    const expr = this.#terms.expr(id);
    return expr.kind === 'local' ? expr.index : undefined;
  }

  get #terms(): Terms {
    return this.#fn.body.scope.facts.terms;
  }
}
