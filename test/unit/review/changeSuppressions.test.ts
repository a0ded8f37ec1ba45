// changeSuppressions.test.ts
// What `holdwait suppress` does to a list: ids by their beginnings, what is kept, and every refusal.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { MemoryCacheFiles } from '../../../src/index/memoryHost.ts';
import { withoutSuppressed, withSuppressed } from '../../../src/review/changeSuppressions.ts';
import type { ChangedList, SuppressionWish } from '../../../src/review/changeSuppressions.ts';
import { knownFinding, knownFindings, rememberFindings } from '../../../src/review/knownFindings.ts';
import { emptyList, printSuppressionList, readSuppressionList } from '../../../src/review/suppressionList.ts';
import { driver, finding, hop, suspend } from '../../support/finding.ts';

const known = [
  { id: 'aaaa11111111', title: 'a holds', files: ['drivers/a.c'] },
  { id: 'aaaa22222222', title: 'b holds', files: ['drivers/b.c'] },
  { id: 'cccc11111111', title: 'c holds', files: ['drivers/c.c'] },
];

const nothing: SuppressionWish = { status: undefined, reason: undefined, title: undefined, files: [] };
const because = (reason: string): SuppressionWish => ({ ...nothing, reason });
const suppress = (name: string, wish: SuppressionWish, list = emptyList): ChangedList =>
  withSuppressed(list, [name], wish, known);
const refuses = (change: () => unknown, message: RegExp): void =>
  assert.throws(change, { name: 'UserError', message });

test('the beginning of an id is enough, and title and files come from the last reports', () => {
  const { list, entries } = suppress('CCCC', because(' it \n cannot\t be '));
  const expected = {
    id: 'cccc11111111',
    status: 'known',
    reason: 'it cannot be',
    title: 'c holds',
    files: ['drivers/c.c'],
  };
  assert.deepEqual(list.suppressions, [expected]);
  assert.deepEqual(entries, [expected]);
});

test('a beginning that fits several, none, or is too short is refused', () => {
  refuses(() => suppress('aaaa', because('x')), /^aaaa may be aaaa11111111, aaaa22222222; give more digits$/);
  refuses(
    () => suppress('dddd', because('x')),
    /^dddd is not known: no report told of it lately; give all 12/,
  );
  refuses(
    () => suppress('ccc', because('x')),
    /^ccc is no id of a finding; ids are the 12 hexadecimal digits/,
  );
  refuses(() => suppress('wxyz', because('x')), /^wxyz is no id/);
  refuses(() => suppress('cccc111111111', because('x')), /is no id/);
});

test('a whole id needs no report, and may be told what it is', () => {
  const bare = suppress('dddd11111111', because('x')).entries[0];
  assert.deepEqual(bare, { id: 'dddd11111111', status: 'known', reason: 'x' });
  const told = suppress('dddd11111111', { ...because('x'), title: 'd\nholds', files: ['z.c', 'a.c', 'z.c'] });
  assert.deepEqual(told.entries[0], { ...bare, title: 'd holds', files: ['a.c', 'z.c'] });
});

test('a new entry needs a reason, a changed one keeps what is not said', () => {
  refuses(
    () => suppress('cccc', nothing),
    /^suppress needs --reason TEXT: why nobody has to look at cccc11111111/,
  );
  refuses(() => suppress('cccc', because(' \n ')), /^suppress needs --reason/);
  const { list } = suppress('cccc', { ...because('x'), status: 'wont-fix' });
  const changed = suppress('cccc', { ...nothing, status: 'false-positive' }, list);
  assert.deepEqual(
    changed.list.suppressions.map(({ status, reason }) => [status, reason]),
    [['false-positive', 'x']],
  );
  assert.equal(suppress('cccc', because('y'), list).entries[0]?.status, 'wont-fix');
});

test('several at once, one named twice, and the entries of others stay', () => {
  const { list } = suppress('cccc', because('x'));
  const { list: more, entries } = withSuppressed(list, ['aaaa1', 'aaaa2', 'aaaa11'], because('y'), known);
  assert.equal(entries.length, 3);
  assert.deepEqual(
    more.suppressions.map(({ id, reason }) => [id, reason]),
    [
      ['cccc11111111', 'x'],
      ['aaaa11111111', 'y'],
      ['aaaa22222222', 'y'],
    ],
  );
});

test('what a shell let through is still read again', () => {
  const odd = { status: undefined, reason: '\u001b[2Jx\u202e', title: 'a\u0000b', files: ['a\nb.c'] };
  const { list } = suppress('dddd11111111', odd);
  assert.deepEqual(readSuppressionList(printSuppressionList(list)), { value: list, problems: [] });
});

test('removed by the beginning of an id; what is not there is refused', () => {
  const list = withSuppressed(emptyList, ['cccc', 'aaaa1'], because('x'), known).list;
  const { list: left, entries } = withoutSuppressed(list, ['cccc'], () => '');
  assert.deepEqual([left.suppressions.map(({ id }) => id), entries[0]?.title], [['aaaa11111111'], 'c holds']);
  for (const name of ['cccc', 'cccc11111111'])
    refuses(() => withoutSuppressed(left, [name], () => 'look there'), /^cccc\w* is not known: look there$/);
});

test('the files of a finding are those that were asked about, or all where none was', () => {
  const core = hop('device_del', 7, 'call', 'acme_remove', { path: 'drivers/base/core.c' });
  const wide = { ...finding, edges: [{ ...suspend, steps: [...suspend.steps, core] }] };
  assert.deepEqual(knownFinding(wide, new Set([driver, 'x.c'])).files, [driver]);
  assert.deepEqual(knownFinding(wide, new Set()).files, ['drivers/base/core.c', driver]);
});

test('findings are remembered for each tree, the latest first, each once', async () => {
  const cache = new MemoryCacheFiles();
  const [a, b, c] = known as [(typeof known)[0], (typeof known)[0], (typeof known)[0]];
  await rememberFindings(cache, 'one', [a, b]);
  await rememberFindings(cache, 'one', [c, { ...b, title: 'new' }]);
  await rememberFindings(cache, 'two', [b]);
  assert.deepEqual(
    (await knownFindings(cache, 'one')).map(({ id, title }) => [id, title]),
    [
      [c.id, 'c holds'],
      [b.id, 'new'],
      [a.id, 'a holds'],
    ],
  );
  assert.deepEqual(await knownFindings(cache, 'two'), [b]);
});

test('a memory that is damaged, or cannot be written, is none', async () => {
  const texts = ['[', '{}', '[1, null, {"id": 1}, {"id": "x", "title": "y", "files": [3]}]'];
  for (const text of texts) {
    const cache = new MemoryCacheFiles();
    await cache.replace('findings-1/x.json', [new TextEncoder().encode(text)]);
    assert.deepEqual(await knownFindings(cache, 'x'), []);
  }
  const full = {
    read: () => Promise.resolve(undefined),
    replace: () => Promise.reject(new Error('the disk is full')),
  };
  await rememberFindings(full, 'x', known);
});
