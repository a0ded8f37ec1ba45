// Functions that return with a lock which they let go on their other ways.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lineOf, positionAt } from '../../../src/base/position.ts';
import type { Leak } from '../../../src/effects/results.ts';
import { findingsOf } from '../../../src/waits/findings.ts';
import { driverPath, effectsOf, mutex } from '../../support/threads.ts';

const leak = (fn: string, returns: number, over: Partial<Leak> = {}): Leak => ({
  path: driverPath,
  fn,
  waitable: mutex('acme.lock'),
  taken: {
    hop: { path: driverPath, at: positionAt(10, 1), fn, action: 'acquire', target: 'mutex_lock' },
    inner: undefined,
  },
  returns: positionAt(returns, 2),
  releasedAt: positionAt(30, 1),
  ...over,
});

test('the way that keeps the lock, and the place that lets it go, are both told', () => {
  const [finding] = findingsOf(effectsOf([], [leak('acme_open', 20)]));
  assert.equal(finding?.title, 'acme_open() returns with acme.lock held');
  assert.equal(finding?.rule, 'lock-leak');
  assert.equal(finding?.confidence, 'high');
  assert.deepEqual(
    finding?.edges[0]?.steps.map(({ at, target }) => `${lineOf(at)} ${target}`),
    ['10 mutex_lock', '20 return', '30 acme.lock'],
  );
});

test('one finding for one function and lock', () => {
  assert.equal(findingsOf(effectsOf([], [leak('acme_open', 20), leak('acme_open', 24)])).length, 1);
  assert.equal(findingsOf(effectsOf([], [leak('acme_open', 20), leak('acme_read', 24)])).length, 2);
  const other = leak('acme_open', 20, { waitable: mutex('acme.other') });
  assert.equal(findingsOf(effectsOf([], [leak('acme_open', 20), other])).length, 2);
});
