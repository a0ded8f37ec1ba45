// summaries.ts
// The summaries of all functions of a program, callees before callers. Functions that call each other in a circle are
// gone through until nothing new comes out.

import { throwIfCancelled } from '../base/cancel.ts';
import type { Token } from '../base/cancel.ts';
import type { FnId, Meaning, ProgramFunction } from '../program/meaning.ts';
import { Acts } from './acts.ts';
import { Calls } from './calls.ts';
import { circlesFirst } from './circles.ts';
import { follow } from './follow.ts';
import type { Following } from './follow.ts';
import type { GivenUp, Leak } from './results.ts';
import { nothing } from './summary.ts';
import type { Summary } from './summary.ts';
import type { EffectTables } from './tables.ts';

// A circle of calls settles after two rounds unless it passes ever new arguments around.
const mostRounds = 4;

export class Summaries {
  readonly calls: Calls;
  readonly givenUp: GivenUp[] = [];
  readonly leaks: Leak[] = [];
  readonly #tables: EffectTables;
  readonly #summaries: (Summary | undefined)[] = [];
  readonly #following: Following;

  constructor(tables: EffectTables) {
    this.#tables = tables;
    this.calls = new Calls(tables, (fn) => this.of(fn));
    this.#following = {
      tables,
      acts: new Acts(tables),
      calls: this.calls,
      summaryOf: (fn) => this.of(fn),
    };
  }

  of(fn: FnId): Summary {
    return this.#summaries[fn] ?? nothing;
  }

  compute(token: Token): void {
    const { functions } = this.#tables.program;
    const outgoing = functions.map((fn) => callsOf(fn, this.#tables));
    for (const circle of circlesFirst(outgoing.map((calls) => calls.targets))) {
      throwIfCancelled(token);
      const members = circle.flatMap((id) => functions[id] ?? []);
      if (
        members.every(
          (fn) => !outgoing[fn.id]!.acts && outgoing[fn.id]!.targets.every((id) => this.#isNothing(id)),
        )
      )
        continue;
      this.#settle(members, circle.length > 1 || outgoing[circle[0]!]!.targets.includes(circle[0]!), token);
    }
  }

  #isNothing(id: FnId): boolean {
    return (this.#summaries[id] ?? nothing) === nothing;
  }

  #settle(members: readonly ProgramFunction[], isCircle: boolean, token: Token): void {
    for (let round = 1; ; round++) {
      let isNews = false;
      const followed = members.map((fn) => {
        const before = this.of(fn.id);
        const result = follow(fn, this.#following, token);
        this.#summaries[fn.id] = result.summary;
        isNews ||= !isAsLarge(before, result.summary);
        return result;
      });
      if (isCircle && isNews && round < mostRounds) continue;
      for (const { leaks, givenUp } of followed) {
        this.leaks.push(...leaks);
        this.givenUp.push(...givenUp);
      }
      return;
    }
  }
}

const isAsLarge = (a: Summary, b: Summary): boolean =>
  a.events.length === b.events.length && a.exits.length === b.exits.length;

interface OutgoingCalls {
  readonly targets: readonly FnId[];
  /** Does something by itself. */
  readonly acts: boolean;
}

function callsOf(fn: ProgramFunction, { program }: EffectTables): OutgoingCalls {
  const targets = new Set<FnId>();
  let acts = false;
  const { flow } = fn.body;
  for (let index = 0; index < flow.count; index++) {
    const { kind } = flow.op(index);
    if (kind !== 'call' && kind !== 'guard' && kind !== 'leave') continue;
    const meaning = program.meaningOf(fn.id, index);
    if (!meaning) continue;
    acts ||= isActing(meaning);
    if (meaning.kind !== 'call') continue;
    targets.add(meaning.target);
    for (const arg of meaning.args) if (arg.fn !== undefined) targets.add(arg.fn);
  }
  return { targets: [...targets], acts };
}

function isActing(meaning: Meaning): boolean {
  switch (meaning.kind) {
    case 'act':
      return meaning.act.effect !== 'init';
    case 'slot':
    case 'parameter':
      return true;
    case 'call':
    case 'unresolved':
      return false;
  }
}
