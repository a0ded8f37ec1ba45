// Sets of names that are emptied in one step.

import assert from 'node:assert/strict';
import test from 'node:test';
import { NameSet } from '../../../src/index/nameSet.ts';

test('a name is in the set from when it is put in until the set is emptied, however large its number is', () => {
  const names = new NameSet();
  names.add(3);
  names.add(1_000_000);
  const before = [0, 3, 4, 1_000_000, 2_000_000].map((name) => names.has(name));
  names.clear();
  names.add(4);
  const after = [0, 3, 4, 1_000_000].map((name) => names.has(name));
  assert.deepEqual(
    [before, after],
    [
      [false, true, false, true, false],
      [false, false, true, false],
    ],
  );
});
