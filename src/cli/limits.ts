// limits.ts
// What somebody allows a command: how long it may take, and whether it may say how far it is.

import { CancelledError } from '../base/cancel.ts';
import { UserError } from '../base/errors.ts';
import type { Arguments } from './arguments.ts';
import type { Command, ExitStatus, Progress, Surroundings } from './command.ts';

/** Runs the command within its `--timeout`, and without progress where it is to be `--quiet`. */
export async function runWithinLimits(
  command: Command,
  args: Arguments,
  surroundings: Surroundings,
  now: () => number = () => performance.now(),
): Promise<ExitStatus> {
  const seconds = secondsIn(args);
  const shown = args.has('--quiet') ? silent : surroundings.progress;
  if (seconds === undefined) return command.run(args, { ...surroundings, progress: shown });
  // A clock and not a timer: work that never pauses would not let a timer ring.
  const end = now() + seconds * 1000;
  const { token } = surroundings;
  const limited = {
    get isCancellationRequested(): boolean {
      return token.isCancellationRequested || now() >= end;
    },
  };
  const progress = lastOf(shown);
  try {
    return await command.run(args, { ...surroundings, progress, token: limited });
  } catch (error) {
    if (!CancelledError.is(error) || token.isCancellationRequested) throw error;
    throw new UserError('time-is-up', timeIsUp(seconds, progress.last()));
  }
}

const silent: Progress = { show: () => {}, clear: () => {} };

function secondsIn(args: Arguments): number | undefined {
  const text = args.value('--timeout');
  if (text === undefined) return undefined;
  const seconds = /^\d{1,7}(?:\.\d{1,3})?$/.test(text) ? Number(text) : 0;
  if (seconds > 0) return seconds;
  throw new UserError('bad-option', `--timeout takes a number of seconds above 0, not "${text}"`);
}

/** Remembers what was shown last. */
function lastOf(progress: Progress): Progress & { readonly last: () => string | undefined } {
  let last: string | undefined;
  return {
    show: (text) => {
      last = text;
      progress.show(text);
    },
    clear: () => progress.clear(),
    last: () => last,
  };
}

/** How far it came is what it had to say last. */
function timeIsUp(seconds: number, last: string | undefined): string {
  const at = last === undefined ? 'nothing was read yet' : `it was at: ${last}`;
  return `not finished within ${seconds} s (--timeout), so there is no answer; ${at}`;
}
