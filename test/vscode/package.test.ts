// package.test.ts
// The .vsix, file by file: what the manifest lists and nothing else, and no larger than it has to be.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { before, test } from 'node:test';
import manifest from '../../package.json' with { type: 'json' };
import { zipEntries } from '../support/zipEntries.ts';
import type { ZipEntry } from '../support/zipEntries.ts';
import { packagedExtension } from './support/packagedExtension.ts';

// Twice what one looks at in a review, and VS Code's marketplace shows the number.
const mostMegabytes = 3;
// Read by the thread that all extensions share.
const mostExtensionBytes = 800 * 1024;

let vsix: Buffer;
let entries: readonly ZipEntry[];

before(async () => {
  vsix = readFileSync(await packagedExtension());
  entries = zipEntries(vsix);
});

const names = (): readonly string[] =>
  entries.map(({ name }) => name).filter((name) => name.startsWith('extension/'));

test('it holds what the manifest lists, and what VS Code shows about an extension', () => {
  // vsce gives these three names of its own.
  const listed = manifest.files.filter((path) => path !== 'LICENSE');
  const own = ['LICENSE.txt', 'readme.md', 'changelog.md', 'package.json', 'dist/package.json'];
  const expected = [...listed, ...own].map((path) => `extension/${path}`);
  assert.deepEqual([...names()].sort(), expected.sort());
  assert.ok(expected.includes(`extension/${manifest.icon}`), 'the icon');
});

test('it holds no sources, tests or maps, and nothing of a kernel', () => {
  const unwanted = /\.(?:ts|mjs|map|c|h|patch|mbox|tgz|vsix)$|(?:^|\/)(?:src|test|node_modules|build)\//;
  assert.deepEqual(
    names().filter((name) => unwanted.test(name)),
    [],
  );
});

test('it is small, and so is what the extension host has to read', () => {
  const megabytes = vsix.length / 1024 / 1024;
  assert.ok(megabytes < mostMegabytes, `the .vsix has ${megabytes.toFixed(2)} MB`);
  for (const bundle of [manifest.main, manifest.browser]) {
    const bytes = entries.find(({ name }) => name === `extension/${bundle.replace('./', '')}`)?.bytes;
    assert.ok(bytes !== undefined && bytes < mostExtensionBytes, `${bundle} has ${bytes} bytes`);
  }
});
