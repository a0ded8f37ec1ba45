// problem.ts
// What is wrong with a text that came from outside: where, what, and what to do about it.

export interface Problem {
  /** Both count from 1. */
  readonly line: number;
  readonly column: number;
  readonly text: string;
}

/** A value, and what was wrong with the text it was read from. Wrong parts are left out of the value. */
export interface Parsed<T> {
  readonly value: T;
  readonly problems: readonly Problem[];
}

export function problemAt(source: string, index: number, text: string): Problem {
  const before = source.slice(0, index);
  const lineStart = before.lastIndexOf('\n') + 1;
  return { line: before.split('\n').length, column: index - lineStart + 1, text };
}
