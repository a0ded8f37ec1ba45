// cancellation.ts
// Requests that wait for what is done anyhow: who cancels one gets his answer at once, and the work goes on.

import type { Token } from '../base/cancel.ts';
import { CancelledError, throwIfCancelled } from '../base/cancel.ts';
import type { Disposable } from '../base/disposable.ts';

/** A token that tells of its cancellation, as those of requests do. */
interface Cancellation extends Token {
  onCancellationRequested(listener: () => void): Disposable;
}

export async function orCancelled<T>(start: () => Promise<T>, token: Cancellation): Promise<T> {
  // One that was cancelled before it was dispatched tells of it no more.
  throwIfCancelled(token);
  let heard: Disposable | undefined;
  const cancelled = new Promise<never>((_, reject) => {
    heard = token.onCancellationRequested(() => reject(new CancelledError('cancelled')));
  });
  try {
    return await Promise.race([start(), cancelled]);
  } finally {
    heard?.dispose();
  }
}
