// testedWays.test.ts
// What the tests of flags and roles on two ways say of a cycle of both.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import type { TestedValue } from '../../../src/effects/results.ts';
import { areOpposite } from '../../../src/waits/feasible.ts';
import type { Link } from '../../../src/waits/link.ts';
import { linkOf } from './links.ts';

const set = 2;
const unset = 1;

const flag = (mask: number): TestedValue => ({ mask, base: 'acme.state', isRole: false });
const role = (mask: number): TestedValue => ({ mask, base: '', isRole: true });

function tested(
  fn: string,
  value: TestedValue,
  { gates = [], changedUnder }: { readonly gates?: readonly string[]; readonly changedUnder?: string } = {},
): Link {
  const changed = new Map(changedUnder === undefined ? [] : [[value.base, new Set([changedUnder])]]);
  const link = linkOf({ from: 'a', to: 'b', cost: 1, fn, gates });
  return { ...link, tested: { values: new Map([['x', value]]), changed, contrary: [] } };
}

test('a role keeps two threads apart, whatever they hold', () => {
  assert.equal(areOpposite(tested('one', role(set)), tested('other', role(unset))), true);
  assert.equal(areOpposite(tested('one', role(set)), tested('other', role(set))), false);
});

test('a flag that was tested without a lock may have changed since', () => {
  assert.equal(areOpposite(tested('one', flag(set)), tested('other', flag(unset))), false);
});

test('a flag that was tested under a lock stays while that is held', () => {
  const guarded = tested('other', flag(unset), { gates: ['state_mutex'] });
  assert.equal(areOpposite(tested('one', flag(set)), guarded), true);
  assert.equal(areOpposite(guarded, tested('one', flag(set))), true);
});

test('the lock counts only if the flag is changed under it', () => {
  const guarded = tested('other', flag(unset), { gates: ['state_mutex'] });
  const under = (lock: string): Link => tested('one', flag(set), { changedUnder: lock });
  assert.equal(areOpposite(under('state_mutex'), guarded), true);
  assert.equal(areOpposite(under('another'), guarded), false);
});
