// knowledge.test.ts
// The tables of primitives as data: no name twice, columns that fit together, and a few rows that everything leans on.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { cleanupOf, guardOf, primitiveOf, primitives } from '../../../src/kernel/knowledge.ts';

test('no name stands in two rows', () => {
  const seen = new Set<string>();
  const twice = primitives.map((row) => row.name).filter((name) => seen.size === seen.add(name).size);
  assert.deepEqual(twice, []);
});

test('an object is an argument or has a name of its own', () => {
  const wrong = primitives.filter((row) => row.objectArgument < 0 !== (row.object !== undefined));
  assert.deepEqual(
    wrong.filter((row) => row.type === undefined).map((row) => row.name),
    [],
  );
});

test('a lock reached through an argument has a type and a member', () => {
  const wrong = primitives.filter((row) => row.member !== undefined && row.type === undefined);
  assert.deepEqual(
    wrong.map((row) => row.name),
    [],
  );
});

test('every lock that can be taken can be let go of', () => {
  const released = new Set(primitives.filter((row) => row.effect === 'release').map((row) => row.kind));
  const taken = primitives.filter((row) => row.effect === 'acquire' && !row.name.startsWith('guard('));
  assert.deepEqual(
    taken.filter((row) => !released.has(row.kind)).map((row) => row.name),
    [],
  );
});

test('rows that everything leans on', () => {
  assert.deepEqual(primitiveOf('mutex_lock_interruptible'), {
    name: 'mutex_lock_interruptible',
    kind: 'mutex',
    effect: 'acquire',
    objectArgument: 0,
    sleeps: 'yes',
    success: 'zero',
    endedBy: 'signal',
  });
  assert.equal(primitiveOf('rtnl_lock')?.object, 'rtnl_mutex');
  assert.equal(primitiveOf('cancel_work_sync')?.waitsFor, 'work');
  assert.equal(primitiveOf('queue_work')?.objectArgument, 1);
  assert.equal(primitiveOf('queue_work')?.queueArgument, 0);
  assert.equal(primitiveOf('dev_hold')?.type, 'net_device');
  assert.equal(primitiveOf('spin_lock_irqsave')?.disables, 'irqsave');
  assert.equal(primitiveOf('kfree'), undefined);
});

test('arguments with a meaning of their own', () => {
  assert.equal(primitiveOf('request_threaded_irq')?.handlerArgument, 1);
  assert.equal(primitiveOf('request_threaded_irq')?.threadArgument, 2);
  assert.equal(primitiveOf('kthread_queue_work')?.queueArgument, 0);
  assert.equal(primitiveOf('raw_notifier_chain_register')?.blockArgument, 1);
  assert.equal(primitiveOf('register_netdevice_notifier')?.object, 'netdev_chain');
  assert.equal(primitiveOf('unregister_netdevice_notifier')?.objectArgument, 0);
  assert.equal(primitiveOf('pthread_cond_wait')?.letsGoArgument, 1);
  assert.equal(primitiveOf('sem_init')?.countArgument, 2);
  assert.equal(primitiveOf('usb_submit_urb')?.flagsArgument, 1);
});

test('only what turns something off on this processor says so', () => {
  const wrong = primitives.filter(
    (row) => row.disables !== undefined && (row.kind === 'irq' || row.kind === 'napi'),
  );
  assert.deepEqual(
    wrong.map((row) => row.name),
    [],
  );
});

test('a wait that interrupts can end is told from one that only time ends', () => {
  const wrong = primitives.filter(
    ({ name, effect, endedBy }) =>
      effect === 'wait' && name.includes('interruptible') && !endedBy?.includes('signal'),
  );
  assert.deepEqual(
    wrong.map((row) => row.name),
    [],
  );
});

test('guards and cleanups are found by the name of their class', () => {
  assert.equal(guardOf('rwsem_read')?.mode, 'read');
  assert.equal(guardOf('mutex')?.effect, 'acquire');
  assert.equal(cleanupOf('put_device')?.effect, 'put');
  assert.equal(cleanupOf('kfree'), undefined);
});
