// server.test.ts
// The language server over a stand-in engine: what an editor sends and gets back.

import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import type { ChainsAnswer } from '../../../src/server/protocol.ts';
import { root, ServerHarness } from './serverHarness.ts';
import { StandInEngine } from './standInEngine.ts';

const source = ['static int foo_open(void)', '{', '\tmutex_lock(&foo_lock);', '\treturn 0;', '}', ''].join(
  '\n',
);

let harness: ServerHarness;
afterEach(() => harness.dispose());

async function started(files: Readonly<Record<string, string>>, settings?: unknown): Promise<ServerHarness> {
  harness = new ServerHarness(files);
  await harness.initialize(settings);
  return harness;
}

test('a lens stands above a function and carries what the command needs', async () => {
  await started({ 'drivers/foo.c': source });
  const uri = await harness.open('drivers/foo.c');
  assert.deepEqual(await harness.lenses(uri), [
    {
      range: { start: { line: 0, character: 11 }, end: { line: 0, character: 11 } },
      command: {
        title: 'takes foo_lock',
        command: 'holdwait.showChains',
        arguments: [{ uri, line: 0, functionName: 'foo_open' }],
      },
    },
  ]);
});

test('an edit changes the next answer, and many edits in a row are handed over once', async () => {
  await started({ 'drivers/foo.c': source });
  const uri = await harness.open('drivers/foo.c');
  await harness.lenses(uri);
  const before = harness.engine.textsGiven;
  const at = { line: 2, character: 13 };
  // All at once: on a slow machine, edits that are sent one after the other do not come in a row.
  const edits = Array.from({ length: 10 }, (_, i) =>
    harness.client.sendNotification('textDocument/didChange', {
      textDocument: { uri, version: i + 2 },
      contentChanges: [{ range: { start: at, end: at }, text: 'x' }],
    }),
  );
  await Promise.all(edits);
  const [lens] = await harness.lenses(uri);
  assert.equal(lens?.command?.title, `takes ${'x'.repeat(10)}foo_lock`);
  await delay(30);
  // Two on a machine with nothing else to do; a busy one comes to rest between the edits.
  assert.ok(
    harness.engine.textsGiven - before <= 5,
    `handed over ${harness.engine.textsGiven - before} times`,
  );
});

test('columns count UTF-16 units, also behind letters that take more bytes', async () => {
  const text = ['static int /* 🔒é */ foo_open(void)', '{', '/* ü */ mutex_lock(&foo_lock);', '}', ''].join(
    '\n',
  );
  await started({ 'drivers/foo.c': text });
  const uri = await harness.open('drivers/foo.c');
  const [lens] = await harness.lenses(uri);
  assert.equal(lens?.range.start.character, text.indexOf('foo_open'));
  const answer = await harness.client.sendRequest<ChainsAnswer>('holdwait/chains', { uri, line: 2 });
  assert.equal(answer.kind === 'chains' && answer.chains.rows[0]?.character, 8);
});

test('chains are found by line, by name when the line has moved, and not outside of functions', async () => {
  await started({ 'drivers/foo.c': `\n${source}` });
  const uri = `${root}/drivers/foo.c`;
  const ask = (params: object) =>
    harness.client.sendRequest<ChainsAnswer>('holdwait/chains', { uri, ...params });
  const byLine = await ask({ line: 2 });
  assert.ok(byLine.kind === 'chains');
  assert.equal(byLine.root, root);
  assert.deepEqual(byLine.chains.rows[0], {
    kind: 'operation',
    effect: 'acquire',
    objectKind: 'mutex',
    primitive: 'mutex_lock',
    object: 'foo_lock',
    text: 'mutex_lock(&foo_lock);',
    path: 'drivers/foo.c',
    line: 3,
    character: 1,
  });
  assert.equal((await ask({ line: 0, functionName: 'foo_open' })).kind, 'chains');
  assert.equal((await ask({ line: 0 })).kind, 'no-function');
});

test('files outside of kernel trees get no lens and a plain answer', async () => {
  await started({});
  const uri = await harness.open('file:///elsewhere/main.c', source);
  assert.deepEqual(await harness.lenses(uri), []);
  const answer = await harness.client.sendRequest<ChainsAnswer>('holdwait/chains', { uri, line: 0 });
  assert.equal(answer.kind, 'no-kernel-tree');
});

test('a file alone, without its folder, brings its tree', async () => {
  harness = new ServerHarness({ 'drivers/foo.c': source });
  await harness.initialize(undefined, []);
  assert.equal(harness.openedWith.length, 0);
  assert.equal((await harness.lenses(await harness.open('drivers/foo.c'))).length, 1);
  assert.equal(harness.openedWith.length, 1);
});

test('a failure is answered as an error, logged, shown in the status, and gone with the next good answer', async () => {
  await started({ 'drivers/foo.c': source });
  const uri = await harness.open('drivers/foo.c');
  harness.engine.failure = new Error('the facts are broken');
  await assert.rejects(harness.lenses(uri), /the facts are broken/);
  await harness.status(({ trouble }) => trouble?.includes('the facts are broken') === true);
  assert.ok(harness.logged.some((line) => line.includes('the facts are broken')));
  assert.equal((await harness.lenses(uri)).length, 1);
  await harness.status(({ trouble }) => trouble === undefined);
});

