// menu.test.ts
// What the menu of an editor does to the server: cancel whatever runs, read the tree anew, and list what is read.

import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { LSPErrorCodes } from 'vscode-languageserver/node';
import type { CancelAnswer, IndexedTreeFiles, TreeStatus } from '../../src/server/protocol.ts';
import { oneOrder, otherOrderPatch } from './acmeDriver.ts';
import { makeSmallTree } from './smallTree.ts';
import type { SmallTree } from './smallTree.ts';
import { StdioClient } from './stdioClient.ts';

const drivers = Object.fromEntries(
  Array.from({ length: 600 }, (_, i) => [
    `drivers/acme${i}/acme${i}.c`,
    `static DEFINE_MUTEX(acme_lock);\nvoid acme_open${i}(void)\n{\n\tmutex_lock(&acme_lock);\n}\n`,
  ]),
);

let tree: SmallTree;
let client: StdioClient;

beforeEach(() => {
  tree = makeSmallTree({ 'drivers/acme/acme.c': oneOrder });
});
afterEach(async () => {
  await client.dispose();
  tree.dispose();
});

const start = async (): Promise<StdioClient> => (client = await StdioClient.start({ folder: tree.root }));
const cancel = (): Promise<CancelAnswer> => client.connection.sendRequest('holdwait/cancel');
const rescan = (): Promise<null> => client.connection.sendRequest('holdwait/rescan');
const isReady = ({ state }: TreeStatus): boolean => state.kind === 'ready';

async function indexedFiles(): Promise<Extract<IndexedTreeFiles, { readonly kind: 'open' }>> {
  const trees = await client.connection.sendRequest<readonly IndexedTreeFiles[]>('holdwait/indexedFiles');
  const [only, ...more] = trees;
  assert.ok(only?.kind === 'open' && more.length === 0, JSON.stringify(trees));
  return only;
}

test('what is read in full is listed, and what could not be read with its reason', async () => {
  tree.write('drivers/acme/firmware.c', '\0'.repeat(100_000));
  await start();
  await client.status(isReady);
  const { files, read, skipped } = await indexedFiles();
  assert.ok(read.includes('drivers/acme/acme.c'), read.join(' '));
  assert.deepEqual(
    skipped.map(({ path }) => path),
    ['drivers/acme/firmware.c'],
  );
  assert.notEqual(skipped[0]?.reason, '');
  assert.equal(files, read.length + skipped.length);
});

test('reading that is cancelled ends, says so, and goes on after a rescan', async () => {
  for (const [path, text] of Object.entries(drivers)) tree.write(path, text);
  await start();
  await client.connection.sendRequest('holdwait/setPaused', { paused: true });
  await client.status(({ state }) => state.kind === 'indexing' && state.paused);
  assert.deepEqual((await cancel()).cancelled, ['reading']);
  const { state } = await client.status(isReady);
  assert.match(state.kind === 'ready' ? (state.note ?? '') : '', /cancelled.* Rescan Tree/);
  assert.deepEqual((await cancel()).cancelled, [], 'nothing is left to be cancelled');
  const { files, read } = await indexedFiles();
  assert.ok(read.length < files, `${read.length} of ${files}`);

  // A change on disk is followed, and is no reason to read everything after all.
  tree.write('drivers/acme0/acme0.c', 'void acme_late(void) { }\n');
  await client.connection.sendNotification('workspace/didChangeWatchedFiles', {
    changes: [{ uri: client.uriOf('drivers/acme0/acme0.c'), type: 2 }],
  });
  await delay(300);
  assert.ok((await indexedFiles()).read.length < files);

  await client.connection.sendRequest('holdwait/setPaused', { paused: false });
  await rescan();
  await client.status(({ state: now }) => now.kind === 'ready' && now.note === undefined);
  assert.equal((await indexedFiles()).read.length, files);
});

test('whoever has cancelled the opening of a tree still has lenses, and is told what is missing', async () => {
  await start();
  const uri = await client.open('drivers/acme/acme.c', oneOrder);
  await client.status(({ state }) => state.kind === 'starting');
  assert.ok((await cancel()).cancelled.includes('reading'));
  await client.status(({ state }) => state.kind === 'failed' && state.message.includes('cancelled'));
  assert.ok((await client.titles(uri)).some((title) => title.includes('acme_list_lock')));
  await assert.rejects(client.review(otherOrderPatch), /cancelled.* Rescan Tree/);
  await rescan();
  await client.status(isReady);
  assert.equal((await client.review(otherOrderPatch)).kind, 'review');
});

test('a rescan finds what changed unseen, and a tree where there was none', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'hwr-'));
  try {
    client = await StdioClient.start({ folder });
    await client.connection.sendRequest('holdwait/memory');
    assert.deepEqual(client.statuses.at(-1)?.trees ?? [], []);
    mkdirSync(join(folder, 'drivers'));
    writeFileSync(join(folder, 'MAINTAINERS'), '');
    writeFileSync(join(folder, 'Kconfig'), '');
    writeFileSync(join(folder, 'Makefile'), 'VERSION = 6\nPATCHLEVEL = 1\nSUBLEVEL = 0\nEXTRAVERSION =\n');
    await rescan();
    await client.status(isReady);
    assert.deepEqual((await indexedFiles()).read, []);
    writeFileSync(join(folder, 'drivers/late.c'), 'void late(void) { }\n');
    await rescan();
    await client.status(({ state }) => state.kind === 'ready' && state.files === 1);
    assert.deepEqual((await indexedFiles()).read, ['drivers/late.c']);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('a review that is cancelled by the menu ends as cancelled, and the next one is answered', async () => {
  await start();
  await client.status(isReady);
  const review = client.review(otherOrderPatch);
  const ended = assert.rejects(review, { code: LSPErrorCodes.RequestCancelled });
  assert.deepEqual((await cancel()).cancelled, ['review']);
  await ended;
  assert.equal((await client.review(otherOrderPatch)).kind, 'review');
});

test('a search for findings that is cancelled begins again when somebody asks', async () => {
  await start();
  await client.status(isReady);
  const uri = await client.open('drivers/acme/acme.c', oneOrder);
  const asked = client.findings(uri);
  const ended = assert.rejects(asked, { code: LSPErrorCodes.RequestCancelled });
  await delay(50);
  assert.deepEqual((await cancel()).cancelled, ['findings']);
  await ended;
  assert.deepEqual((await cancel()).cancelled, [], 'it does not begin again by itself');
  assert.equal((await client.findings(uri)).kind, 'findings');
});
