// callbacks.test.ts
// The tables of callbacks as data: no row twice, facts that go together, and what is said of members that everything
// leans on.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { callbackTable } from '../../../src/kernel/callback.ts';
import { callbackOf, callbacks } from '../../../src/kernel/callbacks.ts';

const shown = (row: (typeof callbacks)[number]): string => `${row.struct}.${row.member} ${row.only ?? ''}`;

test('a member has one row, or one for each kernel', () => {
  const rows = new Map<string, string[]>();
  for (const { struct, member, only } of callbacks) {
    const key = `${struct}.${member}`;
    rows.set(key, [...(rows.get(key) ?? []), only ?? 'both']);
  }
  const wrong = [...rows].filter(([, only]) => only.length > 1 && only.sort().join() !== '6.1,6.12');
  assert.deepEqual(wrong, []);
});

test('what interrupts or softirqs call must not sleep, nor what is called with them off', () => {
  const atomic = callbacks.filter(
    (row) => row.context === 'softirq' || row.context === 'hardirq' || row.masked !== undefined,
  );
  assert.deepEqual(atomic.filter((row) => row.sleeps).map(shown), []);
});

test('who holds a spinlock for good must not sleep', () => {
  const spinning = callbacks.filter((row) =>
    row.holds.some((lock) => /spinlock/.test(lock.kind) && !('unless' in lock)),
  );
  assert.deepEqual(spinning.filter((row) => row.sleeps).map(shown), []);
});

test('a row takes what it does not say from its table', () => {
  const [one, other] = callbackTable('acme_ops', { sleeps: false, context: 'softirq' }, [
    'kick',
    { member: 'stop', sleeps: true, context: 'process', phase: 'teardown' },
  ]);
  assert.deepEqual(one, {
    struct: 'acme_ops',
    member: 'kick',
    holds: [],
    context: 'softirq',
    sleeps: false,
    phase: 'running',
  });
  assert.equal(other?.sleeps, true);
  assert.equal(other.phase, 'teardown');
});

test('members that everything leans on', () => {
  assert.deepEqual(callbackOf('net_device_ops', 'ndo_stop')?.holds, [
    { kind: 'mutex', object: 'rtnl_mutex' },
  ]);
  assert.deepEqual(callbackOf('net_device_ops', 'ndo_get_stats64')?.holds, []);
  assert.equal(callbackOf('net_device_ops', 'ndo_start_xmit')?.context, 'softirq');
  assert.deepEqual(callbackOf('pci_driver', 'probe')?.holds, [
    { kind: 'mutex', type: 'device', member: 'mutex', of: { argument: 0, members: ['dev'] } },
  ]);
  assert.equal(callbackOf('pci_driver', 'probe')?.phase, 'setup');
  assert.deepEqual(callbackOf('device_attribute', 'store')?.holds, [{ kind: 'callbacks', binding: true }]);
  assert.deepEqual(callbackOf('file_operations', 'unlocked_ioctl')?.holds, []);
  assert.equal(callbackOf('acme_ops', 'kick'), undefined);
});

test('where the kernels differ, one is told, or what both have in common', () => {
  const names = (kernel?: '6.1' | '6.12'): readonly string[] | undefined =>
    callbackOf('devlink_ops', 'reload_down', kernel)?.holds.map((lock) => ('type' in lock ? lock.type : ''));
  assert.deepEqual(names('6.1'), ['devlink']);
  assert.deepEqual(names('6.12'), ['device', 'devlink']);
  assert.deepEqual(names(), ['devlink']);
  assert.equal(callbackOf('devlink_ops', 'reload_down')?.only, undefined);
});
