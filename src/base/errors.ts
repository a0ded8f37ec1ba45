// errors.ts
// Everything that can go wrong for a user, worded in one place: what, where, and what to do next.
// Any other exception is a bug: it keeps its stack, goes to the log, and shows as an internal error once.

export type UserErrorCode =
  | 'unknown-command'
  | 'bad-option'
  | 'missing-argument'
  | 'not-a-folder'
  | 'not-a-kernel-tree'
  | 'file-not-readable'
  | 'file-skipped'
  | 'file-not-writable'
  | 'scope-without-files'
  | 'function-not-found'
  | 'parser-not-available'
  | 'cache-not-writable'
  | 'no-patch'
  | 'no-splat'
  | 'bad-revision'
  | 'git-failed'
  | 'finding-not-found'
  | 'suppressions-unreadable'
  | 'time-is-up'
  | 'reading-cancelled';

export class UserError extends Error {
  override readonly name = 'UserError';
  readonly code: UserErrorCode;

  constructor(code: UserErrorCode, message: string) {
    super(message);
    this.code = code;
  }

  static is(error: unknown): error is UserError {
    return error instanceof UserError;
  }
}
