// parseLimit.ts
// How long one text may keep the parser busy. Kernel files stay below one second; text made to hurt does not end.

export const parseLimitMs = 5000;

/** A text was given up on: it is not C, or it is made to hurt. The parser can go on with the next text. */
export class ParseLimitError extends Error {
  override readonly name = 'ParseLimitError';

  constructor(length: number) {
    super(`${length} bytes were not parsed within ${parseLimitMs / 1000} s`);
  }

  static is(error: unknown): error is ParseLimitError {
    return error instanceof ParseLimitError;
  }
}

/** For tree-sitter's progress callback: says whether the time of a parse that begins now is over. */
export function parseClock(): () => boolean {
  const end = performance.now() + parseLimitMs;
  return () => performance.now() > end;
}
