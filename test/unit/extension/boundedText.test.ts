// boundedText.test.ts
// A text is cut at the end of a line, and what is left out is counted.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { boundedText } from '../../../extension/boundedText.ts';

test('a text that fits stays as it is', () => {
  assert.equal(boundedText('one\ntwo\n', 7), 'one\ntwo');
});

test('a longer one ends with a line and says how much is missing', () => {
  assert.equal(boundedText('one\ntwo\nthree', 8), 'one\ntwo\n… and 1 more line');
  assert.equal(boundedText('one\ntwo\nthree\nfour', 7), 'one\ntwo\n… and 2 more lines');
});

test('where not even a line fits, the count is left', () => {
  assert.equal(boundedText('a long line\nand another', 3), '… and 2 more lines');
});
