// eventSet.test.ts
// How many states one function keeps for each of its targets.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Position } from '../../../src/base/position.ts';
import { emptySet } from '../../../src/effects/held.ts';
import type { SetId } from '../../../src/effects/held.ts';
import { EventSet } from '../../../src/effects/summary.ts';
import type { Event, TargetId } from '../../../src/effects/summary.ts';

const hop: Event['trail'] = {
  hop: { path: 'acme.c', at: 0 as Position, fn: 'acme', action: 'acquire', target: 'mutex_lock' },
  inner: undefined,
};

/** Each state holds something else, and is told after longer ways. */
function setWith(targets: number, states: number): EventSet {
  const set = new EventSet();
  for (let target = 0; target < targets; target++)
    for (let state = 0; state < states; state++) {
      const event = { target: target as TargetId, held: state as SetId, length: state + 1 };
      const same = {
        trails: [],
        released: emptySet,
        requires: emptySet,
        when: [],
        needs: [],
        assumptions: [],
      };
      set.add({ ...event, ...same, trail: hop });
    }
  return set;
}

test('of a target two dozen states are kept, and the rest counted', () => {
  const set = setWith(1, 30);
  assert.equal(set.dropped, 6);
  assert.ok(set.isClosedTo(0 as TargetId, 24));
  assert.ok(!set.isClosedTo(0 as TargetId, 23));
  assert.ok(!set.isClosedTo(1 as TargetId, 24));
});

test('where there are thousands of events, of each further target a few', () => {
  // 125 targets with 24 states each are 3,000; of the 10 that follow 4 each are kept.
  const set = setWith(135, 24);
  assert.equal(set.dropped, 10 * 20);
  assert.ok(set.isClosedTo(134 as TargetId, 4));
  assert.ok(!set.isClosedTo(134 as TargetId, 3));
});
