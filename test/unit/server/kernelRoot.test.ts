// kernelRoot.test.ts
// Which folders are taken for a kernel tree, and settings as editors write them.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findKernelRoot } from '../../../src/server/kernelRoot.ts';
import { readSettings } from '../../../src/server/settings.ts';

const makefile = 'VERSION = 6\nPATCHLEVEL = 12\nSUBLEVEL = 3\n';

function find(folder: string, files: Readonly<Record<string, string>>): Promise<string | undefined> {
  const text = (address: string): string | undefined => files[address.replace('file://', '')];
  return findKernelRoot(folder, {
    readFile: (address) => {
      const found = text(address);
      return Promise.resolve(found === undefined ? undefined : new TextEncoder().encode(found));
    },
    stat: (addresses) => Promise.resolve(addresses.map(text)),
  });
}

test('the nearest folder above with a kernel Makefile and a marker', async () => {
  const files = { '/src/linux/Makefile': makefile, '/src/linux/Kconfig': '' };
  assert.equal(await find('file:///src/linux/drivers/net', files), 'file:///src/linux');
  assert.equal(await find('file:///src/linux/', files), 'file:///src/linux');
  assert.equal(await find('file:///src', files), undefined);
});

test('a tree without its Makefile is one if both markers are there', async () => {
  assert.equal(await find('file:///k/fs', { '/k/Kconfig': '', '/k/MAINTAINERS': '' }), 'file:///k');
  assert.equal(await find('file:///k/fs', { '/k/MAINTAINERS': '' }), undefined);
});

test('some other project with a Makefile is none', async () => {
  const files = { '/p/Makefile': 'all:\n\tcc -o p p.c\n', '/p/MAINTAINERS': '' };
  assert.equal(await find('file:///p', files), undefined);
});

test('settings are read nested or with dots, and wrong ones are named', () => {
  const nested = readSettings({
    codeLens: { enabled: false },
    index: { architecture: 'arm64', cacheSize: 10 },
  });
  assert.deepEqual(nested.problems, []);
  assert.deepEqual(nested.settings, {
    codeLensEnabled: false,
    diagnosticsEnabled: true,
    callHierarchyEnabled: true,
    backgroundIndexing: true,
    architecture: 'arm64',
    cacheMegabytes: 10,
  });
  const wrong = readSettings({
    'codeLens.enabled': 'no',
    'index.architecture': '../etc',
    'index.cacheSize': -1,
  });
  assert.equal(wrong.problems.length, 3);
  assert.deepEqual(wrong.settings, readSettings(undefined).settings);
});
