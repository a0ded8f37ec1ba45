// rememberedUnits.test.ts
// What a state of a tree is called: equal for equal trees, different for any other file.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CachedDerived, stateOf } from '../../../src/index/derivedStore.ts';
import type { CacheFiles } from '../../../src/index/host.ts';
import { sha1 } from '../../../src/hosts/node/sha1.ts';

function memoryFiles(files = new Map<string, Uint8Array>(), onList = (): void => undefined): CacheFiles {
  return {
    list: (folder) => {
      onList();
      const entries = [...files].map(([name, { length }], i) => ({
        name: name.slice(folder.length + 1),
        size: length,
        modifiedMs: i,
      }));
      return Promise.resolve(entries);
    },
    read: (path) => Promise.resolve(files.get(path)),
    readRange: () => Promise.resolve(undefined),
    append: () => Promise.resolve(),
    replace: (path, chunks) => Promise.resolve(void files.set(path, chunks[0] ?? new Uint8Array())),
    remove: (path) => Promise.resolve(void files.delete(path)),
    close: () => undefined,
  };
}

test('a state has its name from all files, in any order', () => {
  const files = [
    ['a.c', '1'],
    ['b.c', '2'],
  ] as const;
  assert.equal(stateOf(files, sha1), stateOf(files.toReversed(), sha1));
  assert.notEqual(stateOf(files, sha1), stateOf([files[0], ['b.c', '3']], sha1));
  assert.notEqual(stateOf(files, sha1), stateOf([files[0]], sha1));
});

test('what was kept for one state is there for that state only', async () => {
  const base = new CachedDerived(stateOf([['a.c', '1']], sha1), memoryFiles(), sha1);
  await base.write('check', new Uint8Array([1]));
  assert.deepEqual(await base.read('check'), new Uint8Array([1]));
  assert.equal(await base.read('other'), undefined);
  const patched = base.over([['a.c', '2']]);
  assert.equal(await patched.read('check'), undefined);
  await patched.write('check', new Uint8Array([2]));
  assert.deepEqual(await base.over([['a.c', '2']]).read('check'), new Uint8Array([2]));
  assert.deepEqual(await base.read('check'), new Uint8Array([1]));
  assert.equal(await base.over([['a.c', '']]).read('check'), undefined, 'deleted');
});

test('the oldest make room, and not every write asks what is there', async () => {
  const files = new Map<string, Uint8Array>();
  let listings = 0;
  const kept = new CachedDerived(
    's',
    memoryFiles(files, () => listings++),
    sha1,
  );
  const large = new Uint8Array(20 << 20);
  for (let i = 0; i < 30; i++) await kept.write(String(i), large);
  assert.ok(files.size <= 13, 'no more than 256 MB');
  assert.deepEqual(await kept.read('29'), large);
  assert.equal(await kept.read('0'), undefined);
  assert.ok(listings < 20, `listed ${listings} times for 30 writes`);
});
