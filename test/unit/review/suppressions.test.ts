// suppressions.test.ts
// Which findings are suppressed and by whom, what a patch cannot do about it, and which entries are stale.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { readSuppressions, type Suppressions } from '../../../src/review/suppressions.ts';
import { suppressionsFile } from '../../../src/review/suppressionList.ts';
import { memoryIndex } from '../../support/memoryIndex.ts';

const a = '0123456789ab';
const b = 'ba9876543210';
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

const listOf = (entries: Readonly<Record<string, object>>): string =>
  JSON.stringify({
    version: 1,
    suppressions: Object.entries(entries).map(([id, more]) => ({
      id,
      status: 'known',
      reason: 'so it is',
      ...more,
    })),
  });

const sources = {
  'drivers/acme/main.c': 'int a;',
  'drivers/acme/link.c': 'int b;',
  'net/core/dev.c': 'int c;',
};

async function suppressions(team: string | undefined, personal?: string): Promise<Suppressions> {
  const index = await memoryIndex({ ...sources, ...(team !== undefined && { [suppressionsFile]: team }) });
  return readSuppressions(index, personal === undefined ? undefined : bytesOf(personal));
}

test('without any list nothing is suppressed', async () => {
  const none = await suppressions(undefined);
  assert.equal(none.of({ id: a }), undefined);
  assert.deepEqual([none.problems, none.stale([], Object.keys(sources))], [[], []]);
});

test('a finding is suppressed by its id, and the word of the team counts before that of one person', async () => {
  const both = await suppressions(listOf({ [a]: {} }), listOf({ [a]: { reason: 'mine' }, [b]: {} }));
  assert.deepEqual(both.of({ id: a }), { status: 'known', reason: 'so it is', from: 'team' });
  assert.equal(both.of({ id: b })?.from, 'personal');
  assert.equal(both.of({ id: 'aaaaaaaaaaaa' }), undefined);
});

test('mistakes are said with the list that they stand in', async () => {
  const { problems, of } = await suppressions(listOf({ [a]: { status: 'x' }, [b]: {} }), '{');
  assert.equal(problems.length, 2);
  assert.match(problems[0] ?? '', /^\.holdwait-suppressions\.json:1:\d+: suppressions\[0\]\.status must be/);
  assert.match(problems[1] ?? '', /^your suppressions\.json:1:2: /);
  assert.ok(of({ id: b }));
});

test('the list of a patched tree is that of the patch: whoever reviews asks the tree before', async () => {
  const base = await memoryIndex(sources);
  const head = await base.overlay(new Map([[suppressionsFile, bytesOf(listOf({ [a]: {} }))]]));
  assert.equal((await readSuppressions(base, undefined)).of({ id: a }), undefined);
  assert.ok((await readSuppressions(head, undefined)).of({ id: a }));
});

test('an entry is stale once all its files were looked at and its finding is not there', async () => {
  const files = ['drivers/acme/link.c', 'drivers/acme/main.c'];
  const { stale } = await suppressions(listOf({ [a]: { files, title: 'acme holds' }, [b]: { files } }));
  assert.deepEqual(stale([{ id: b }], files), [`${a} (known): acme holds`]);
  assert.deepEqual(stale([{ id: a }], files), [`${b} (known): ${files.join(', ')}`]);
  assert.deepEqual(stale([], ['drivers/acme/main.c']), []);
  assert.deepEqual(stale([], ['net/core/dev.c']), []);
});

test('an entry that does not say where it belongs is never stale, and neither is one of a personal list', async () => {
  const everywhere = Object.keys(sources);
  const { stale } = await suppressions(listOf({ [a]: {}, [b]: { files: [] } }));
  assert.deepEqual(stale([], everywhere), []);
  const own = await suppressions(undefined, listOf({ [a]: { files: ['net/core/dev.c'] } }));
  assert.deepEqual(own.stale([], everywhere), []);
});

test('a file that is gone counts as looked at once all that is left around it was', async () => {
  const gone = await suppressions(listOf({ [a]: { files: ['drivers/acme/old.c'] } }));
  assert.deepEqual(gone.stale([], ['drivers/acme/main.c']), []);
  assert.equal(gone.stale([], ['drivers/acme/main.c', 'drivers/acme/link.c']).length, 1);
  const folder = await suppressions(listOf({ [a]: { files: ['drivers/older/x/main.c'] } }));
  assert.equal(folder.stale([], ['drivers/acme/main.c', 'drivers/acme/link.c']).length, 1);
  assert.deepEqual(folder.stale([], ['net/core/dev.c']), []);
  const elsewhere = await suppressions(listOf({ [a]: { files: ['arch/arm/kernel/irq.c'] } }));
  assert.deepEqual(elsewhere.stale([], Object.keys(sources)), []);
  const absolute = await suppressions(listOf({ [a]: { files: ['/main.c'] } }));
  assert.equal(absolute.stale([], Object.keys(sources)).length, 1);
});
