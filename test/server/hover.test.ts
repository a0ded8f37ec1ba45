// hover.test.ts
// What an editor shows for a word: the chain of a function with links, and who uses a lock, by the server as it ships.

import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { lineWith, makeSmallTree } from './smallTree.ts';
import type { SmallTree } from './smallTree.ts';
import { StdioClient } from './stdioClient.ts';

const file = 'drivers/acme/acme.c';
const driver = `// SPDX-License-Identifier: GPL-2.0
#include <linux/mutex.h>
#include "acme.h"

static DEFINE_MUTEX(acme_list_lock);

static void acme_reset_work(struct work_struct *work)
{
	struct acme *acme = container_of(work, struct acme, reset);

	mutex_lock(&acme->lock);
	mutex_unlock(&acme->lock);
}

static void acme_unlink(struct acme *acme)
{
	mutex_lock(&acme_list_lock);
	acme->hw->ops->stop(acme);
	mutex_unlock(&acme_list_lock);
}

int acme_open(struct acme *acme)
{
	INIT_WORK(&acme->reset, acme_reset_work);
	mutex_lock(&acme->gate);
	mutex_lock(&acme->lock);
	acme_unlink(acme);
	mutex_unlock(&acme->lock);
	mutex_unlock(&acme->gate);
	return 0;
}
`;
const header = `struct acme {
	struct work_struct reset;
	struct mutex gate;
	struct mutex lock;
	struct acme_hw *hw;
};
`;

let tree: SmallTree;
let client: StdioClient | undefined;
let uri: string;

beforeEach(async () => {
  tree = makeSmallTree({ [file]: driver, 'drivers/acme/acme.h': header });
  client = await StdioClient.start({ folder: tree.root });
  uri = await client.open(file, driver);
  await client.status(({ state }) => state.kind === 'ready');
});
afterEach(async () => {
  await client?.dispose();
  tree.dispose();
});

/** With links as their text alone, and signs that are escaped as they are. */
async function shown(part: string, word: string): Promise<string> {
  const line = lineWith(driver, part);
  const text = (await client?.hover(uri, line, driver.split('\n')[line]!.indexOf(word) + 1)) ?? '';
  return text.replaceAll(/\[((?:\\.|[^\]])*)\]\([^)]*\)/g, '$1').replaceAll(/\\(.)/g, '$1');
}

test('a function is told by its chain, with who calls it and what is not followed', async () => {
  const text = await shown('\tacme_unlink(acme);', 'acme_unlink');
  assert.equal(
    text,
    [
      '**`acme_unlink()`** — acme.c:15',
      '',
      '- called by `acme_open()`, holding (mutex) acme.gate, (mutex) acme.lock acme.c:27',
      '- takes (mutex) acme_list_lock acme.c:17',
      '- releases (mutex) acme_list_lock acme.c:19',
      '',
      'not followed: `acme->hw->ops->stop`',
      '',
      '_From the index alone: calls one deep._',
    ].join('\n'),
  );
  assert.equal(await shown('static void acme_unlink', 'acme_unlink'), text);
});

test('links lead to the lines', async () => {
  const line = lineWith(driver, 'static void acme_unlink');
  const text = (await client?.hover(uri, line, 14)) ?? '';
  const lock = lineWith(driver, '\tmutex_lock(&acme_list_lock)') + 1;
  assert.ok(text.includes(`](${uri}#L${lock},2)`), text);
});

test('a lock is told by who takes it, what is taken under it and over it, and from where', async () => {
  const expected = [
    '**(mutex) `acme.lock`** — declared acme.h:4',
    '',
    '- taken by `acme_reset_work()` and `acme_open()`',
    '- under it: (mutex) acme_list_lock in `acme_open()`',
    '- taken under: (mutex) acme.gate in `acme_open()`',
    '- comes from (work) acme.reset: `acme_reset_work()`',
    '',
    '_From the index alone: 2 files of this folder, direct calls only._',
  ].join('\n');
  assert.equal(await shown('\tmutex_lock(&acme->lock)', 'lock)'), expected);
  assert.equal(await shown('\tmutex_lock(&acme->lock)', 'mutex_lock'), expected);
  assert.equal(await shown('\tmutex_lock(&acme->lock)', 'acme'), expected);
});

test('a work is told by who sets it up', async () => {
  assert.match(
    await shown('\tINIT_WORK', 'reset,'),
    /^\*\*\(work\) `acme\.reset`\*\*[^]*set up by `acme_open\(\)`/,
  );
});

test('a global lock is told at its definition, too', async () => {
  assert.match(
    await shown('static DEFINE_MUTEX', 'acme_list_lock'),
    /^\*\*\(mutex\) `acme_list_lock`\*\*[^]*taken by `acme_unlink\(\)`/,
  );
});

test('what was found in the driver is added, and the source of the answer said', async () => {
  const other = driver.replace('mutex_lock(&acme->lock);\n\tmutex_unlock(&acme->lock);', (both) =>
    both.replace(
      '\tmutex_unlock',
      '\tmutex_lock(&acme->gate);\n\tmutex_unlock(&acme->gate);\n\tmutex_unlock',
    ),
  );
  tree.write(file, other);
  await client?.dispose();
  client = await StdioClient.start({ folder: tree.root });
  uri = await client.open(file, other);
  await client.findings(uri);
  const line = lineWith(other, '\tmutex_lock(&acme->gate)');
  const text = await client.hover(uri, line, 20);
  assert.match(text, /\*\*part of\*\* acme\\_open\(\) holds acme\.gate/);
  assert.match(text, /From the index, and what was found in this driver/);
});

test('words that mean nothing to locks show nothing', async () => {
  assert.equal(await shown('\treturn 0;', 'return'), '');
  assert.equal(await shown('struct acme *acme = container_of', 'struct'), '');
  assert.equal(await shown('#include <linux', 'linux'), '');
});
