// rails.test.ts
// The lanes beside the list: where they begin and end, and that they do not cross into one another.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findRails } from '../../../media/chains/rails.ts';
import { call, operation } from './rowsForTests.ts';

/** A drawing of the lanes: `o` begins, `|` goes through, `+` is touched, `.` ends, a blank is empty. */
function draw(...rows: Parameters<typeof findRails>[0]): string[] {
  const signs = { begin: 'o', through: '|', touch: '+', end: '.' };
  return findRails(rows).rows.map(({ lanes }) => lanes.map((part) => (part ? signs[part] : ' ')).join(''));
}

test('a lane runs from where a lock is taken to its last release', () => {
  const rows = [
    operation('acquire', 'a'),
    operation('wait', 'x'),
    operation('release', 'a'),
    operation('get', 'y'),
    operation('release', 'a'),
    operation('put', 'y'),
  ];
  assert.deepEqual(draw(...rows), ['o', '|', '+', '|', '.', ' ']);
});

test('locks held together lie side by side, and a free lane is used again', () => {
  const rows = [
    operation('acquire', 'a'),
    operation('try', 'b'),
    operation('release', 'b'),
    operation('acquire', 'c'),
    operation('release', 'c'),
    operation('release', 'a'),
    operation('acquire', 'd'),
    operation('release', 'd'),
  ];
  assert.deepEqual(draw(...rows), ['o ', '|o', '|.', '|o', '|.', '. ', 'o ', '. ']);
});

test('a lock that is taken again before its release belongs to the later row', () => {
  assert.deepEqual(draw(operation('acquire', 'a'), operation('acquire', 'a'), operation('release', 'a')), [
    ' ',
    'o',
    '.',
  ]);
});

test('what is never released here, and what is no lock, has no lane', () => {
  const rows = [operation('acquire', 'a'), call('foo', []), operation('release', 'b')];
  assert.equal(findRails(rows).laneCount, 0);
});

test('two objects of one name and different kinds are two', () => {
  const rows = [
    operation('acquire', 'a', 'mutex'),
    operation('release', 'a', 'spinlock'),
    operation('release', 'a', 'mutex'),
  ];
  assert.deepEqual(draw(...rows), ['o', '|', '.']);
});
