// rewriteIndex.ts
// Finds what the pre-pass changed within a stretch of the file.

import type { Rewrite, RewriteKind } from '../syntax/prepared.ts';

export class RewriteIndex {
  readonly #rewrites: readonly Rewrite[];

  constructor(rewrites: readonly Rewrite[]) {
    this.#rewrites = rewrites;
  }

  /** The change that starts exactly here. */
  startingAt(offset: number, kind: RewriteKind): Rewrite | undefined {
    for (let i = this.#firstFrom(offset); i < this.#rewrites.length; i++) {
      const rewrite = this.#rewrites[i]!;
      if (rewrite.start !== offset) return undefined;
      if (rewrite.kind === kind) return rewrite;
    }
    return undefined;
  }

  /** Changes of one kind that start inside, in order. */
  within(start: number, end: number, kind: RewriteKind): Rewrite[] {
    const found: Rewrite[] = [];
    for (let i = this.#firstFrom(start); i < this.#rewrites.length; i++) {
      const rewrite = this.#rewrites[i]!;
      if (rewrite.start >= end) break;
      if (rewrite.kind === kind) found.push(rewrite);
    }
    return found;
  }

  any(start: number, end: number, kind: RewriteKind): boolean {
    for (let i = this.#firstFrom(start); i < this.#rewrites.length; i++) {
      const rewrite = this.#rewrites[i]!;
      if (rewrite.start >= end) return false;
      if (rewrite.kind === kind) return true;
    }
    return false;
  }

  #firstFrom(offset: number): number {
    let low = 0;
    let high = this.#rewrites.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#rewrites[middle]!.start < offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
