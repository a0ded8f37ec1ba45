// faults.test.ts
// The server as it ships when its surroundings fail: files that are no C, a file that is far too large, a tree that is
// deleted, and a cache that is damaged. It goes on, and says what is missing.

import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import type { TreeStatus } from '../../src/server/protocol.ts';
import { otherOrderPatch } from './acmeDriver.ts';
import { fooDriver, makeSmallTree } from './smallTree.ts';
import type { SmallTree } from './smallTree.ts';
import { StdioClient } from './stdioClient.ts';

const foo = 'drivers/foo/foo.c';

let tree: SmallTree;
let cache: string;
let client: StdioClient;

beforeEach(() => {
  tree = makeSmallTree();
  cache = mkdtempSync(join(tmpdir(), 'hwf-'));
});
afterEach(async () => {
  await client.dispose();
  tree.dispose();
  rmSync(cache, { recursive: true, force: true });
});

const start = async (): Promise<StdioClient> =>
  (client = await StdioClient.start({ folder: tree.root, cache }));
const isReady = ({ state }: TreeStatus): boolean => state.kind === 'ready';

test('a program that is named .c is no file of C, and the files beside it are read', async () => {
  const bytes = Array.from({ length: 60_000 }, (_, i) => String.fromCharCode((i * 7919) % 256)).join('');
  tree.write('drivers/foo/firmware.c', `\u007fELF\u0000${bytes}`);
  await start();
  const uri = await client.open(foo, fooDriver);
  assert.ok((await client.titles(uri)).length > 0);
  const binary = await client.open('drivers/foo/firmware.c', `\u007fELF\u0000${bytes}`);
  assert.deepEqual(await client.titles(binary), []);
  await client.status(isReady);
});

test('a file of many megabytes is left out by name, and the others are read', async () => {
  const huge = 'static const char acme_table[] = { 0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07 };\n'.repeat(
    800_000,
  );
  tree.write('drivers/foo/tables.c', huge);
  await start();
  const uri = await client.open(foo, fooDriver);
  assert.ok((await client.titles(uri)).length > 0);
  const { state } = await client.status(isReady, 60);
  assert.match(state.kind === 'ready' ? state.skipped.join('\n') : '', /^drivers\/foo\/tables\.c: /);
});

test('a tree that is deleted while it is open is answered from what is known, and the server stays', async () => {
  await start();
  const uri = await client.open(foo, fooDriver);
  const before = await client.titles(uri);
  await client.status(isReady);
  rmSync(tree.root, { recursive: true });
  await client.connection.sendNotification('workspace/didChangeWatchedFiles', {
    changes: ['drivers/foo/foo.c', 'drivers/foo/foo.h'].map((path) => ({ uri: client.uriOf(path), type: 3 })),
  });
  assert.equal((await client.titles(uri)).length, before.length);
  const review = await client.review(otherOrderPatch);
  assert.notEqual(review.kind, 'review', JSON.stringify(review));
  assert.equal(client.process.exitCode, null);
});

test('a cache with wrong bytes in every file is read over and made anew', async () => {
  await start();
  const titles = await client.titles(await client.open(foo, fooDriver));
  await client.status(isReady);
  await client.leave();
  const files = readdirSync(cache, { recursive: true, encoding: 'utf8' })
    .map((name) => join(cache, name))
    .filter((path) => statSync(path).isFile());
  assert.ok(files.length > 0, 'something was cached');
  for (const path of files) writeFileSync(path, Buffer.alloc(statSync(path).size, 0xa5));
  await start();
  assert.deepEqual(await client.titles(await client.open(foo, fooDriver)), titles);
  await client.status(isReady);
});
