// failures.ts
// How a failed request is answered: a cancelled one as cancelled, a user's mistake with its sentence, a bug with a
// pointer to the log, where its stack is.

import { ErrorCodes, LSPErrorCodes, ResponseError } from 'vscode-languageserver';
import { CancelledError } from '../base/cancel.ts';
import type { Token } from '../base/cancel.ts';
import { UserError } from '../base/errors.ts';

/** For the log: what was tried, and why it failed; a bug with its stack. */
export function describeError(what: string, error: unknown): string {
  if (UserError.is(error)) return `${what}: ${error.message}`;
  return `${what}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
}

export const cancelledAnswer = (): ResponseError =>
  new ResponseError(LSPErrorCodes.RequestCancelled, 'cancelled');

export const isCancelled = (error: unknown, token: Token): boolean =>
  CancelledError.is(error) || token.isCancellationRequested;

export function failedAnswer(error: unknown): ResponseError {
  const message = UserError.is(error)
    ? error.message
    : `internal error, see the log of Holdwait: ${shortText(error)}`;
  return new ResponseError(ErrorCodes.InternalError, message);
}

const shortText = (error: unknown): string => (error instanceof Error ? error.message : String(error));
