// chainTree.test.ts
// The rows of the Lock chains view, from what the server answers.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chainTree } from '../../../extension/chainTree.ts';
import type { ChainTreeRow } from '../../../extension/chainTree.ts';
import type { CallerChainRow, FunctionChains } from '../../../src/server/protocol.ts';
import { call, operation } from '../media/rowsForTests.ts';

const at = { path: 'drivers/foo/foo.c', line: 9, character: 1 };

const callers: readonly CallerChainRow[] = [
  {
    ...at,
    kind: 'caller',
    caller: 'foo_resume',
    definition: at,
    holds: ['(mutex) foo.state_lock'],
    callers: [{ ...at, kind: 'table', via: 'pci_driver.resume', holds: ['(mutex) device.mutex'] }],
  },
  {
    ...at,
    kind: 'handler',
    object: '(work) foo.reset',
    holds: [],
    queuedBy: [{ ...at, caller: 'foo_irq' }],
  },
];

const foo: FunctionChains = {
  ...at,
  name: 'foo_reset',
  endLine: 30,
  rows: [
    operation('acquire', 'foo.lock'),
    { ...call('foo_stop', [operation('wait', 'foo.idle')]), via: 'foo_ops.stop' },
  ],
  unresolved: ['ops->open'],
  beyond: { callers, moreCallers: 2, unresolvedBelow: [{ name: 'ops->close', count: 3 }], notEntered: 4 },
};

/** The rows as a person sees them with everything open. */
const seen = (rows: readonly ChainTreeRow[], indent = ''): readonly string[] =>
  rows.flatMap((row) => [
    `${indent}${row.label}${row.description === '' ? '' : ` | ${row.description}`}`,
    ...seen(row.children(), `${indent}  `),
  ]);

test('up who calls it holding what, down what it does, then what nobody knows', () => {
  assert.deepEqual(seen(chainTree(foo)), [
    'Called by | 4 ways, 2 not shown',
    '  foo_resume() | holding (mutex) foo.state_lock · foo.c:10',
    '    via pci_driver.resume | holding (mutex) device.mutex · foo.c:10',
    '  handles (work) foo.reset | foo.c:10',
    '    queued by foo_irq() | foo.c:10',
    'Takes and waits for | in call order',
    '  takes foo.lock | foo.c:10 · mutex',
    '  foo_stop() | via foo_ops.stop · 1 wait · foo.c:10',
    '    waits for foo.idle | foo.c:10 · mutex',
    '4 calls not followed',
    '  ops->open | foo.c:10',
    '  ops->close | 3 times in what it calls',
    '4 functions deeper | show them, too',
  ]);
});

test('before callers are known, only what it does itself', () => {
  const { beyond: _, ...near } = foo;
  assert.deepEqual(
    chainTree(near).map(({ label }) => label),
    ['Takes and waits for', '1 call not followed'],
  );
});

test('silence says how far it goes', () => {
  const silent = {
    ...foo,
    rows: [],
    beyond: { callers: [], moreCallers: 0, unresolvedBelow: [], notEntered: 0 },
  };
  assert.deepEqual(seen(chainTree(silent)).slice(0, 2), [
    'Called by | no caller, table or handler is known',
    'Takes and waits for | nothing, as far as calls could be followed',
  ]);
});

test('rows that say the same have ids of their own, the same in every answer', () => {
  const twice = {
    ...foo,
    rows: [operation('acquire', 'a'), operation('acquire', 'a'), call('b', []), call('b', [])],
  };
  const idsOf = (rows: readonly ChainTreeRow[]): readonly string[] =>
    rows.flatMap((row) => [row.id, ...idsOf(row.children())]);
  const ids = idsOf(chainTree(twice));
  assert.equal(new Set(ids).size, ids.length);
  assert.deepEqual(idsOf(chainTree({ ...twice, line: 20 })), ids);
});

test('every row says its place aloud, and calls lead to their function', () => {
  const down = chainTree(foo)[1]?.children() ?? [];
  assert.equal(down[0]?.spoken, 'takes foo.lock, mutex, do_it, line 10 of foo.c');
  assert.equal(down[1]?.spoken, 'calls foo_stop, via foo_ops.stop, 1 wait, line 10 of foo.c');
  assert.equal(down[1]?.leadsTo?.name, 'foo_stop');
});
