// packages.test.ts
// The versions and packages that package.json names: the oldest ones that are promised are those that are checked
// against, and every package has its reason.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { inProject } from '../../scripts/project.mjs';
import { manifest, manifestText } from './manifest.ts';

test('the code is checked against the oldest versions that the manifest promises', () => {
  assert.equal(manifest.engines.vscode, `^${manifest.devDependencies['@types/vscode']}`);
  const [major] = /\d+/.exec(manifest.engines.node) ?? [];
  assert.ok(manifest.devDependencies['@types/node']?.startsWith(`${major}.`));
  assert.equal(manifest.license, 'MIT');
});

test('packages are pinned, bundled, and each has its reason in ARCHITECTURE.md', () => {
  assert.ok(!('dependencies' in (JSON.parse(manifestText) as object)), 'what ships is bundled');
  const architecture = readFileSync(inProject('ARCHITECTURE.md'), 'utf8');
  for (const [name, version] of Object.entries(manifest.devDependencies)) {
    assert.match(version, /^\d+\.\d+\.\d+$/, name);
    assert.ok(architecture.includes(`\`${name}\``), `${name} in ARCHITECTURE.md`);
  }
});

test('nothing needs the install scripts that .npmrc switches off', () => {
  const hooks = Object.keys(manifest.scripts).filter((name) => /^(?:pre|post|install$)/.test(name));
  assert.deepEqual(hooks, []);
});
