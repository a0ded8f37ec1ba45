// newWays.test.ts
// A patch that opens another way into a cycle that is there already by name: through a function that let the lock go
// until now, or that takes it earlier now, or past a test that kept the two sides apart. One that only writes the same in
// another way brings nothing.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { neverCancelled } from '../../src/base/cancel.ts';
import { reviewSeries } from '../../src/engine/review.ts';
import { readPatches } from '../../src/patch/readPatches.ts';
import { bytesOf } from '../support/factsReader.ts';
import { memoryIndex } from '../support/memoryIndex.ts';
import { unifiedDiff } from '../support/unifiedDiff.ts';

const kernelHeader = readFileSync(join('test', 'fixtures', 'check', 'kernel.h'), 'utf8');
const linesOf = (text: string): readonly string[] => text.match(/[^\n]*\n/g) ?? [];
const path = 'drivers/net/acme/main.c';

/** `acme_suspend` waits under the lock in any case; `stop` is the body of another function on the same way. */
const driver = (stop: string): string => `#include <linux/kernel.h>

struct acme {
	struct mutex lock;
	struct work_struct reset;
	int users;
};

static void acme_reset(struct work_struct *work)
{
	struct acme *acme = container_of(work, struct acme, reset);

	mutex_lock(&acme->lock);
	mutex_unlock(&acme->lock);
}

static void acme_flush(struct acme *acme)
{
	cancel_work_sync(&acme->reset);
}

void acme_stop(struct acme *acme)
{
${stop}}

void acme_suspend(struct acme *acme)
{
	mutex_lock(&acme->lock);
	acme_stop(acme);
	mutex_unlock(&acme->lock);
}

void acme_start(struct acme *acme)
{
	INIT_WORK(&acme->reset, acme_reset);
	schedule_work(&acme->reset);
}
`;

const begins = '\tacme_flush(acme);\n\tmutex_lock(&acme->lock);\n\tmutex_unlock(&acme->lock);\n';
const cycle = /waits for acme\.reset, which acme_reset\(\) keeps while it wants acme\.lock/;

/** Of the first finding whose title is like that. */
async function statusAfter(
  change: (source: string) => string,
  before: string = driver(begins),
  title: RegExp = cycle,
): Promise<string | undefined> {
  const files: Record<string, string> = { [path]: before, 'include/linux/kernel.h': kernelHeader };
  const diff = unifiedDiff(path, linesOf(before), linesOf(change(before)));
  const request = {
    series: readPatches(bytesOf(diff)),
    scope: [],
    kernel: '6.12.117',
    base: { kind: 'tree', commit: undefined } as const,
    read: (asked: string) => Promise.resolve(files[asked] === undefined ? undefined : bytesOf(files[asked])),
    suppressions: { of: () => undefined, stale: () => [] },
  };
  const report = await reviewSeries(await memoryIndex(files), request, neverCancelled);
  return report.findings.find((finding) => title.test(finding.title))?.status;
}

test('the lock is taken before the wait, where another function waits under it already', async () => {
  const earlier = '\tmutex_lock(&acme->lock);\n\tacme_flush(acme);\n\tmutex_unlock(&acme->lock);\n';
  assert.equal(await statusAfter((source) => source.replace(begins, earlier)), 'introduced');
});

test('the same in other words', async () => {
  assert.equal(await statusAfter((source) => source.replace(begins, `${begins}\tacme->users = 0;\n`)), 'existing');
  const helper = 'static void acme_wait(struct acme *acme)\n{\n\tacme_flush(acme);\n}\n\nvoid acme_stop';
  const split = (source: string): string =>
    source.replace(begins, begins.replace('acme_flush', 'acme_wait')).replace('void acme_stop', helper);
  assert.equal(await statusAfter(split), 'existing');
});