test('a cancelled request is answered as cancelled and is no failure', async () => {
  await started({ 'drivers/foo.c': source });
  const uri = await harness.open('drivers/foo.c');
  let release = (): void => undefined;
  harness.engine.gate = new Promise((resolve) => (release = resolve));
  const { CancellationTokenSource } = await import('vscode-languageserver/node');
  const source1 = new CancellationTokenSource();
  const answer = harness.client.sendRequest(
    'textDocument/codeLens',
    { textDocument: { uri } },
    source1.token,
  );
  await delay(20);
  source1.cancel();
  await delay(20);
  release();
  await assert.rejects(answer, { code: -32800 });
  await delay(250);
  assert.equal(harness.statuses.at(-1)?.trees[0]?.trouble, undefined);
});

test('a tree that cannot be opened says so in the status and in every answer', async () => {
  harness = new ServerHarness({ 'drivers/foo.c': source });
  harness.openFailure = new Error('no room for the index');
  await harness.initialize();
  const uri = await harness.open('drivers/foo.c');
  await assert.rejects(harness.lenses(uri), /no room for the index/);
  const { state } = await harness.status((status) => status.state.kind === 'failed');
  assert.deepEqual(state, { kind: 'failed', message: 'no room for the index' });
});

test('until the tree is open its part answers; lenses are fetched anew only if they differ', async () => {
  for (const differs of [false, true]) {
    harness = new ServerHarness({ 'drivers/foo.c': source });
    harness.part = new StandInEngine({ 'drivers/foo.c': source });
    let openWhole = (): void => undefined;
    harness.wholeGate = new Promise((resolve) => (openWhole = resolve));
    await harness.initialize();
    const uri = await harness.open('drivers/foo.c');
    assert.equal((await harness.lenses(uri))[0]?.command?.title, 'takes foo_lock');
    const partial = await harness.client.sendRequest<ChainsAnswer>('holdwait/chains', { uri, line: 2 });
    assert.equal(partial.kind === 'chains' && partial.isPartial, true);
    if (differs) harness.engine.titlePrefix = 'surely ';
    openWhole();
    for (let isPartial = true; isPartial; await delay(10)) {
      const whole = await harness.client.sendRequest<ChainsAnswer>('holdwait/chains', { uri, line: 2 });
      isPartial = whole.kind === 'chains' && whole.isPartial;
    }
    await delay(50);
    assert.equal(harness.refreshes, differs ? 1 : 0);
    harness.dispose();
  }
});

test('progress becomes the status', async () => {
  await started({});
  await harness.status(({ state }) => state.kind === 'starting');
  harness.events?.progress({ kind: 'reading', files: 3, total: 9 });
  const indexing = await harness.status(({ state }) => state.kind === 'indexing');
  assert.deepEqual(indexing.state, { kind: 'indexing', files: 3, total: 9, paused: false });
  await harness.client.sendRequest('holdwait/setPaused', { paused: true });
  assert.equal(harness.isPaused, true);
  await harness.status(({ state }) => state.kind === 'indexing' && state.paused);
  harness.events?.progress({ kind: 'complete', files: 9, skipped: ['a.c: larger than 8 MB'] });
  await harness.status(({ state }) => state.kind === 'ready' && state.skipped.length === 1);
});

test('closing an editor lets the file count again, changed files reach the tree, the folder is preferred', async () => {
  await started({ 'drivers/foo.c': source });
  const uri = await harness.open('drivers/foo.c', '');
  assert.deepEqual(await harness.lenses(uri), []);
  assert.ok(harness.engine.openTexts.has('drivers/foo.c'));
  await harness.client.sendNotification('textDocument/didClose', { textDocument: { uri } });
  await harness.client.sendNotification('workspace/didChangeWatchedFiles', {
    changes: [
      { uri: `${root}/include/linux/a%2Bb.h`, type: 2 },
      { uri: 'file:///elsewhere/b.c', type: 2 },
    ],
  });
  await delay(30);
  assert.ok(!harness.engine.openTexts.has('drivers/foo.c'));
  assert.deepEqual(harness.changedFiles, ['include/linux/a+b.h']);
  assert.deepEqual(harness.preferred, ['drivers']);
});

test('settings: lenses off, wrong values named, another architecture opens the tree again', async () => {
  await started({ 'drivers/foo.c': source }, { codeLens: { enabled: false }, index: { architecture: 7 } });
  const uri = await harness.open('drivers/foo.c');
  assert.deepEqual(await harness.lenses(uri), []);
  assert.ok(harness.logged.some((line) => line.includes('holdwait.index.architecture must be')));
  await harness.client.sendNotification('workspace/didChangeConfiguration', {
    settings: { holdwait: { 'codeLens.enabled': true, index: { architecture: 'arm64' } } },
  });
  assert.equal((await harness.lenses(uri)).length, 1);
  assert.deepEqual(
    harness.openedWith.map((settings) => settings.architecture),
    ['x86', 'arm64'],
  );
});
