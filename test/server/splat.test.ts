// splat.test.ts
// What lockdep said, explained by the server as it ships.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { makeSmallTree } from './smallTree.ts';
import type { SmallTree } from './smallTree.ts';
import { StdioClient } from './stdioClient.ts';

const example = (name: string): string => readFileSync(join('test', 'golden', 'splat', name), 'utf8');

let tree: SmallTree;
let client: StdioClient;

beforeEach(async () => {
  tree = makeSmallTree({ 'drivers/net/acme/acme.c': example('acme.c') });
  client = await StdioClient.start({ folder: tree.root });
});
afterEach(async () => {
  await client.dispose();
  tree.dispose();
});

test('its cycle comes as the panel shows it, with the finding that says the same', async () => {
  const answer = await client.splat(example('circular.txt'));
  assert.equal(answer.kind, 'splat', JSON.stringify(answer));
  if (answer.kind !== 'splat') return;
  assert.match(answer.text, /^possible circular locking dependency detected\n/);
  assert.match(answer.view?.seen ?? '', /^seen by lockdep on 6\.1\.0/);
  assert.deepEqual(
    answer.view?.nodes.map(({ name }) => name),
    ['&acme->list_lock', '&acme->port_lock'],
  );
  assert.deepEqual(
    answer.same.map(({ rule }) => rule),
    ['lock-cycle'],
  );
});

test('what is no splat is refused with a reason', async () => {
  const answer = await client.splat('Dear all,\n');
  assert.equal(answer.kind, 'refused');
});
