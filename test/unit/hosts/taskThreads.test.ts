// taskThreads.test.ts
// Threads that take tasks: one after the other, several at once, and what becomes of those that fail, grow or die.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { CancelledError, neverCancelled } from '../../../src/base/cancel.ts';
import { ThreadEndedError } from '../../../src/base/threads.ts';
import { TaskThreads } from '../../../src/hosts/node/taskThreads.ts';
import { bundledProgram } from '../index/folders.ts';
import type { TestTask } from '../index/programs/taskProgram.ts';

async function threadsOf(
  t: TestContext,
  size: number,
  largest = 500,
): Promise<TaskThreads<TestTask, string>> {
  const threads = new TaskThreads<TestTask, string>({
    script: await bundledProgram(t, 'test/unit/index/programs/taskProgram.ts'),
    setup: () => Promise.resolve('thread'),
    size,
    mostMegabytes: 1000,
    largestMegabytes: largest,
  });
  t.after(() => threads.close());
  return threads;
}

const answer: TestTask = { does: 'answer' };

test('one thread takes one task after the other', async (t) => {
  const threads = await threadsOf(t, 1);
  const answers = await Promise.all([1, 2, 3].map(() => threads.run(answer, neverCancelled)));
  assert.deepEqual(answers, ['thread 1', 'thread 2', 'thread 3']);
});

test('two threads take tasks at once', async (t) => {
  const threads = await threadsOf(t, 2);
  const answers = await Promise.all([1, 2].map(() => threads.run(answer, neverCancelled)));
  assert.deepEqual(answers, ['thread 1', 'thread 1']);
});

test('a task that fails says why, and the thread goes on', async (t) => {
  const threads = await threadsOf(t, 1);
  await assert.rejects(threads.run({ does: 'fail' }, neverCancelled), { message: 'no such thing' });
  assert.equal(await threads.run(answer, neverCancelled), 'thread 2');
});

test('a thread that dies takes its task with it, and the next one gets a new thread', async (t) => {
  const threads = await threadsOf(t, 1);
  const [dead, next] = await Promise.allSettled([
    threads.run({ does: 'die' }, neverCancelled),
    threads.run(answer, neverCancelled),
  ]);
  assert.ok(dead.status === 'rejected' && ThreadEndedError.is(dead.reason));
  assert.deepEqual(next, { status: 'fulfilled', value: 'thread 1' });
});

test('a thread that has grown large is let go', async (t) => {
  const threads = await threadsOf(t, 1, 20);
  assert.equal(await threads.run({ does: 'keep' }, neverCancelled), 'thread 1');
  assert.equal(await threads.run(answer, neverCancelled), 'thread 1');
});

test('a task that nobody wants any more ends', async (t) => {
  const threads = await threadsOf(t, 1);
  const token = { isCancellationRequested: false };
  setTimeout(() => (token.isCancellationRequested = true), 200);
  await assert.rejects(threads.run({ does: 'wait' }, token), (error) => CancelledError.is(error));
});
