// addresses.test.ts
// Addresses of files against paths in a tree, in the spellings of different editors.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addressInside, parentAddress, pathInside, sameAddress } from '../../../src/server/addresses.ts';

test('a path is what lies below the root', () => {
  assert.equal(pathInside('file:///k', 'file:///k/drivers/a.c'), 'drivers/a.c');
  assert.equal(pathInside('file:///k/', 'file:///k/a%20b.c'), 'a b.c');
  assert.equal(pathInside('file:///k', 'file:///kernel/a.c'), undefined);
  assert.equal(pathInside('file:///k', 'file:///k'), undefined);
  assert.equal(pathInside('file:///k', 'git:///k/a.c'), undefined);
  assert.equal(pathInside('file:///c%3A/linux', 'file:///C:/linux/mm/slab.c'), 'mm/slab.c');
  assert.equal(
    pathInside('vscode-vfs://github/a/b', 'vscode-vfs://github/a/b/kernel/fork.c'),
    'kernel/fork.c',
  );
});

test('there and back again', () => {
  const path = 'drivers/net/50%/é #1.c';
  assert.equal(pathInside('file:///k', addressInside('file:///k', path)), path);
  assert.ok(sameAddress('file:///k%20/', 'file:///k '));
});

test('the way up ends at the top', () => {
  assert.equal(parentAddress('file:///a/b.c'), 'file:///a');
  assert.equal(parentAddress('file:///a'), 'file://');
  assert.equal(parentAddress('file://'), undefined);
  assert.equal(parentAddress('vscode-vfs://github/x'), 'vscode-vfs://github');
  assert.equal(parentAddress('vscode-vfs://github'), undefined);
  assert.equal(parentAddress('memfs:/linux/mm'), 'memfs:/linux');
  assert.equal(parentAddress('memfs:/linux'), 'memfs:');
  assert.equal(parentAddress('memfs:'), undefined);
  assert.equal(parentAddress('untitled:Untitled-1'), undefined);
});
