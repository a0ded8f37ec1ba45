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

test('guards and cleanups are found by the name of their class', () => {
  assert.equal(guardOf('rwsem_read')?.mode, 'read');
  assert.equal(guardOf('mutex')?.effect, 'acquire');
  assert.equal(cleanupOf('put_device')?.effect, 'put');
  assert.equal(cleanupOf('kfree'), undefined);
});
