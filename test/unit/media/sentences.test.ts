// sentences.test.ts
// What a screen reader is told about a cycle.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shownSentence } from '../../../media/cycle/sentences.ts';
import type { CycleView } from '../../../src/report/cycleView.ts';

const view = { title: 'a.lock, b.lock', confidence: 'high', threads: [{}, {}] } as unknown as CycleView;
const seen: CycleView = { ...view, seen: 'seen by lockdep on 6.1.0' };

test('a finding is told with its confidence', () => {
  assert.equal(shownSentence(view, 0), 'Cycle of waits, high confidence: a.lock, b.lock. 2 threads.');
});

test('a splat is told with what the tree says about it', () => {
  const told = 'Cycle of waits, seen by lockdep on 6.1.0: a.lock, b.lock. 2 threads.';
  assert.equal(shownSentence(seen, 0), `${told} No finding of this tree says the same.`);
  assert.equal(shownSentence(seen, 1), `${told} 1 finding of this tree says the same.`);
  assert.equal(shownSentence(seen, 2), `${told} 2 findings of this tree say the same.`);
});
