// bundles.test.ts
// The bundles in dist/, as they ship: complete, runnable where they are meant to run, and without a way to the network.

import assert from 'node:assert/strict';
import { constants, accessSync, readFileSync, readdirSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { test } from 'node:test';
import manifest from '../../package.json' with { type: 'json' };
import { inProject } from '../../scripts/project.mjs';

const expected = manifest.files
  .filter((path) => path.startsWith('dist/'))
  .map((path) => path.slice('dist/'.length));

test('everything in dist/ ships, but for source maps and packages', () => {
  const found = readdirSync(inProject('dist'), { recursive: true, encoding: 'utf8' });
  assert.deepEqual(found.filter((name) => /\.(?:c?js|css|wasm)$/.test(name)).sort(), [...expected].sort());
});

test('the command line can be executed', () => {
  accessSync(inProject('dist/cli.js'), constants.X_OK);
  assert.match(readBundle('cli.js'), /^#!\/usr\/bin\/env node\n/);
});

for (const name of expected.filter((file) => /\.c?js$/.test(file))) {
  test(`${name} imports no module that reaches the network`, () => {
    const client = /^(?:node:)?(?:http|https|http2|net|tls|dgram|dns|inspector|undici)(?:\/|$)/;
    assert.deepEqual(
      importsOf(name).filter((module) => client.test(module)),
      [],
    );
  });
}

// The core of web-tree-sitter asks for these, and only after it has found that it runs on Node.
const onlyOnNode = ['fs', 'path', 'url'];

for (const name of ['extension.browser.js', 'server.browser.js', 'webview/chains.js', 'webview/cycle.js']) {
  test(`${name} imports no module of Node`, () => {
    const isNodeModule = (module: string): boolean =>
      module.startsWith('node:') || builtinModules.includes(module.replace(/\/.*/, ''));
    const wanted = importsOf(name).filter(isNodeModule);
    assert.deepEqual(
      wanted.filter((module) => !onlyOnNode.includes(module)),
      [],
    );
  });
}

/** What a bundle leaves to be loaded when it runs. */
function importsOf(name: string): readonly string[] {
  const pattern = /(?:\brequire\d*\(|\bimport\(|\bfrom\s*|\bimport\s*)["'`]([\w@:/.-]+)["'`]/g;
  return [...new Set([...readBundle(name).matchAll(pattern)].map((match) => match[1] ?? ''))].sort();
}

const readBundle = (name: string): string => readFileSync(inProject('dist', name), 'utf8');