test('a local has another name, on the way through a table, too', async () => {
  const own = (source: string): string =>
    source.replaceAll('acme->', 'card->').replaceAll('*acme', '*card').replaceAll('(acme', '(card');
  const renamed = (source: string): string =>
    own(source).replaceAll('container_of(work, struct card', 'container_of(work, struct acme');
  assert.equal(await statusAfter(renamed), 'existing');
  const table =
    'struct acme_ops {\n\tvoid (*flush)(struct acme *acme);\n};\n\nstatic const struct acme_ops ops = {\n\t.flush = acme_flush,\n};\n\nvoid acme_stop';
  const begin = begins.replace('acme_flush(acme)', 'acme->ops->flush(acme)');
  const before = driver(begin)
    .replace('int users;', 'int users;\n\tconst struct acme_ops *ops;')
    .replace('void acme_stop', table);
  const earlier = (source: string): string =>
    source.replace(begin, '\tmutex_lock(&acme->lock);\n\tacme->ops->flush(acme);\n\tmutex_unlock(&acme->lock);\n');
  assert.equal(await statusAfter(earlier, before), 'introduced');
  assert.equal(await statusAfter(renamed, before), 'existing');
  assert.equal(await statusAfter(renamed, earlier(before)), 'existing');
});

test('the lock is taken by another function of the same effect', async () => {
  const takes = '\tmutex_lock(&acme->lock);\n\tmutex_unlock(&acme->lock);\n}\n\nstatic void acme_flush';
  const holding = (words: string) => (source: string) =>
    source.replace(takes, `${words}}\n\nstatic void acme_flush`);
  assert.equal(await statusAfter(holding('\tguard(mutex)(&acme->lock);\n')), 'existing');
  const asked = '\tif (mutex_lock_interruptible(&acme->lock))\n\t\treturn;\n\tmutex_unlock(&acme->lock);\n';
  assert.equal(await statusAfter(holding(asked)), 'existing');
  const tries = '\tif (mutex_trylock(&acme->lock))\n\t\tmutex_unlock(&acme->lock);\n';
  const tried = holding(tries)(driver(begins));
  assert.equal(await statusAfter((source) => source.replace(tries, asked), tried), 'introduced');
});

test('what is locked has another name, of which the words are used for other things too', async () => {
  const before = `${driver(begins)}\nint acme_users(struct acme *acme, int state)\n{\n\treturn acme->users + state;\n}\n`;
  const any = /waits for \w+\.reset, which acme_reset\(\) keeps while it wants \w+\.(?:\w+\.)?\w+$/;
  const struct = (source: string): string => source.replaceAll('struct acme', 'struct acme_priv');
  assert.equal(await statusAfter(struct, before, any), 'existing');
  const member = (source: string): string =>
    source.replaceAll('>lock', '>state').replace('mutex lock;', 'mutex state;');
  assert.equal(await statusAfter(member, before, any), 'existing');
  const inside = (source: string): string =>
    source
      .replaceAll('>lock', '>sync.lock')
      .replace('struct mutex lock;', 'struct {\n\t\tstruct mutex lock;\n\t} sync;');
  assert.equal(await statusAfter(inside, before, any), 'existing');
});

test('what sleeps under a lock is cut out with the lock', async () => {
  const asleep = '\tspin_lock(&acme->slow);\n\tmsleep(1);\n\tspin_unlock(&acme->slow);\n';
  const poll = `\nvoid acme_poll(struct acme *acme)\n{\n${asleep}}\n`;
  const before = driver(begins).replace('int users;', 'int users;\n\tspinlock_t slow;') + poll;
  const cut = poll.replace('void acme_poll', 'static void acme_poll_slowly');
  const calls = '\nvoid acme_poll(struct acme *acme)\n{\n\tacme_poll_slowly(acme);\n}\n';
  const sleeps = /may sleep in msleep\(\) with acme\.slow held/;
  assert.equal(await statusAfter((source) => source.replace(poll, cut + calls), before, sleeps), 'existing');
});

test('a test is gone that kept a work from waiting for itself', async () => {
  const asks = '\tif (current_work() != &acme->reset)\n\t\tcancel_work_sync(&acme->reset);\n';
  const waits = '\tcancel_work_sync(&acme->reset);\n';
  const before = driver(begins)
    .replace(waits, asks)
    .replace('\tmutex_unlock(&acme->lock);\n}', '\tmutex_unlock(&acme->lock);\n\tacme_flush(acme);\n}')
    .replace('static void acme_reset', 'static void acme_flush(struct acme *acme);\n\nstatic void acme_reset');
  const own = /waits for the end of acme\.reset, which it is itself/;
  assert.equal(await statusAfter((source) => source.replace(asks, waits), before, own), 'introduced');
  const counts = asks.replace('\tif', '\tacme->users++;\n\tif');
  assert.notEqual(await statusAfter((source) => source.replace(asks, counts), before, own), 'introduced');
});
