// manifest.test.ts
// What package.json promises against what the code does: commands, settings, files, versions, and the reason for
// every package.

import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { projectRoot } from '../../scripts/project.mjs';
import manifest from '../../package.json' with { type: 'json' };
import { sourceFilesIn } from './sources.ts';

const { commands, configuration, grammars, menus } = manifest.contributes;
const extensionText = textOf('extension');
const contextKey = /holdwait\.\w+/g;

test('every command is told from the commands of others by its category', () => {
  for (const { command, title, category } of commands) {
    assert.match(command, /^holdwait\.[a-z]\w*$/);
    assert.equal(category, 'Holdwait', command);
    assert.match(title, /^[A-Z][A-Za-z ]+$/, command);
  }
});

test('every command is registered by the extension, and the other way round', () => {
  const registered = extensionText.matchAll(/\bregister(?:Command)?\(\s*['"`](?:holdwait\.)?(\w+)['"`]/g);
  assert.deepEqual(
    sorted([...registered].map((match) => `holdwait.${match[1]}`)),
    sorted(commands.map(({ command }) => command)),
  );
});

test('every command has its place in the palette', () => {
  assert.deepEqual(
    sorted(menus.commandPalette.map(({ command }) => command)),
    sorted(commands.map(({ command }) => command)),
  );
});

test('menus offer only commands that exist', () => {
  const known = new Set(commands.map(({ command }) => command));
  const offered = Object.values(menus).flat();
  assert.deepEqual(
    offered.filter(({ command }) => !known.has(command)),
    [],
  );
});

test('every context key in a condition is set by the extension', () => {
  const conditions = [
    ...Object.values(menus)
      .flat()
      .map(({ when }) => when),
    ...commands.map(enablementOf),
  ];
  const used = new Set(conditions.flatMap((condition) => condition.match(contextKey) ?? []));
  assert.deepEqual(
    [...used].filter((key) => !extensionText.includes(`'${key}'`)),
    [],
  );
});

test('every setting is described, has a default, and is read by the extension and by the server', () => {
  const serverText = textOf('src/server');
  for (const [key, setting] of Object.entries(configuration.properties)) {
    const path = key.replace(/^holdwait\./, '');
    assert.notEqual(path, key, `${key} begins with holdwait.`);
    assert.ok(setting.markdownDescription.endsWith('.'), `${key} is described in a sentence`);
    assert.ok('default' in setting, `${key} has a default`);
    assert.ok(extensionText.includes(`'${path}'`), `extension/ reads ${key}`);
    assert.ok(serverText.includes(`'${path}'`), `src/server reads ${key}`);
  }
});

test('files that the manifest names exist', () => {
  const named = [manifest.main, manifest.browser, manifest.icon, manifest.bin.holdwait];
  const paths = [...named, ...grammars.map(({ path }) => path), 'LICENSE'];
  assert.deepEqual(
    paths.filter((path) => !existsSync(join(projectRoot, path))),
    [],
  );
});

test('the extension is activated by C files and by kernel trees, and not by everything', () => {
  assert.ok(manifest.activationEvents.includes('onLanguage:c'));
  assert.ok(manifest.activationEvents.some((event) => event.startsWith('workspaceContains:')));
  assert.ok(!manifest.activationEvents.includes('*'));
});

test('the code is checked against the oldest versions that the manifest promises', () => {
  assert.equal(manifest.engines.vscode, `^${manifest.devDependencies['@types/vscode']}`);
  const [major] = /\d+/.exec(manifest.engines.node) ?? [];
  assert.ok(manifest.devDependencies['@types/node'].startsWith(`${major}.`));
  assert.equal(manifest.license, 'MIT');
});

test('packages are pinned, bundled, and each has its reason in ARCHITECTURE.md', () => {
  assert.ok(!('dependencies' in manifest), 'what ships is bundled');
  const architecture = readIfThere('ARCHITECTURE.md');
  for (const [name, version] of Object.entries(manifest.devDependencies)) {
    assert.match(version, /^\d+\.\d+\.\d+$/, name);
    if (architecture !== undefined)
      assert.ok(architecture.includes(`\`${name}\``), `${name} in ARCHITECTURE.md`);
  }
});

test('nothing needs the install scripts that .npmrc switches off', () => {
  const hooks = Object.keys(manifest.scripts).filter((name) => /^(?:pre|post|install$)/.test(name));
  assert.deepEqual(hooks, []);
});

const sorted = (names: readonly string[]): readonly string[] => [...names].sort();

const enablementOf = (command: (typeof commands)[number]): string =>
  'enablement' in command ? (command.enablement ?? '') : '';

function textOf(folder: string): string {
  return sourceFilesIn(folder)
    .map(({ text }) => text)
    .join('\n');
}

function readIfThere(path: string): string | undefined {
  return existsSync(join(projectRoot, path)) ? readFileSync(join(projectRoot, path), 'utf8') : undefined;
}
