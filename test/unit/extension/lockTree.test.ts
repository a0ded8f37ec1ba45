// lockTree.test.ts
// The rows of the Locks view, from what the server answers.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lockTree } from '../../../extension/lockTree.ts';
import type { LockTreeRow } from '../../../extension/lockTree.ts';
import { aboutLocks } from '../../../extension/lockWords.ts';
import type { FileLocks, LockStep } from '../../../src/server/protocol.ts';

const step = (functionName: string, line: number, more: Partial<LockStep> = {}): LockStep => ({
  ...{ path: 'drivers/acme/acme.c', line: line - 1, character: 1, functionName },
  ...{ action: 'acquire', target: 'mutex_lock' },
  ...more,
});

const taken = (number: number, more = {}): FileLocks['locks'][number]['takings'][number] => ({
  ...{ step: number, isReader: false, isTried: false },
  ...more,
});

const locks: FileLocks = {
  files: ['drivers/acme/acme.c', 'drivers/acme/sync.c'],
  steps: [
    step('acme_open', 14),
    step('acme_open', 15, { action: 'call', target: 'acme_reset' }),
    step('acme_reset', 8),
    step('acme_stop', 24, { action: 'call', target: 'acme_hold' }),
    step('acme_stop', 25),
    step('acme_probe', 40, { action: 'callback', target: 'acme_probe', via: 'pci_driver.probe' }),
    step('acme_probe', 42, { action: 'call', target: 'core_register' }),
  ],
  locks: [
    { objectKind: 'mutex', name: 'acme.io', takings: [taken(0, { isTried: true, isReader: true })] },
    { objectKind: 'mutex', name: 'acme_list', takings: [taken(0), taken(4)] },
    { objectKind: 'mutex', name: 'acme_port', takings: [taken(2), taken(3)] },
    { objectKind: 'mutex', name: 'device.mutex', within: 'pci_dev.dev', takings: [] },
    { objectKind: 'mutex', name: 'device.mutex', within: 'acme.dev', takings: [] },
  ],
  orders: [
    { held: 1, wanted: 2, count: 3, ways: [[0, 1, 2]], findings: ['f1'] },
    { held: 2, wanted: 1, count: 1, ways: [[3, 4]], findings: ['f1'] },
    { held: 3, wanted: 0, count: 1, ways: [[5, 6]], findings: [] },
  ],
};

const lines = (rows: readonly LockTreeRow[], depth: number): readonly string[] =>
  rows.flatMap(({ label, description, children }) => [
    description === '' ? label : `${label} · ${description}`,
    ...(depth === 0 ? [] : lines(children(), depth - 1).map((line) => `  ${line}`)),
  ]);

const lock = (name: string): readonly LockTreeRow[] => lockTree(locks, 'name', name);

test('each lock says what it is, where it is taken, and with which others', () => {
  assert.deepEqual(lines(lock('acme_list'), 4), [
    'acme_list · mutex · both orders · 1 finding · 2 places',
    '  Taken at · 2',
    '    acme_open() · acme.c:14',
    '    acme_stop() · acme.c:25',
    '  Taken while holding · 1',
    '    acme_port · 1 place · both orders · 1 finding',
    '      acme_stop() · acme.c:25',
    '        acme_stop() takes acme_port through acme_hold() · acme.c:24',
    '        acme_stop() takes acme_list · acme.c:25',
    '  Held while taking · 1',
    '    acme_port · 3 places · both orders · 1 finding',
    '      acme_open() → acme_reset() · acme.c:15',
    '        acme_open() takes acme_list · acme.c:14',
    '        acme_open() calls acme_reset() · acme.c:15',
    '        acme_reset() takes acme_port · acme.c:8',
    '      and 2 more places',
  ]);
  assert.deepEqual(lines(lock('acme.io'), 4), [
    'acme.io · mutex · 1 place',
    '  Taken at · 1',
    '    acme_open() · acme.c:14 · to read · tries',
    '  Taken while holding · 1',
    '    device.mutex · 1 place',
    '      acme_probe() → core_register() · acme.c:42',
    '        acme_probe() runs with device.mutex held, as pci_driver.probe · acme.c:40',
    '        acme_probe() calls core_register(), which takes acme.io · acme.c:42',
  ]);
});

test('locks of one name are told apart by what they lie in', () => {
  const rows = lock('device.mutex');
  assert.deepEqual(lines(rows, 0), [
    'device.mutex · of pci_dev.dev · mutex · held by callers',
    'device.mutex · of acme.dev · mutex · held by callers',
  ]);
  const ids = (all: readonly LockTreeRow[]): readonly string[] =>
    all.flatMap(({ id, children }) => [id, ...ids(children())]);
  const all = ids(lockTree(locks, 'name', ''));
  assert.equal(new Set(all).size, all.length);
});

test('what is suspicious is marked, leads to its finding, and can stand first', () => {
  const names = (sorting: 'places' | 'orders'): readonly string[] =>
    lockTree(locks, sorting, '').map(({ label }) => label);
  assert.deepEqual(names('orders').slice(0, 2), ['acme_list', 'acme_port']);
  assert.equal(names('places').at(0), 'acme_list');
  const [row] = lock('acme_port');
  assert.equal(row?.icon, 'found');
  assert.match(row.details, /In both orders with acme_list\./);
  const order = row.children().at(-1)?.children()[0];
  assert.deepEqual(order?.findings, ['f1']);
  assert.equal(order.place?.line, 24);
  assert.match(order.details, /A finding tells of it/);
});

test('the filter takes any part of a name', () => {
  assert.deepEqual(
    lockTree(locks, 'name', ' PORT').map(({ label }) => label),
    ['acme_port'],
  );
});

test('silence says what was looked at', () => {
  assert.equal(aboutLocks(locks), '5 locks in 2 files of drivers/acme.');
  const apart = ['drivers/acme/acme.c', 'drivers/acme_bus/bus.c'];
  assert.equal(aboutLocks({ ...locks, files: apart }), '5 locks in 2 files of drivers.');
  const none = { ...locks, locks: [], orders: [], steps: [] };
  assert.equal(aboutLocks({ ...none, files: ['a.c'] }), 'No lock is taken in this file.');
  assert.equal(aboutLocks(none), 'No lock is taken in 2 files of drivers/acme.');
  assert.match(aboutLocks({ ...none, files: [] }), /belongs to no driver/);
  assert.match(
    aboutLocks({ ...none, note: 'Only one folder is read.' }),
    /acme\. Only one folder is read\.$/,
  );
});
