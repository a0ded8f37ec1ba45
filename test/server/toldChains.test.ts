// toldChains.test.ts
// Lock chains as text, from the server as it ships: what a function does, who calls it holding what, and sentences
// that help where there is no answer.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { ToldChains, ToldChainsParams } from '../../src/server/protocol.ts';
import { orderByCall } from './acmeDriver.ts';
import { makeSmallTree } from './smallTree.ts';
import type { SmallTree } from './smallTree.ts';
import { StdioClient } from './stdioClient.ts';

let tree: SmallTree;
let client: StdioClient;

before(async () => {
  tree = makeSmallTree({ 'drivers/acme/acme.c': orderByCall });
  client = await StdioClient.start({ folder: tree.root });
});
after(async () => {
  await client.dispose();
  tree.dispose();
});

const told = (wanted: string, what: ToldChainsParams['what']): Promise<ToldChains> =>
  client.connection.sendRequest('holdwait/toldChains', { uri: '', wanted, what, depth: 3 });

async function text(wanted: string, what: ToldChainsParams['what']): Promise<string> {
  const answer = await told(wanted, what);
  assert.equal(answer.kind, 'text', JSON.stringify(answer));
  return answer.kind === 'text' ? answer.text : '';
}

test('chains go down and up, as the command line prints them', async () => {
  const chains = await text('acme_port_reset', 'chains');
  assert.match(chains, /^acme_port_reset\(\) {2}drivers\/acme\/acme\.c:7\n/);
  assert.match(
    chains,
    /called by +acme_open\(\), holding \(mutex\) acme_list_lock +drivers\/acme\/acme\.c:16/,
  );
  assert.match(chains, /takes +\(mutex\) acme_port_lock +drivers\/acme\/acme\.c:9/);
});

test('callers alone say what is held, and not what the function does', async () => {
  const callers = await text('acme_port_reset', 'callers');
  assert.match(callers, /called by +acme_open\(\), holding \(mutex\) acme_list_lock/);
  assert.doesNotMatch(callers, /takes/);
});

test('nobody calls it: that is said', async () => {
  assert.match(await text('acme_open', 'callers'), /nobody calls it by its name/);
});

test('a line is found by its path in the tree, and by its path on disk', async () => {
  assert.match(await text('drivers/acme/acme.c:15', 'chains'), /^acme_open\(\)/);
  assert.match(await text(`${tree.root}/drivers/acme/acme.c:15`, 'chains'), /^acme_open\(\)/);
});

test('a name that is nobody’s is refused in one line', async () => {
  const answer = await told('acme_prot_reset', 'chains');
  assert.equal(answer.kind, 'refused');
  assert.match(answer.kind === 'refused' ? answer.reason : '', /^no function acme_prot_reset in [^\n]*$/);
  assert.deepEqual(client.statuses.at(-1)?.trees[0]?.trouble, undefined);
});
