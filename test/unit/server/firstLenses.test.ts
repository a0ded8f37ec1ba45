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
  const part = (harness.part = new StandInEngine(files));
  let openWhole = (): void => undefined;
  harness.wholeGate = new Promise((resolve) => (openWhole = resolve));
  await harness.initialize();
  const uri = await harness.open('drivers/foo.c');
  // They are worked out before anybody asks.
  for (let i = 0; i < 100 && part.questions.length === 0; i++) await delay(10);
  part.failure = new Error('the folder cannot be read');
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

test('lenses of a file that is opened are worked out before anything else is answered', async () => {
  harness = new ServerHarness(files);
  const part = (harness.part = new StandInEngine(files));
  harness.wholeGate = new Promise(() => undefined);
  await harness.initialize();
  const uri = await harness.open('drivers/foo.c');
  await harness.client.sendRequest('holdwait/chains', { uri, line: 2 });
  assert.deepEqual(part.questions, ['lenses', 'report']);
});

test('a part that cannot tell lenses keeps no other question waiting', async () => {
  harness = new ServerHarness(files);
  harness.part = new StandInEngine(files);
  harness.part.failure = new Error('the folder cannot be read');
  harness.wholeGate = new Promise(() => undefined);
  await harness.initialize();
  const uri = await harness.open('drivers/foo.c');
  const { kind } = await harness.client.sendRequest<{ kind: string }>('holdwait/chains', { uri, line: 2 });
  assert.equal(kind, 'chains');
});

test('an editor of ours has its lenses before the whole tree is begun', async () => {
  harness = new ServerHarness(files);
  harness.part = new StandInEngine(files);
  await harness.initialize(undefined, undefined, true);
  const uri = await harness.open('drivers/foo.c');
  await harness.client.sendRequest('holdwait/chains', { uri, line: 2 });
  await delay(1200);
  assert.equal(harness.openedWith.length, 0);
  assert.equal((await harness.lenses(uri)).length, 1);
  await opened();
});

test('who asks about the whole tree waits for nobody', async () => {
  harness = new ServerHarness(files);
  harness.part = new StandInEngine(files);
  await harness.initialize(undefined, undefined, true);
  const began = Date.now();
  await harness.client.sendRequest('holdwait/clearCache');
  await opened();
  assert.ok(Date.now() - began < 500);
});

async function opened(): Promise<void> {
  for (let i = 0; i < 200 && harness.openedWith.length === 0; i++) await delay(10);
  assert.equal(harness.openedWith.length, 1);
}

async function refreshed(times: number): Promise<void> {
  for (let i = 0; i < 100 && harness.refreshes < times; i++) await delay(10);
  assert.equal(harness.refreshes, times);
}
