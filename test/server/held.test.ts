// held.test.ts
// What is held at the cursor and where critical sections lie, by the server as it ships, as the text is edited.

import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import type { HeldLock } from '../../src/server/protocol.ts';
import { lineWith, makeSmallTree } from './smallTree.ts';
import type { SmallTree } from './smallTree.ts';
import { StdioClient } from './stdioClient.ts';

const file = 'drivers/acme/acme.c';
const driver = `// SPDX-License-Identifier: GPL-2.0
#include <linux/mutex.h>

static DEFINE_MUTEX(acme_list_lock);

struct acme { struct mutex lock; int up; };

static void acme_raise(struct acme *acme)
{
	acme->up = 1;
}

int acme_open(struct acme *acme)
{
	mutex_lock(&acme_list_lock);
	/* größer 🔒 */ if (!mutex_trylock(&acme->lock))
		goto out;
	acme_raise(acme);
	mutex_unlock(&acme->lock);
out:
	mutex_unlock(&acme_list_lock);
	return 0;
}
`;

let tree: SmallTree;
let client: StdioClient | undefined;

beforeEach(() => {
  tree = makeSmallTree({ [file]: driver });
});
afterEach(async () => {
  await client?.dispose();
  tree.dispose();
});

async function opened(): Promise<{ readonly editor: StdioClient; readonly uri: string }> {
  const editor = (client = await StdioClient.start({ folder: tree.root }));
  return { editor, uri: await editor.open(file, driver) };
}

async function held(editor: StdioClient, uri: string, part: string, character = 1): Promise<string> {
  const answer = await editor.heldAt(uri, lineWith(driver, part), character);
  return answer.kind === 'held' ? answer.holds.map(word).join(', ') : answer.kind;
}

const word = ({ name, origin, isSure }: HeldLock): string =>
  `${isSure ? '' : 'maybe '}${name}${origin === 'caller' ? ' (from caller)' : ''}`;

test('the cursor is told what is held before its statement, on the way that leads there', async () => {
  const { editor, uri } = await opened();
  assert.equal(await held(editor, uri, '\tmutex_lock(&acme_list_lock)'), '');
  assert.equal(await held(editor, uri, '\t\tgoto out'), 'acme_list_lock');
  assert.equal(await held(editor, uri, '\tacme_raise'), 'acme_list_lock, acme.lock');
  assert.equal(await held(editor, uri, 'out:'), 'acme_list_lock');
  assert.equal(await held(editor, uri, '\treturn 0'), '');
  assert.equal(await held(editor, uri, 'struct acme {'), 'no-function');
});

test('behind letters of several bytes the column is the one of the editor', async () => {
  const { editor, uri } = await opened();
  const answer = await editor.heldAt(uri, lineWith(driver, '\tacme_raise'), 1);
  assert.ok(answer.kind === 'held');
  assert.equal(answer.functionName, 'acme_open');
  const line = lineWith(driver, '\t/* gr');
  const character = driver.split('\n')[line]?.indexOf('mutex_trylock');
  assert.deepEqual(answer.holds[1]?.taken, { path: file, line, character });
});

test('what callers hold is told, and an edit of one changes it at once', async () => {
  const { editor, uri } = await opened();
  const inside = '\tacme->up = 1';
  assert.equal(await held(editor, uri, inside), 'acme_list_lock (from caller), acme.lock (from caller)');
  const line = lineWith(driver, '\tmutex_lock(&acme_list_lock)');
  await editor.edit(uri, 2, line, 1, 1, '//');
  assert.equal(await held(editor, uri, inside), 'acme.lock (from caller)');
  await editor.edit(uri, 3, line, 1, 3, '');
  assert.equal(await held(editor, uri, inside), 'acme_list_lock (from caller), acme.lock (from caller)');
});

test('critical sections are lines', async () => {
  const { editor, uri } = await opened();
  const answer = await editor.heldSections(uri, 0, 100);
  assert.ok(answer.kind === 'sections');
  const lock = lineWith(driver, '\tmutex_lock(&acme_list_lock)');
  assert.deepEqual(answer.sections[0]?.names, ['acme_list_lock']);
  assert.equal(answer.sections[0].firstLine, lock);
  assert.equal(answer.sections.at(-1)?.lastLine, lineWith(driver, '\tmutex_unlock(&acme_list_lock)'));
  assert.ok(answer.sections.some(({ names }) => names.join() === 'acme_list_lock,acme.lock'));
  const outside = await editor.heldSections(uri, 0, 5);
  assert.deepEqual(outside, { kind: 'sections', sections: [] });
});

test('outside of a kernel tree nothing is held', async () => {
  tree.remove('Makefile');
  tree.remove('MAINTAINERS');
  const { editor, uri } = await opened();
  assert.equal(await held(editor, uri, '\tacme_raise'), 'no-kernel-tree');
  assert.deepEqual(await editor.heldSections(uri, 0, 9), { kind: 'no-kernel-tree' });
});
