// manifest.test.ts
// What package.json promises to VS Code, against what the code does: every command has a handler, a title and a place
// in the palette, every setting is read, every file exists.

import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';

interface Command {
  readonly command: string;
  readonly title: string;
  readonly category: string;
}

interface Manifest {
  readonly icon: string;
  readonly activationEvents: readonly string[];
  readonly contributes: {
    readonly commands: readonly Command[];
    readonly menus: Readonly<Record<string, readonly { readonly command: string; readonly when?: string }[]>>;
    readonly configuration: {
      readonly properties: Readonly<Record<string, { readonly markdownDescription: string }>>;
    };
    readonly grammars: readonly { readonly path: string; readonly scopeName: string }[];
  };
}

const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Manifest;
const { commands, menus, configuration, grammars } = manifest.contributes;
const source = readdirSync('extension')
  .map((file) => readFileSync(`extension/${file}`, 'utf8'))
  .join('\n');

test('every command has our category, a title in capitals and a handler', () => {
  for (const { command, category, title } of commands) {
    assert.equal(category, 'Holdwait', command);
    assert.match(title, /^[A-Z]\w+( [A-Z]\w+)*$/, command);
    const name = command.replace('holdwait.', '');
    assert.ok(
      source.includes(`'${command}'`) || source.includes(`register('${name}'`),
      `${command} has no handler`,
    );
  }
});

test('every command says when it stands in the palette, and no menu names another one', () => {
  const known = new Set(commands.map(({ command }) => command));
  const inPalette = new Set(menus['commandPalette']?.map(({ command }) => command));
  assert.deepEqual(inPalette, known);
  for (const entry of Object.values(menus).flat()) {
    assert.ok(known.has(entry.command), entry.command);
    assert.ok(entry.when !== undefined && entry.when !== '', entry.command);
  }
});

test('every context key of a menu is set somewhere', () => {
  for (const { when } of Object.values(menus).flat()) {
    for (const [key] of when?.replace(/\bview == \S+/g, '').matchAll(/holdwait\.\w+/g) ?? []) {
      assert.ok(source.includes(`'setContext', '${key}'`), `${key} is never set`);
    }
  }
});

test('every setting is described, sent to the server and read there', () => {
  const reader = readFileSync('src/server/settings.ts', 'utf8');
  for (const [name, { markdownDescription }] of Object.entries(configuration.properties)) {
    const key = name.replace('holdwait.', '');
    assert.match(markdownDescription, /\.$/, name);
    assert.ok(source.includes(`'${key}'`), `${name} is not sent`);
    assert.ok(reader.includes(`'${key}'`), `${name} is not read`);
  }
});

test('files that the manifest names are there', () => {
  assert.ok(existsSync(manifest.icon));
  for (const { path, scopeName } of grammars) {
    const grammar = JSON.parse(readFileSync(path, 'utf8')) as { readonly scopeName: string };
    assert.equal(grammar.scopeName, scopeName);
  }
});

test('the panel comes back after a reload', () => {
  assert.ok(manifest.activationEvents.includes('onWebviewPanel:holdwait.chains'));
});
