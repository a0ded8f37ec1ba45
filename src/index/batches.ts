// batches.ts
// Cuts long lists of files into jobs, and keeps a few jobs running at once.

import { throwIfCancelled, type Token } from '../base/cancel.ts';

export interface Sized {
  readonly path: string;
  readonly version: { readonly size: number };
}

/** Runs of neighbouring files, each below both bounds (or a single file). */
export function* batchesOf<T extends Sized>(
  files: readonly T[],
  mostFiles: number,
  mostBytes: number,
): Generator<T[]> {
  let batch: T[] = [];
  let bytes = 0;
  for (const file of files) {
    const isFull = batch.length >= mostFiles || bytes + file.version.size > mostBytes;
    if (isFull && batch.length > 0) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push(file);
    bytes += file.version.size;
  }
  if (batch.length > 0) yield batch;
}

/** At most `limit` at once; the first failure, or a cancel, ends it after what runs has come to its end. */
export async function forEachLimited<T>(
  items: Iterable<T>,
  limit: number,
  work: (item: T) => Promise<void>,
  token: Token,
): Promise<void> {
  const running = new Set<Promise<void>>();
  const failures: unknown[] = [];
  for (const item of items) {
    if (token.isCancellationRequested || failures.length > 0) break;
    const run: Promise<void> = work(item)
      .catch((error: unknown) => void failures.push(error))
      .finally(() => running.delete(run));
    running.add(run);
    if (running.size >= limit) await Promise.race(running);
  }
  await Promise.all(running);
  if (failures.length > 0) throw failures[0];
  throwIfCancelled(token);
}
