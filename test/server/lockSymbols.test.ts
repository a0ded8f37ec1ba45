// lockSymbols.test.ts
// Lock classes as symbols of the workspace, by the server as it ships.

import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { SymbolKind } from 'vscode-languageserver/node';
import type { SymbolInformation } from 'vscode-languageserver/node';
import { fooDriver, fooHeader, lineWith, makeSmallTree } from './smallTree.ts';
import type { SmallTree } from './smallTree.ts';
import { StdioClient } from './stdioClient.ts';

const elsewhere = `static DEFINE_MUTEX(far_away_lock);

void far_away(void)
{
	mutex_lock(&far_away_lock);
	mutex_unlock(&far_away_lock);
}
`;

let tree: SmallTree;
let client: StdioClient;

beforeEach(async () => {
  tree = makeSmallTree({ 'net/far/far.c': elsewhere });
  client = await StdioClient.start({ folder: tree.root });
  await client.open('drivers/foo/foo.c', fooDriver);
  await client.status(({ state }) => state.kind === 'ready');
});
afterEach(async () => {
  await client.dispose();
  tree.dispose();
});

const symbols = (query: string): Promise<SymbolInformation[]> =>
  client.connection.sendRequest('workspace/symbol', { query });

const names = async (query: string): Promise<readonly string[]> =>
  (await symbols(query)).map(({ name }) => name);

test('locks of the folders that are open, by any part of their name', async () => {
  assert.deepEqual(await names(''), ['foo.lock', 'foo_list_mutex']);
  assert.deepEqual(await names('LIST'), ['foo_list_mutex']);
  assert.deepEqual(await names('foo.lock'), ['foo.lock']);
  assert.deepEqual(await names('nothing_like_it'), []);
});

test('each leads to its declaration and says what it is', async () => {
  const [member, global] = await symbols('');
  assert.equal(member?.kind, SymbolKind.Field);
  assert.equal(member.containerName, 'mutex, 1 taker');
  assert.equal(member.location.uri, client.uriOf('drivers/foo/foo.h'));
  assert.equal(member.location.range.start.line, lineWith(fooHeader, '\tstruct mutex lock'));
  assert.equal(global?.kind, SymbolKind.Variable);
  assert.equal(global.location.range.start.line, lineWith(fooDriver, 'static DEFINE_MUTEX'));
});

test('a lock elsewhere in the tree is found by its whole name', async () => {
  assert.deepEqual(await names('far_away_lock'), ['far_away_lock']);
  assert.deepEqual(await names('far_away'), []);
});
