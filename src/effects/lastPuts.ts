// lastPuts.ts
// Steps that are made for the last user alone: `if (refcount_dec_and_test(&x->users)) complete(&x->free);`.

import type { ProgramFunction } from '../program/meaning.ts';
import { armsAround } from './arms.ts';
import type { Hop, Trail } from './results.ts';
import type { StepFunctions } from './stepFunctions.ts';

const lastOne = /(?:dec|sub)_and_(?:test|lock|mutex_lock)/;

export class LastPuts {
  readonly #functions: StepFunctions;
  readonly #known = new Map<Hop, boolean>();

  constructor(functions: StepFunctions) {
    this.#functions = functions;
  }

  /** One of the steps is. */
  isOn(trail: Trail): boolean {
    for (let step: Trail | undefined = trail; step; step = step.inner)
      if (this.#isLast(step.hop)) return true;
    return false;
  }

  #isLast(hop: Hop): boolean {
    let isLast = this.#known.get(hop);
    if (isLast === undefined) {
      const fn = this.#functions.of(hop);
      this.#known.set(hop, (isLast = fn !== undefined && isForLast(fn, hop)));
    }
    return isLast;
  }
}

function isForLast({ body: { flow, scope } }: ProgramFunction, { at }: Hop): boolean {
  const { terms } = scope.facts;
  for (let index = 0; index < flow.count; index++) {
    const op = flow.op(index);
    if (op.kind !== 'call' || op.at !== at) continue;
    return armsAround(flow, index).some(({ condition, isTrue }) => {
      const test = terms.expr(condition);
      const callee = test.kind === 'call' ? terms.expr(test.callee) : undefined;
      return isTrue && callee?.kind === 'name' && lastOne.test(callee.name);
    });
  }
  return false;
}
