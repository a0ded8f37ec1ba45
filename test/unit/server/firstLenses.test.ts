// firstLenses.test.ts
// An editor asks for lenses once, and again when it is told to: none may be missing for good because it asked too early.

import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { ServerHarness, root } from './serverHarness.ts';
import { StandInEngine } from './standInEngine.ts';

const files = { 'drivers/foo.c': 'void foo(void)\n{\n\tmutex_lock(&foo_lock);\n}\n' };
let harness: ServerHarness;

afterEach(() => harness.dispose());

test('who asks about a file before opening it is told to ask again', async () => {
  harness = new ServerHarness(files);
  await harness.initialize();
  const uri = `${root}/drivers/foo.c`;
  assert.deepEqual(await harness.lenses(uri), []);
  assert.equal(harness.refreshes, 0);
  await harness.open('drivers/foo.c');
  await refreshed(1);
  assert.equal((await harness.lenses(uri)).length, 1);
});

test('who was not answered while the tree was being opened is told to ask again when it is open', async () => {
  harness = new ServerHarness(files);
  harness.part = new StandInEngine(files);
  harness.part.failure = new Error('the folder cannot be read');
  let openWhole = (): void => undefined;
  harness.wholeGate = new Promise((resolve) => (openWhole = resolve));
  await harness.initialize();
  const uri = await harness.open('drivers/foo.c');
  await assert.rejects(harness.lenses(uri), /the folder cannot be read/);
  assert.equal(harness.refreshes, 0);
  openWhole();
  await refreshed(1);
  assert.equal((await harness.lenses(uri)).length, 1);
});

test('a tree that is open and fails makes nobody ask again and again', async () => {
  harness = new ServerHarness(files);
  await harness.initialize();
  const uri = await harness.open('drivers/foo.c');
  assert.equal((await harness.lenses(uri)).length, 1);
  harness.engine.failure = new Error('the facts are broken');
  await assert.rejects(harness.lenses(uri), /the facts are broken/);
  await delay(100);
  assert.equal(harness.refreshes, 0);
});

async function refreshed(times: number): Promise<void> {
  for (let i = 0; i < 100 && harness.refreshes < times; i++) await delay(10);
  assert.equal(harness.refreshes, times);
}
