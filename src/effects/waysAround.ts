// waysAround.ts
// Whether a function comes to one of its steps without having made another one that is written further up: in another
// case of a switch, or under a condition.

import type { OpIndex } from '../facts/flow.ts';
import type { ProgramFunction } from '../program/meaning.ts';
import { reachable } from '../program/reachable.ts';
import type { Hop } from './results.ts';
import type { StepFunctions } from './stepFunctions.ts';

export class WaysAround {
  readonly #functions: StepFunctions;
  readonly #reached = new Map<string, ReadonlySet<OpIndex>>();

  constructor(functions: StepFunctions) {
    this.#functions = functions;
  }

  /** `false` where it is not known. */
  isWayAround(earlier: Hop, later: Hop): boolean {
    const fn = this.#functions.of(later);
    if (!fn) return false;
    const [first, then] = [stepsAt(fn, earlier), stepsAt(fn, later)];
    if (first.length === 0 || then.length === 0) return false;
    // What is made for each element of a list has been made for all of them behind the loop.
    const isLoop = first.some((index) => this.#behind(fn, first).has(index));
    if (isLoop && !first.some((index) => this.#behind(fn, then).has(index))) return false;
    const without = this.#remembered(`${keyOf(fn, first)} without`, () =>
      reachable(fn.body.flow, 0, new Set(first)),
    );
    return then.some((index) => without.has(index));
  }

  #behind(fn: ProgramFunction, steps: readonly OpIndex[]): ReadonlySet<OpIndex> {
    return this.#remembered(keyOf(fn, steps), () =>
      steps.flatMap((index) => reachable(fn.body.flow, index + 1)),
    );
  }

  #remembered(key: string, find: () => readonly OpIndex[]): ReadonlySet<OpIndex> {
    let found = this.#reached.get(key);
    if (!found) this.#reached.set(key, (found = new Set(find())));
    return found;
  }
}

const keyOf = ({ path, name }: ProgramFunction, steps: readonly OpIndex[]): string =>
  `${path}:${name}:${steps.join()}`;

function stepsAt({ body: { flow } }: ProgramFunction, { at }: Hop): readonly OpIndex[] {
  const found: OpIndex[] = [];
  for (let index = 0; index < flow.count; index++) if (flow.op(index).at === at) found.push(index);
  return found;
}
