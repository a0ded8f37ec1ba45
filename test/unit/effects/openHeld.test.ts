// openHeld.test.ts
// What is passed up about locks behind parameters: all of it once, and what has grown since.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { OpenHeld, PassedUp } from '../../../src/effects/openHeld.ts';
import type { PlaceId } from '../../../src/program/places.ts';

const [a, b] = [1 as PlaceId, 2 as PlaceId];

const placesIn = (news: ReturnType<PassedUp['next']>): readonly [PlaceId, ...number[]][] =>
  news.map(([place, wanted]) => [place, ...wanted]);

test('only what has grown is passed up again, for each way of calling', () => {
  const held = new OpenHeld();
  const passed = new PassedUp();
  held.add(a, new Set([1]));
  held.add(b, new Set());
  assert.deepEqual(placesIn(passed.next(held, 0)), [[a, 1], [b]]);
  assert.deepEqual(placesIn(passed.next(held, 0)), []);
  held.add(a, new Set([1]));
  assert.deepEqual(placesIn(passed.next(held, 0)), [], 'nothing new');
  held.add(b, new Set([3]));
  assert.deepEqual(placesIn(passed.next(held, 0)), [[b, 3]]);
  assert.deepEqual(
    placesIn(passed.next(held, 7)),
    [
      [a, 1],
      [b, 3],
    ],
    'called with other arguments',
  );
});

test('what grows while it is passed up comes the next time', () => {
  const held = new OpenHeld();
  const passed = new PassedUp();
  held.add(a, new Set([1]));
  for (const [, wanted] of passed.next(held, 0)) held.add(b, wanted);
  assert.deepEqual(placesIn(passed.next(held, 0)), [[b, 1]]);
  assert.deepEqual(placesIn(passed.next(held, 0)), []);
});
