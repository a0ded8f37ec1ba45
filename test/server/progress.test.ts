// progress.test.ts
// An editor that shows the progress of servers is told how far the reading of a tree has come, and can stop it.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { getPriority } from 'node:os';
import { afterEach, beforeEach, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import type {
  WorkDoneProgressBegin,
  WorkDoneProgressEnd,
  WorkDoneProgressReport,
} from 'vscode-languageserver/node';
import { makeSmallTree } from './smallTree.ts';
import type { SmallTree } from './smallTree.ts';
import { StdioClient } from './stdioClient.ts';

type Work = WorkDoneProgressBegin | WorkDoneProgressReport | WorkDoneProgressEnd;

const drivers = Object.fromEntries(
  Array.from({ length: 400 }, (_, i) => [
    `drivers/acme/acme${i}.c`,
    `static DEFINE_MUTEX(acme_lock);\nvoid acme_open${i}(void)\n{\n\tmutex_lock(&acme_lock);\n}\n`,
  ]),
);

let tree: SmallTree;
let client: StdioClient | undefined;

beforeEach(() => {
  tree = makeSmallTree(drivers);
});
afterEach(async () => {
  await client?.dispose();
  tree.dispose();
});

async function started(
  showsStatus: boolean,
): Promise<{ readonly editor: StdioClient; readonly told: Work[]; tokens: unknown[] }> {
  const told: Work[] = [];
  const tokens: unknown[] = [];
  const editor = (client = await StdioClient.start({
    folder: tree.root,
    showsStatus,
    capabilities: { window: { workDoneProgress: true } },
    prepare: (connection) => {
      connection.onRequest('window/workDoneProgress/create', ({ token }: { readonly token: unknown }) => {
        tokens.push(token);
        return null;
      });
      connection.onNotification('$/progress', ({ value }: { readonly value: Work }) => void told.push(value));
    },
  }));
  return { editor, told, tokens };
}

test('reading begins, goes on and ends', async () => {
  const { editor, told, tokens } = await started(false);
  await editor.status(({ state }) => state.kind === 'ready');
  for (let i = 0; i < 100 && told.at(-1)?.kind !== 'end'; i++) await delay(20);
  assert.equal(tokens.length, 1);
  assert.equal(told[0]?.kind, 'begin');
  assert.equal(told[0].title, 'Holdwait');
  assert.equal(told.at(-1)?.kind, 'end');
});

test('an editor that shows the status of Holdwait is not told the same twice', async () => {
  const { editor, told, tokens } = await started(true);
  await editor.status(({ state }) => state.kind === 'ready');
  assert.deepEqual([told, tokens], [[], []]);
});

test('cancelling it pauses the reading', async () => {
  const { editor, told, tokens } = await started(false);
  for (let i = 0; i < 500 && told.length === 0; i++) await delay(10);
  await editor.connection.sendNotification('window/workDoneProgress/cancel', { token: tokens[0] });
  await editor.status(({ state }) => state.kind === 'indexing' && state.paused);
  assert.equal(told.at(-1)?.kind, 'end');
});

test(
  'what reads ahead stands back for everything else on the machine, and what answers does not',
  { skip: process.platform !== 'linux' && 'threads have no priority of their own there' },
  async () => {
    const { editor } = await started(true);
    await editor.status(({ state }) => state.kind === 'ready');
    const folder = `/proc/${editor.process.pid}/task`;
    const niceness = (thread: string): number =>
      Number(readFileSync(`${folder}/${thread}/stat`, 'utf8').split(') ')[1]?.split(' ')[16]);
    const answering = niceness(`${editor.process.pid}`);
    assert.equal(answering, getPriority());
    const all = readdirSync(folder).map(niceness);
    assert.ok(all.includes(Math.max(answering, 5)), `none of ${all.join()} stands back`);
  },
);
