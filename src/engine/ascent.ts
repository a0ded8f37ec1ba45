// ascent.ts
// The way up from a function, level by level: its callers, theirs, and so on, each with what it holds then.

import type { Token } from '../base/cancel.ts';
import type { Turns } from '../base/turns.ts';
import type { Asked, Callers } from './callers.ts';
import { keyOf, stepUp } from './heldOnEntry.ts';
import type { AskCallers, StepUp } from './heldOnEntry.ts';
import type { CallerRow } from './results.ts';

// Of a function that everybody calls, nobody reads all ways up.
const mostRows = 60;

/** One way up from one function. */
export class Ascent {
  readonly #ask: AskCallers;
  readonly #turns: Turns;
  readonly #token: Token;
  readonly #shown = new Set<string>();
  #rows = 0;
  #more = 0;

  constructor(ask: AskCallers, turns: Turns, token: Token) {
    this.#ask = ask;
    this.#turns = turns;
    this.#token = token;
  }

  async read(asked: Asked, depth: number): Promise<Callers> {
    const rows = await this.#level(asked, depth, [keyOf(asked)]);
    return { rows, more: this.#more };
  }

  async #level(asked: Asked, depth: number, stack: readonly string[]): Promise<readonly CallerRow[]> {
    if (depth === 0) return [];
    const { rows, more } = await stepUp(asked, this.#ask, this.#turns, this.#token);
    const room = Math.max(0, mostRows - this.#rows);
    const shown = rows.slice(0, room);
    this.#more += more + rows.length - shown.length;
    this.#rows += shown.length;
    const whole: CallerRow[] = [];
    for (const step of shown) whole.push(await this.#withCallers(step, depth, stack));
    return whole;
  }

  async #withCallers(
    { row, by }: StepUp['rows'][number],
    depth: number,
    stack: readonly string[],
  ): Promise<CallerRow> {
    if (row.kind !== 'caller' || !by) return row;
    const key = keyOf(by);
    if (stack.includes(key)) return { ...row, repeats: 'cycle' };
    if (this.#shown.has(key)) return { ...row, repeats: 'above' };
    if (depth > 1) this.#shown.add(key);
    return { ...row, callers: await this.#level(by, depth - 1, [...stack, key]) };
  }
}
