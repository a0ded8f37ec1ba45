// callHierarchy.test.ts
// Trees of calls up and down, through tables, works, timers and interrupts, by the server as it ships.

import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import type {
  CallHierarchyIncomingCall,
  CallHierarchyItem,
  CallHierarchyOutgoingCall,
} from 'vscode-languageserver/node';
import { lineWith, makeSmallTree } from './smallTree.ts';
import type { SmallTree } from './smallTree.ts';
import { StdioClient } from './stdioClient.ts';

const file = 'drivers/acme/acme.c';
const driver = `// SPDX-License-Identifier: GPL-2.0
#include "acme.h"

static void acme_work(struct work_struct *work)
{
	schedule();
}

static void acme_tick(struct timer_list *timer)
{
}

static irqreturn_t acme_irq(int irq, void *data)
{
	struct acme *acme = data;

	queue_work(acme->wq, &acme->reset);
	acme->user->notify(acme);
	acme->user->notify(acme);
	return 0;
}

static int acme_open(struct acme *acme)
{
	INIT_WORK(&acme->reset, acme_work);
	timer_setup(&acme->timer, acme_tick, 0);
	mod_timer(&acme->timer, 100);
	return request_irq(acme->irq, acme_irq, 0, "acme", acme);
}

static const struct acme_ops acme_ops = {
	.open = acme_open,
};

void acme_start(struct acme *acme)
{
	const struct acme_ops *ops = acme->ops;

	mutex_lock(&acme->lock);
	ops->open(acme);
	acme_stop(acme);
	acme_stop(acme);
	mutex_unlock(&acme->lock);
}

void acme_stop(struct acme *acme)
{
}
`;
const header = `struct acme;
struct acme_ops {
	int (*open)(struct acme *acme);
};
struct acme {
	const struct acme_ops *ops;
	struct workqueue_struct *wq;
	struct work_struct reset;
	struct timer_list timer;
	struct mutex lock;
	struct acme_user *user;
	int irq;
};
`;

let tree: SmallTree;
let client: StdioClient;
let uri: string;

beforeEach(async () => {
  tree = makeSmallTree({ [file]: driver, 'drivers/acme/acme.h': header });
  client = await StdioClient.start({ folder: tree.root });
  uri = await client.open(file, driver);
  await client.status(({ state }) => state.kind === 'ready');
});
afterEach(async () => {
  await client.dispose();
  tree.dispose();
});

async function prepared(part: string, word: string): Promise<CallHierarchyItem> {
  const line = lineWith(driver, part);
  const character = driver.split('\n')[line]!.indexOf(word) + 1;
  const items = await client.connection.sendRequest<CallHierarchyItem[] | null>(
    'textDocument/prepareCallHierarchy',
    { textDocument: { uri }, position: { line, character } },
  );
  assert.ok(items?.[0]);
  return items[0];
}

const incoming = (item: CallHierarchyItem): Promise<CallHierarchyIncomingCall[]> =>
  client.connection.sendRequest('callHierarchy/incomingCalls', { item });

const outgoing = (item: CallHierarchyItem): Promise<CallHierarchyOutgoingCall[]> =>
  client.connection.sendRequest('callHierarchy/outgoingCalls', { item });

const word = ({ name, detail }: CallHierarchyItem): string =>
  detail === undefined ? name : `${name} - ${detail}`;

const up = async (item: CallHierarchyItem): Promise<readonly string[]> =>
  (await incoming(item)).map(({ from }) => word(from));

const down = async (item: CallHierarchyItem): Promise<readonly string[]> =>
  (await outgoing(item)).map(({ to }) => word(to));

test('a function is found by its name, at its definition and at a call, and by what lies in it', async () => {
  const item = await prepared('void acme_stop', 'acme_stop');
  assert.equal(item.name, 'acme_stop');
  assert.equal(item.selectionRange.start.line, lineWith(driver, 'void acme_stop'));
  assert.equal((await prepared('\tacme_stop(acme)', 'acme_stop')).name, 'acme_stop');
  assert.equal((await prepared('\tmutex_lock', 'mutex_lock')).name, 'acme_start');
});

test('who calls it holding what, once with all places', async () => {
  const item = await prepared('void acme_stop', 'acme_stop');
  const [call, ...others] = await incoming(item);
  assert.equal(others.length, 0);
  assert.equal(call && word(call.from), 'acme_start - holding (mutex) acme.lock');
  const first = lineWith(driver, '\tacme_stop(acme)');
  assert.deepEqual(
    call?.fromRanges.map(({ start }) => start.line),
    [first, first + 1],
  );
});

test('through a table: the table first, and above it those who call through it', async () => {
  const item = await prepared('static int acme_open', 'acme_open');
  const [table, ...others] = await incoming(item);
  assert.equal(others.length, 0);
  assert.equal(table && word(table.from), 'acme_ops.open - via acme_ops.open');
  assert.equal(table?.from.range.start.line, lineWith(driver, '\t.open'));
  assert.deepEqual(await up(table!.from), ['acme_start - via acme_ops.open']);
});

test('works, timers and interrupts lead to those who queue, arm and ask for them', async () => {
  assert.deepEqual(await up(await prepared('static void acme_work', 'acme_work')), [
    'acme_irq - queues (work) acme.reset',
  ]);
  assert.deepEqual(await up(await prepared('static void acme_tick', 'acme_tick')), [
    'acme_open - arms (timer) acme.timer',
  ]);
  const [call] = await up(await prepared('static irqreturn_t acme_irq', 'acme_irq'));
  assert.match(String(call), /^acme_open - sets up \(irq\)/);
});

test('downwards the same edges, and what is not followed is counted', async () => {
  const open = await down(await prepared('static int acme_open', 'acme_open'));
  assert.deepEqual(open.slice(0, 3), [
    'acme_work - sets up (work) acme.reset',
    'acme_tick - sets up (timer) acme.timer',
    'acme_tick - arms (timer) acme.timer',
  ]);
  assert.match(String(open[3]), /^acme_irq - sets up \(irq\)/);
  assert.deepEqual(await down(await prepared('void acme_start', 'acme_start')), [
    'acme_open - via acme_ops.open',
    'acme_stop',
  ]);
  const irq = await outgoing(await prepared('static irqreturn_t acme_irq', 'acme_irq'));
  assert.deepEqual(
    irq.map(({ to }) => word(to)),
    ['acme_work - queues (work) acme.reset', 'not followed - 1 call: acme->user->notify'],
  );
  assert.equal(irq[1]?.fromRanges.length, 2);
  assert.deepEqual(await down(irq[1].to), []);
});

test('an item of another kind, or from another server, is no error', async () => {
  const item = await prepared('void acme_stop', 'acme_stop');
  assert.equal(await incoming({ ...item, data: { of: 'somebody else' } }), null);
  assert.equal(await outgoing({ ...item, data: undefined }), null);
});
