// review.test.ts
// A patch reviewed by the server as it ships, for an editor that sends its text.

import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { oneOrder, otherOrderPatch } from './orderPatch.ts';
import { makeSmallTree } from './smallTree.ts';
import type { SmallTree } from './smallTree.ts';
import { StdioClient } from './stdioClient.ts';

let tree: SmallTree;
let client: StdioClient;

beforeEach(async () => {
  tree = makeSmallTree({ 'drivers/acme/acme.c': oneOrder });
  client = await StdioClient.start({ folder: tree.root });
});
afterEach(async () => {
  await client.dispose();
  tree.dispose();
});

test('what a patch brings in comes as text, as a reply and as the panel shows it', async () => {
  const answer = await client.review(otherOrderPatch);
  assert.equal(answer.kind, 'review', JSON.stringify(answer));
  if (answer.kind !== 'review') return;
  assert.equal(answer.answer, '1 cycle introduced');
  assert.match(answer.text, /^acme: stop in the other order\n/);
  const [found, ...more] = answer.findings;
  assert.equal(more.length, 0);
  assert.equal(found?.view.status, 'introduced');
  assert.match(found.view.reply, /^> @@ /m);
  assert.equal(found.view.threads.length, 2);
});

test('what is no patch is refused with a reason', async () => {
  const answer = await client.review('Dear all,\n');
  assert.deepEqual(answer, { kind: 'refused', reason: 'there is no patch in the patch' });
});
