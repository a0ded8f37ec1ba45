// cancel.ts
// The one way to cancel: a token handed down as the last argument, an exception that is never logged as a failure.

export interface Token {
  readonly isCancellationRequested: boolean;
}

export class CancelledError extends Error {
  override readonly name = 'CancelledError';

  static is(error: unknown): error is CancelledError {
    return error instanceof CancelledError;
  }
}

/** For work that nobody can cancel. */
export const neverCancelled: Token = { isCancellationRequested: false };

/** Call at loop heads that may run for more than a few milliseconds. */
export function throwIfCancelled(token: Token): void {
  if (token.isCancellationRequested) throw new CancelledError('cancelled');
}
