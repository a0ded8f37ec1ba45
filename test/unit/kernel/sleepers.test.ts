// sleepers.test.ts
// Functions that only sleep: none is a primitive as well, and flags decide where they can.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { primitiveOf } from '../../../src/kernel/knowledge.ts';
import { flagsMaySleep, sleeperOf, sleepers } from '../../../src/kernel/sleepers.ts';

test('no name stands twice, and none is a primitive', () => {
  const names = sleepers.map(({ name }) => name);
  assert.equal(new Set(names).size, names.length);
  assert.deepEqual(
    names.filter((name) => primitiveOf(name)),
    [],
  );
});

test('where the flags stand', () => {
  assert.deepEqual(sleeperOf('kmalloc'), { name: 'kmalloc', flagsArgument: 1 });
  assert.deepEqual(sleeperOf('devm_kcalloc'), { name: 'devm_kcalloc', flagsArgument: 3 });
  assert.deepEqual(sleeperOf('msleep'), { name: 'msleep' });
  assert.equal(sleeperOf('kfree'), undefined);
  assert.equal(sleeperOf('udelay'), undefined);
});

test('flags that let an allocation sleep', () => {
  assert.equal(flagsMaySleep(['GFP_KERNEL']), true);
  assert.equal(flagsMaySleep(['GFP_NOIO', '__GFP_NOWARN']), true);
  assert.equal(flagsMaySleep(['GFP_ATOMIC']), false);
  assert.equal(flagsMaySleep(['GFP_NOWAIT', '__GFP_ZERO']), false);
  assert.equal(flagsMaySleep(['GFP_KERNEL', '__GFP_DIRECT_RECLAIM']), false);
  assert.equal(flagsMaySleep(['flags']), false);
  assert.equal(flagsMaySleep([]), false);
});
