// visibleRows.test.ts
// The tree as a list: order, levels, folding; and what is said of a row.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { emptySentence, spokenRow, unresolvedSentence } from '../../../media/chains/sentences.ts';
import { parentId, visibleRows } from '../../../media/chains/visibleRows.ts';
import { call, operation } from './rowsForTests.ts';

const rows = [
  operation('acquire', 'a'),
  call('foo', [operation('wait', 'w'), call('bar', [operation('get', 'g')])]),
];
const outline = (collapsed: string[]): string[] =>
  visibleRows(rows, new Set(collapsed)).map(
    ({ id, level, isExpanded }) => `${id} ${level} ${isExpanded ?? '-'}`,
  );

test('rows stand in order, each below its call', () => {
  assert.deepEqual(outline([]), ['0 1 -', '1 1 true', '1.0 2 -', '1.1 2 true', '1.1.0 3 -']);
});

test('a folded call hides what is below it, and only that', () => {
  assert.deepEqual(outline(['1.1']), ['0 1 -', '1 1 true', '1.0 2 -', '1.1 2 false']);
  assert.deepEqual(outline(['1']), ['0 1 -', '1 1 false']);
});

test('positions count siblings', () => {
  const [, second] = visibleRows(rows, new Set());
  assert.deepEqual([second?.positionInSet, second?.setSize], [2, 2]);
});

test('the way up', () => {
  assert.equal(parentId('1.1.0'), '1.1');
  assert.equal(parentId('1'), undefined);
});

test('sentences', () => {
  assert.equal(
    spokenRow(operation('wait', 'foo.done', 'completion')),
    'waits for foo.done, completion, do_it, line 10 of foo.c',
  );
  assert.equal(spokenRow(call('foo', [])), 'calls foo, line 10 of foo.c');
  assert.match(unresolvedSentence(1), /^One call/);
  const chains = { path: 'a.c', line: 0, character: 0, name: 'foo', rows: [], unresolved: ['ops->run'] };
  assert.match(emptySentence(chains), /as far as its calls could be followed\.$/);
});
