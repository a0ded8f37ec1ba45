// grouped.test.ts
// Large numbers as people read them.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { grouped } from '../../../src/base/grouped.ts';

test('digits stand in groups of three', () => {
  assert.deepEqual([0, 7, 999, 1000, 46555, 123456, 1234567].map(grouped), [
    '0',
    '7',
    '999',
    '1,000',
    '46,555',
    '123,456',
    '1,234,567',
  ]);
});
