// patchedLines.ts
// A file with the hunks that were put into it so far. Lines are counted in the text as it has become, as git apply counts
// them; what a hunk has put there, its context included, is no place for another hunk.

import type { HunkLine } from './change.ts';
import type { FileLines } from './fileLines.ts';

/** Lines of the file that one hunk has replaced. */
export interface PatchedSpan {
  readonly hunk: number;
  /** From 0, in the file as it was. */
  readonly oldAt: number;
  readonly oldCount: number;
  readonly newCount: number;
  /** From 0, in the text as it has become. */
  newAt: number;
}

export class PatchedLines {
  readonly file: FileLines;
  /** By their place. */
  readonly spans: PatchedSpan[] = [];
  #growth = 0;

  constructor(file: FileLines) {
    this.file = file;
  }

  get count(): number {
    return this.file.count + this.#growth;
  }

  /** Where in the file as it was these lines lie, if they lie at line `at` of the text as it has become. */
  find(at: number, lines: readonly HunkLine[]): number | undefined {
    const next = this.#firstBehind(at);
    const span = this.spans[next - 1];
    if (span && at < span.newAt + span.newCount) return undefined;
    const oldAt = span ? span.oldAt + span.oldCount + at - span.newAt - span.newCount : at;
    const end = this.spans[next]?.oldAt ?? this.file.count;
    return oldAt + lines.length <= end && this.file.areAt(oldAt, lines) ? oldAt : undefined;
  }

  /** Hunks come in the order of their lines, mostly; those that do not cost as much as there are hunks behind them. */
  put(span: Omit<PatchedSpan, 'newAt'>, newAt: number): number {
    const index = this.#firstBehind(newAt);
    const growth = span.newCount - span.oldCount;
    for (let i = index; i < this.spans.length; i++) this.spans[i]!.newAt += growth;
    this.spans.splice(index, 0, { ...span, newAt });
    this.#growth += growth;
    return this.spans.length - index;
  }

  /** The index of the first span that begins behind line `at`. */
  #firstBehind(at: number): number {
    let low = 0;
    let high = this.spans.length;
    if (high === 0 || this.spans[high - 1]!.newAt <= at) return high;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.spans[middle]!.newAt <= at) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
