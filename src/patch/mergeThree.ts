// mergeThree.ts
// Merges two changes of one text, as git merge-file does: what only one side changes is taken, what both change alike is
// taken once, and changes that meet are a conflict.

import type { ByteString } from './change.ts';
import { differencesOf } from './differences.ts';
import type { Difference } from './differences.ts';
import { linesOfText } from './lineDiff.ts';

export type Merged =
  | { readonly kind: 'merged'; readonly text: ByteString }
  /** The line of `ours`, from 1, at which the changes meet first, with what either side has there. */
  | {
      readonly kind: 'conflict';
      readonly line: number;
      readonly ours: readonly ByteString[];
      readonly theirs: readonly ByteString[];
    };

export function mergeThree(base: ByteString, ours: ByteString, theirs: ByteString): Merged {
  const baseLines = linesOfText(base);
  const one = new Side(baseLines, linesOfText(ours));
  const other = new Side(baseLines, linesOfText(theirs));
  const pieces: string[] = [];
  let at = 0;
  for (let region = nextRegion(one, other); region; region = nextRegion(one, other)) {
    pieces.push(...baseLines.slice(at, region.start));
    const mine = one.linesAt(region);
    const yours = other.linesAt(region);
    if (region.of === 'both' && !areEqual(mine, yours))
      return { kind: 'conflict', line: one.lineAt(region.start), ours: mine, theirs: yours };
    pieces.push(...(region.of === 'theirs' ? yours : mine));
    one.passOver(region);
    other.passOver(region);
    at = region.end;
  }
  pieces.push(...baseLines.slice(at));
  return { kind: 'merged', text: pieces.join('') };
}

/** Lines of the base, half-open, that one side or both change. */
interface Region {
  readonly start: number;
  readonly end: number;
  readonly of: 'ours' | 'theirs' | 'both';
}

class Side {
  readonly #lines: readonly string[];
  readonly #differences: readonly Difference[];
  #next = 0;
  /** Lines that this side has more than the base, up to the next difference. */
  #shift = 0;

  constructor(base: readonly string[], lines: readonly string[]) {
    this.#lines = lines;
    this.#differences = differencesOf(base, lines);
  }

  difference(after: number): Difference | undefined {
    return this.#differences[this.#next + after];
  }

  /** From 1. */
  lineAt(start: number): number {
    return start + this.#shift + 1;
  }

  linesAt({ start, end }: Region): readonly string[] {
    return this.#lines.slice(start + this.#shift, end + this.#shift + this.#growth(end).shift);
  }

  passOver({ end }: Region): void {
    const { count, shift } = this.#growth(end);
    this.#next += count;
    this.#shift += shift;
  }

  /** Of the differences that begin no later than `end`. */
  #growth(end: number): { readonly count: number; readonly shift: number } {
    let count = 0;
    let shift = 0;
    for (let next = this.difference(0); next && next.oldEnd <= end; next = this.difference(++count))
      shift += next.newEnd - next.newStart - (next.oldEnd - next.oldStart);
    return { count, shift };
  }
}

/** The next differences that touch each other, taken together. */
function nextRegion(one: Side, other: Side): Region | undefined {
  const [first] = [one.difference(0), other.difference(0)]
    .filter((difference) => difference !== undefined)
    .sort((a, b) => a.oldStart - b.oldStart);
  if (!first) return undefined;
  const start = first.oldStart;
  let end = first.oldEnd;
  const taken = { one: 0, other: 0 };
  const takes = (side: Side, name: 'one' | 'other'): boolean => {
    const next = side.difference(taken[name]);
    if (!next || next.oldStart > end) return false;
    end = Math.max(end, next.oldEnd);
    taken[name]++;
    return true;
  };
  while (takes(one, 'one') || takes(other, 'other'));
  const of = taken.other === 0 ? 'ours' : taken.one === 0 ? 'theirs' : 'both';
  return { start, end, of };
}

const areEqual = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((line, i) => line === b[i]);
