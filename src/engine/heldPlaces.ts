// heldPlaces.ts
// From a place in the text of a function to what is held there: at a statement before it runs, behind its semicolon
// afterwards, and in between as the flow says.

import { lineOf, positionAt } from '../base/position.ts';
import type { Position } from '../base/position.ts';
import type { Flow, OpIndex } from '../facts/flow.ts';
import type { BodyText } from './bodyText.ts';
import type { HeldInside, HeldWay } from './heldInside.ts';

interface Mark {
  readonly at: Position;
  readonly op: OpIndex;
}

export class HeldPlaces {
  readonly #flow: Flow;
  readonly #held: HeldInside;
  readonly #text: BodyText;
  /** In order of the text. */
  readonly #marks: readonly Mark[];

  constructor(flow: Flow, held: HeldInside, text: BodyText) {
    this.#flow = flow;
    this.#held = held;
    this.#text = text;
    const marks: Mark[] = [];
    // The last operation is the end of the body, which others may stand behind.
    for (let op = 0; op < flow.count; op++) {
      const { at } = flow.op(op);
      if (at > 0) marks.push({ at, op });
    }
    this.#marks = marks.sort((a, b) => a.at - b.at || a.op - b.op);
  }

  /** None: the place is never reached. */
  waysAt(place: Position): readonly HeldWay[] {
    const line = lineOf(place);
    const onLine = this.#marksOn(line);
    const nearest = onLine.findLast(({ at }) => at <= place) ?? onLine[0];
    // At a `return`, guards are left first.
    const mark = onLine.find(({ at }) => at === nearest?.at);
    if (!mark) return this.#between(place);
    const isBehind = nearest === onLine.at(-1) && this.#text.hasSemicolon(mark.at, place);
    const after = isBehind ? this.#held.waysAfter(this.#lastOfStatement(mark.op)) : [];
    return after.length > 0 ? after : this.#held.ways(this.#firstOfStatement(mark.op));
  }

  /** All that is held at some moment on the line; one list for each operation and way. */
  waysOn(line: number): readonly (readonly HeldWay[])[] {
    const first = this.#text.firstOf(line);
    if (first === undefined) return [];
    const onLine = this.#marksOn(line);
    if (onLine.length === 0) return [this.#between(first)];
    return onLine.flatMap(({ op }) => [this.#held.ways(op), this.#held.waysAfter(op)]);
  }

  #marksOn(line: number): readonly Mark[] {
    return this.#marks.slice(this.#firstFrom(positionAt(line, 0)), this.#firstFrom(positionAt(line + 1, 0)));
  }

  /** Where no operation stands: a blank line, a brace, a label, a comment. */
  #between(place: Position): readonly HeldWay[] {
    const next = this.#firstFrom(place);
    const [before, after] = [this.#marks[next - 1], this.#marks[next]];
    if (!after) return [];
    // The end of a block goes on from what stands before it, the rest from what comes next.
    const isEnd = before !== undefined && this.#text.closesBlock(place, after.at);
    if (isEnd && !this.#text.closesBlock(before.at, place)) {
      const ways = this.#held.waysAfter(this.#lastOfStatement(before.op));
      if (ways.length > 0) return ways;
    }
    return this.#held.ways(this.#firstOfStatement(after.op));
  }

  /** `x = foo(bar())` is three operations, of which the first to run stands last. */
  #firstOfStatement(op: OpIndex): OpIndex {
    const line = lineOf(this.#flow.op(op).at);
    let first = op;
    while (first > 0 && this.#isPart(first - 1, line)) first--;
    return first;
  }

  #lastOfStatement(op: OpIndex): OpIndex {
    const line = lineOf(this.#flow.op(op).at);
    let last = op;
    while (last + 1 < this.#flow.count && this.#isPart(last + 1, line)) last++;
    return last;
  }

  #isPart(op: OpIndex, line: number): boolean {
    const { kind, at } = this.#flow.op(op);
    return (kind === 'call' || kind === 'assign' || kind === 'guard') && lineOf(at) === line;
  }

  #firstFrom(place: Position): number {
    let low = 0;
    let high = this.#marks.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#marks[middle]!.at < place) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
