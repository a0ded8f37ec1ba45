// nativeParser.test.ts
// The native engine is optional. Where HOLDWAIT_NATIVE names a folder with its packages, its trees are compared.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createNativeParser } from '../../../src/hosts/node/nativeParser.ts';
import type { FlatTree } from '../../../src/syntax/flatTree.ts';
import { createTestParser } from '../../support/factsReader.ts';
import { sampleC } from '../../support/sampleC.ts';
import { latin1 } from '../../support/sourceBytes.ts';

const copyOf = (tree: FlatTree): object => {
  const { count, kind, start, end, next, flags } = tree;
  const lists = [kind, start, end, next, flags].map((list) => [...list.subarray(0, count)]);
  return { count, lists };
};

test('without its packages, it says what to do', async () => {
  await assert.rejects(createNativeParser('/nowhere/at/all'), {
    name: 'UserError',
    code: 'parser-not-available',
    message: /does not load from \/nowhere\/at\/all.*npm install/,
  });
});

const folder = process.env['HOLDWAIT_NATIVE'];

test(
  'its trees are those of the WebAssembly engine',
  { skip: folder === undefined && 'HOLDWAIT_NATIVE is not set' },
  async () => {
    const native = await createNativeParser(folder ?? '');
    const wasm = await createTestParser();
    const text = latin1(sampleC);
    assert.deepEqual(native.parse(text, copyOf), wasm.parse(text, copyOf));
    const edited = latin1(sampleC.replace('i++', 'i += foo(2)'));
    const document = native.openDocument();
    document.update(text, copyOf);
    assert.deepEqual(document.update(edited, copyOf), wasm.parse(edited, copyOf));
    document.dispose();
    native.dispose();
  },
);
