// turns.test.ts
// Long work lets others run, and hears that it is cancelled.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CancelledError, neverCancelled } from '../../../src/base/cancel.ts';
import { Turns } from '../../../src/base/turns.ts';

test('who waits for the thread has it after a turn, and not after each piece of work', async () => {
  let [breaths, now] = [0, 0];
  const breathe = (): Promise<void> => {
    breaths++;
    return Promise.resolve();
  };
  const turns = new Turns(breathe, () => now);
  for (let i = 0; i < 80; i++) {
    now += 2;
    await turns.rest(neverCancelled);
  }
  assert.equal(breaths, 20);
});

test('a turn ends for timers too, and work that was cancelled meanwhile ends with it', async () => {
  let now = 0;
  const token = { isCancellationRequested: false };
  const turns = new Turns(undefined, () => now);
  await turns.rest(token);
  setTimeout(() => (token.isCancellationRequested = true), 0);
  await turns.rest(token);
  now += 100;
  await assert.rejects(turns.rest(token), CancelledError);
});
