// locks.test.ts
// Lock classes of the file on show and of those around it, by the server as it ships: where they are taken, in which
// order, which finding tells of it, and what an edit changes.

import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { CancellationTokenSource, LSPErrorCodes } from 'vscode-languageserver/node';
import type { LocksAnswer } from '../../src/server/protocol.ts';
import { threeFiles } from './acmeDriver.ts';
import { lineWith, makeSmallTree } from './smallTree.ts';
import type { SmallTree } from './smallTree.ts';
import { StdioClient } from './stdioClient.ts';

const file = 'drivers/acme/acme.c';
/** Two locks on one line, the second behind a letter of two bytes. */
const driver = threeFiles[file].replace(
  'list_lock);\n\tmutex_lock(&acme->io)',
  'list_lock); /* \u00e4 */ mutex_lock(&acme->io)',
);
const sync = threeFiles['drivers/acme/sync.c'];

let tree: SmallTree;
let client: StdioClient | undefined;

beforeEach(() => {
  tree = makeSmallTree({
    ...threeFiles,
    [file]: driver,
  });
});
afterEach(async () => {
  await client?.dispose();
  tree.dispose();
});

async function opened(): Promise<{ readonly editor: StdioClient; readonly uri: string }> {
  const editor = (client = await StdioClient.start({ folder: tree.root }));
  return { editor, uri: await editor.open(file, driver) };
}

type Locks = Extract<LocksAnswer, { readonly kind: 'locks' }>;

async function locksOf(editor: StdioClient, uri: string): Promise<Locks> {
  const answer = await editor.locks(uri);
  if (answer.kind !== 'locks') throw new Error(`${answer.kind}\n${editor.logged.join('\n')}`);
  return answer;
}

/** `acme_port_lock under acme_list_lock: acme_open 14:1 > acme_open 15:1 > acme_port_reset 8:1` */
const ordersIn = ({ locks, orders, steps }: Locks): readonly string[] =>
  orders.map(({ held, wanted, ways }) => {
    const told = ways.map((way) =>
      way.map((number) => {
        const { functionName, line, character } = steps[number]!;
        return `${functionName} ${line}:${character}`;
      }),
    );
    return `${locks[wanted]?.name} under ${locks[held]?.name}: ${told.map((way) => way.join(' > ')).join('; ')}`;
  });

test('each lock has its kind, the places that take it, and the locks that it is taken under', async () => {
  const { editor, uri } = await opened();
  const answer = await locksOf(editor, uri);
  assert.deepEqual(answer.files, [file, 'drivers/acme/acme.h', 'drivers/acme/sync.c']);
  const takings = answer.locks.map(({ objectKind, name, takings: all }) => {
    const where = all.map(({ step, isTried }) => {
      const { path, functionName, line } = answer.steps[step]!;
      return `${isTried ? 'tried ' : ''}${functionName} ${path}:${line}`;
    });
    return `${objectKind} ${name}: ${where.join(', ')}`;
  });
  const line = (part: string): number => lineWith(driver, part);
  const [open, stop] = [line('int acme_open'), line('int acme_stop')];
  assert.deepEqual(takings, [
    `mutex acme.io: acme_open ${file}:${open + 2}, tried acme_sync drivers/acme/sync.c:5`,
    `mutex acme_list_lock: acme_open ${file}:${open + 2}, acme_stop ${file}:${stop + 3}`,
    `mutex acme_port_lock: acme_port_reset ${file}:${line('void acme_port_reset') + 2}, acme_stop ${file}:${stop + 2}`,
  ]);
  const io = driver.split('\n')[open + 2]!.indexOf('mutex_lock(&acme->io)');
  const reset = `acme_open ${open + 3}:1 > acme_port_reset ${line('void acme_port_reset') + 2}:1`;
  assert.deepEqual(ordersIn(answer), [
    `acme_port_lock under acme.io: acme_open ${open + 2}:${io} > ${reset}`,
    `acme.io under acme_list_lock: acme_open ${open + 2}:1 > acme_open ${open + 2}:${io}`,
    `acme_port_lock under acme_list_lock: acme_open ${open + 2}:1 > ${reset}`,
    `acme_list_lock under acme_port_lock: acme_stop ${stop + 2}:1 > acme_stop ${stop + 3}:1`,
  ]);
});

test('an order knows the finding that tells of it, until that need not be told any more', async () => {
  const { editor, uri } = await opened();
  const found = await editor.findings(uri);
  assert.equal(found.kind, 'findings');
  const [cycle] = found.kind === 'findings' ? found.findings : [];
  assert.ok(cycle);
  const told = async (): Promise<readonly (readonly string[])[]> =>
    (await locksOf(editor, uri)).orders.map(({ findings }) => findings);
  assert.deepEqual(await told(), [[], [], [cycle.view.id], [cycle.view.id]]);
  const { id, title } = cycle.view;
  await editor.connection.sendRequest('holdwait/suppress', {
    ...{ uri, list: 'tree', status: 'false positive', reason: 'one port' },
    finding: { id, title, files: [file] },
  });
  assert.deepEqual(await told(), [[], [], [], []]);
});

test('an edit that changes no finding is told too, and what it takes away is gone', async () => {
  const editor = (client = await StdioClient.start({ folder: tree.root }));
  const uri = await editor.open('drivers/acme/sync.c', sync);
  const takings = async (): Promise<number> => (await locksOf(editor, uri)).locks[0]?.takings.length ?? 0;
  assert.equal(await takings(), 2);
  const told: unknown[] = [];
  editor.connection.onNotification('holdwait/findingsChanged', (params) => void told.push(params));
  const first = lineWith(sync, '\tif (!mutex_trylock');
  for (const i of [0, 1, 2]) await editor.edit(uri, 2 + i, first + i, 1, 1, '//');
  assert.equal(await takings(), 1);
  // It comes before the answer.
  assert.deepEqual(told, [{ uri }]);
});

test('a request that is cancelled ends at once, and a file that nobody shows is not looked at', async () => {
  const { editor, uri } = await opened();
  const source = new CancellationTokenSource();
  const asked = editor.connection.sendRequest('holdwait/locks', { uri }, source.token);
  source.cancel();
  await assert.rejects(asked, { code: LSPErrorCodes.RequestCancelled });
  assert.equal((await editor.locks(uri)).kind, 'locks');
  assert.deepEqual(await editor.locks(editor.uriOf('drivers/foo/foo.c')), { kind: 'not-open' });
});
