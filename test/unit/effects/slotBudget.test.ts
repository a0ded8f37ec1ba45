// slotBudget.test.ts
// How what may be spent on tables is divided among threads.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SlotBudget } from '../../../src/effects/slotBudget.ts';

/** For each thread, how many of the events it asks for it gets. */
function got(most: number, wishes: readonly number[]): readonly number[] {
  const budget = new SlotBudget(wishes.length, most);
  return wishes.map((wish) => {
    budget.beginThread();
    let events = 0;
    for (; events < wish && !budget.isSpent; events++) budget.spend(1);
    return events;
  });
}

test('a thread may need more than its share while others need less', () => {
  const wishes = Array.from({ length: 100 }, (_, i) => (i === 50 ? 60 : 1));
  assert.deepEqual(got(1000, wishes), wishes);
});

test('threads that want everything leave something to the last one', () => {
  const events = got(
    10_000,
    Array.from({ length: 100 }, () => 1_000_000),
  );
  assert.equal(events[0], 800);
  assert.ok(
    events.every((count) => count > 0),
    events.join(),
  );
  assert.ok(events.reduce((sum, count) => sum + count) <= 10_100);
});

test('what is spent at once ends the thread, and not the next one', () => {
  const budget = new SlotBudget(100, 1000);
  budget.beginThread();
  budget.spend(90);
  assert.equal(budget.isSpent, true);
  budget.beginThread();
  assert.equal(budget.isSpent, false);
});
