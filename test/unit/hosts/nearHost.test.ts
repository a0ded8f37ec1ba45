// nearHost.test.ts
// The host of a part of a tree, over a folder in memory and on disk: what is listed, what is left out. And the
// browser's SHA-1.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { neverCancelled } from '../../../src/base/cancel.ts';
import type { AddressedFiles } from '../../../src/hosts/near/addressedFiles.ts';
import { sha1 } from '../../../src/hosts/web/sha1.ts';
import { NearTreeHost } from '../../../src/hosts/near/nearTreeHost.ts';
import { fileFilter } from '../../../src/index/fileList.ts';

const root = 'vscode-vfs://github/torvalds/linux';
const filter = fileFilter({ isKernelTree: true, architecture: 'x86' });

function editorWith(files: Readonly<Record<string, string>>): AddressedFiles & { readonly reads: string[] } {
  const reads: string[] = [];
  const pathOf = (address: string): string => decodeURIComponent(address.slice(root.length + 1));
  const textOf = (address: string): string | undefined => files[pathOf(address)];
  return {
    reads,
    readFile: (address) => {
      reads.push(pathOf(address));
      const text = textOf(address);
      return Promise.resolve(text === undefined ? undefined : new TextEncoder().encode(text));
    },
    listFolder: (address) => {
      const folder = `${pathOf(address)}/`;
      const inside = Object.keys(files).filter((path) => path.startsWith(folder));
      const names = new Set(inside.map((path) => path.slice(folder.length).split('/', 1)[0] ?? ''));
      return Promise.resolve(
        [...names].map((name) => ({ name, isFolder: files[folder + name] === undefined })),
      );
    },
    stat: (addresses) =>
      Promise.resolve(
        addresses.map((address) => (textOf(address) === undefined ? undefined : { size: 1, modifiedMs: 2 })),
      ),
  };
}

test('the folder of an open file is listed, with the headers that it includes', async () => {
  const editor = editorWith({
    'drivers/foo/main.c': '#include <linux/mutex.h>\n# include "../bar/bar.h"\n#include "gone.h"\n',
    'drivers/foo/own.h': '',
    'drivers/foo/Makefile': '',
    'drivers/foo/sub/other.c': '',
    'drivers/bar/bar.h': '',
    'drivers/bar/bar.c': '',
    'include/linux/mutex.h': '#include <linux/list.h>\n',
    'include/linux/list.h': '',
  });
  const host = new NearTreeHost(root, editor);
  assert.equal(host.addFolder('drivers/foo'), true);
  assert.equal(host.addFolder('drivers/foo'), false);
  assert.deepEqual([...(await host.listFiles(filter, neverCancelled))].sort(), [
    'drivers/bar/bar.h',
    'drivers/foo/main.c',
    'drivers/foo/own.h',
    'include/linux/mutex.h',
  ]);
  assert.match(host.note, /^Only drivers\/foo and the headers/);
});

test('a file is asked for once, until it has changed', async () => {
  const editor = editorWith({ 'a/b c.c': 'x' });
  const host = new NearTreeHost(root, editor);
  await host.read('a/b c.c');
  await host.read('a/b c.c');
  assert.deepEqual(editor.reads, ['a/b c.c']);
  host.forget('a/b c.c');
  const outcome = await host.read('a/b c.c');
  assert.equal(outcome.kind === 'bytes' && new TextDecoder().decode(outcome.bytes), 'x');
  assert.equal((await host.read('gone.c')).kind, 'failed');
  assert.deepEqual(await host.versions(['gone.c', 'a/b c.c']), [
    undefined,
    { size: 1, modifiedMs: 2, inode: 0 },
  ]);
});

test('what is too much is left out, and said', async () => {
  const files = Object.fromEntries(Array.from({ length: 900 }, (_, i) => [`fs/f${i}.c`, '']));
  const host = new NearTreeHost(root, editorWith(files));
  host.addFolder('fs');
  assert.equal((await host.listFiles(filter, neverCancelled)).length, 800);
  assert.match(host.note, / 100 files were left out/);
});

test('SHA-1 is that of every other program', () => {
  for (const length of [0, 1, 3, 54, 55, 56, 63, 64, 65, 119, 120, 1000]) {
    const bytes = Uint8Array.from({ length }, (_, i) => (i * 7) & 255);
    const expected = createHash('sha1').update(bytes).digest('hex');
    assert.equal(
      sha1([bytes.subarray(0, length >> 1), bytes.subarray(length >> 1)]),
      expected,
      `${length} bytes`,
    );
  }
});
