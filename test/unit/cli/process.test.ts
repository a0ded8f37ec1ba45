// process.test.ts
// What the command line takes from its surroundings.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { allowsColour } from '../../../src/cli/process.ts';

test('colours are left out where NO_COLOR says so, or the terminal has none', () => {
  assert.equal(allowsColour({}), true);
  assert.equal(allowsColour({ TERM: 'xterm', NO_COLOR: '' }), true);
  assert.equal(allowsColour({ TERM: 'xterm', NO_COLOR: '1' }), false);
  assert.equal(allowsColour({ TERM: 'xterm', NO_COLOR: '0' }), false);
  assert.equal(allowsColour({ TERM: 'dumb' }), false);
});
