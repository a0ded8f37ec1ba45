// lensTitle.test.ts
// The line above a function: short, in a fixed order, and silent where there is nothing to say.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { positionAt } from '../../../src/base/position.ts';
import { lensTitle } from '../../../src/engine/lensTitle.ts';
import type { CallRow, OperationEffect, OperationRow, Row } from '../../../src/engine/results.ts';
import type { ObjectKind } from '../../../src/kernel/primitive.ts';

const place = { path: 'a.c', at: positionAt(1, 0) };

function row(effect: OperationEffect, object: string, objectKind: ObjectKind = 'mutex'): OperationRow {
  return { kind: 'operation', ...place, effect, objectKind, primitive: 'p', object, text: 'p()' };
}

function call(callee: string, ...rows: readonly Row[]): CallRow {
  return { kind: 'call', ...place, callee, definition: place, rows };
}

test('nothing to say', () => {
  assert.equal(lensTitle([]), '');
  assert.equal(
    lensTitle([row('release', 'a'), row('put', 'x', 'references'), row('acquire', 'rcu', 'rcu')]),
    '',
  );
});

test('kinds stand in a fixed order, names in the order of the code and once', () => {
  const rows = [
    row('queue', 'w', 'work'),
    row('wait', 'q', 'workqueue'),
    row('acquire', 'b'),
    row('acquire', 'a'),
    row('acquire', 'b'),
  ];
  assert.equal(lensTitle(rows), 'takes b, a · waits for q · queues w');
});

test('one callee is named, several are counted once each', () => {
  const locks = call('x', row('acquire', 'a'));
  const waits = call('y', row('wait', 'w', 'work'));
  assert.equal(lensTitle([locks]), 'x() takes locks');
  assert.equal(lensTitle([waits, waits]), 'y() waits');
  assert.equal(
    lensTitle([call('z', row('acquire', 'a'), row('wait', 'w', 'work'))]),
    'z() takes locks, waits',
  );
  assert.equal(lensTitle([locks, locks, call('y', row('acquire', 'a'))]), 'of its calls 2 take locks');
  assert.equal(lensTitle([call('z', row('queue', 'w', 'work'))]), 'z() queues work');
  assert.equal(lensTitle([locks, waits]), 'of its calls 1 takes locks, 1 waits');
});

test('a long list is cut where it says so', () => {
  const names = ['alpha', 'beta', 'gamma', 'delta', 'epsilon', 'zeta'];
  assert.equal(
    lensTitle(names.map((name) => row('acquire', name))),
    'takes alpha, beta, gamma, delta +2 more',
  );
  const long = names.map((name) => row('acquire', `a_struct_with_a_long_name.${name}`));
  assert.equal(
    lensTitle(long),
    'takes a_struct_with_a_long_name.alpha, a_struct_with_a_long_name.beta +4 more',
  );
});

test('a wait for RCU is called by its name', () => {
  assert.equal(
    lensTitle([row('wait', 'rcu', 'rcu'), row('wait', 'head', 'srcu')]),
    'waits for RCU, SRCU head',
  );
});
