// reviewedFixture.ts
// Reviews of test/golden/review: a mailbox, and the few files of the tree that it was made for. What the other tests
// of the engine know is not repeated there; these are for what is printed.

import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { neverCancelled } from '../../src/base/cancel.ts';
import { reviewSeries } from '../../src/engine/review.ts';
import type { ReviewReport } from '../../src/engine/reviewReport.ts';
import { readPatches } from '../../src/patch/readPatches.ts';
import type { Suppression } from '../../src/review/reviewed.ts';
import { bytesOf } from './factsReader.ts';
import { memoryIndex } from './memoryIndex.ts';

export const reviewsFolder = join('test', 'golden', 'review');

export interface ReviewedFixture {
  /** Folders below `reviewsFolder`: with `before/`, the files of drivers/net/acme, and with `series.mbox`. */
  readonly before: string;
  readonly series: string;
  /** Of every finding. */
  readonly suppression?: Suppression;
}

export const reviewSituations: Readonly<Record<string, ReviewedFixture>> = {
  cycle: { before: 'cycle', series: 'cycle' },
  rules: { before: 'rules', series: 'rules' },
  transient: { before: 'transient', series: 'transient' },
  fixed: { before: 'fixed', series: 'fixed' },
  nothing: { before: 'nothing', series: 'nothing' },
  conflict: { before: 'conflict', series: 'cycle' },
  suppressed: {
    before: 'cycle',
    series: 'cycle',
    suppression: { status: 'known', reason: 'The card cannot be reset then.', from: 'team' },
  },
  threads: { before: 'threads', series: 'threads' },
  handler: { before: 'handler', series: 'handler' },
};

export async function reviewFixture({ before, series, suppression }: ReviewedFixture): Promise<ReviewReport> {
  const folder = join(reviewsFolder, before, 'before');
  const files: Record<string, string> = Object.fromEntries(
    readdirSync(folder).map((name) => [`drivers/net/acme/${name}`, readFileSync(join(folder, name), 'utf8')]),
  );
  files['include/linux/kernel.h'] = readFileSync(join('test', 'fixtures', 'check', 'kernel.h'), 'utf8');
  const request = {
    series: readPatches(new Uint8Array(readFileSync(join(reviewsFolder, series, 'series.mbox')))),
    scope: [],
    kernel: '6.12.117',
    base: { kind: 'tree', commit: undefined } as const,
    read: (path: string) => Promise.resolve(files[path] === undefined ? undefined : bytesOf(files[path])),
    suppressions: { of: () => suppression, stale: () => [] },
  };
  return reviewSeries(await memoryIndex(files), request, neverCancelled);
}
