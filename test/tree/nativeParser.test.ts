// nativeParser.test.ts
// The oracle: on real files the trees that are read out of the WebAssembly engine's memory are, node for node, those
// that the native engine's own cursor walks.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { createNativeParser } from '../../src/hosts/node/nativeParser.ts';
import type { FlatTree } from '../../src/syntax/flatTree.ts';
import { prepare } from '../../src/syntax/prepare.ts';
import { Tokeniser } from '../../src/syntax/tokens.ts';
import { createTestParser } from '../support/factsReader.ts';
import { sampleC } from '../support/sampleC.ts';
import { latin1 } from '../support/sourceBytes.ts';

const files = [
  'drivers/net/ethernet/mellanox/mlx4/intf.c',
  'drivers/net/ethernet/mellanox/mlx4/en_netdev.c',
  'drivers/net/ethernet/mellanox/mlx4/resource_tracker.c',
  'drivers/net/ethernet/broadcom/tg3.c',
  'fs/ext4/mballoc.c',
  'include/linux/netdevice.h',
  'kernel/workqueue.c',
  'net/core/dev.c',
];

const native = await createNativeParser(process.env['HOLDWAIT_NATIVE_PARSER'] ?? '');
const wasm = await createTestParser();
const tokeniser = new Tokeniser();

const copyOf = (tree: FlatTree): object => {
  const { count, kind, start, end, next, flags } = tree;
  const lists = [kind, start, end, next, flags].map((list) => list.slice(0, count));
  return { count, lists };
};

for (const version of ['6.1', '6.12']) {
  for (const file of files) {
    test(`${file} of ${version}, prepared and as it is`, () => {
      const path = join(process.env['HOLDWAIT_KERNELS'] ?? '', `linux-source-${version}`, file);
      const bytes = new Uint8Array(readFileSync(path));
      for (const text of [prepare(bytes, tokeniser).text, bytes]) {
        assert.deepEqual(native.parse(text, copyOf), wasm.parse(text, copyOf));
      }
    });
  }
}

test('an edited document gives the trees of a fresh parse', () => {
  const edited = latin1(sampleC.replace('i++', 'i += foo(2)'));
  const document = native.openDocument();
  document.update(latin1(sampleC), copyOf);
  assert.deepEqual(document.update(edited, copyOf), wasm.parse(edited, copyOf));
  document.dispose();
});
