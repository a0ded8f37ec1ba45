// nativeParser.test.ts
// The native engine is optional: what happens where it is not installed. test/tree compares its trees with ours.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createNativeParser } from '../../../src/hosts/node/nativeParser.ts';

test('without its packages, it says what to do', async () => {
  await assert.rejects(createNativeParser('/nowhere/at/all'), {
    name: 'UserError',
    code: 'parser-not-available',
    message: /does not load from \/nowhere\/at\/all.*npm install/,
  });
});
