// manifest.test.ts
// What package.json promises to VS Code against what the code does: commands, menus, views, files, and when the
// extension is started.

import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { inProject } from '../../scripts/project.mjs';
import { manifest } from './manifest.ts';
import type { MenuEntry } from './manifest.ts';
import { sourceFilesIn } from './sources.ts';

const { commands, menus, views, viewsWelcome, grammars, jsonValidation } = manifest.contributes;
const tools = manifest.contributes.languageModelTools;
const entries = Object.entries(menus).flatMap(([menu, list]) => list.map((entry) => ({ ...entry, menu })));
const extensionText = sourceFilesIn('extension')
  .map(({ text }) => text)
  .join('\n');

test('every command has our category and a title in capitals', () => {
  for (const { command, title, category } of commands) {
    assert.match(command, /^holdwait\.[a-z]\w*$/);
    assert.equal(category, 'Holdwait', command);
    assert.match(title, /^[A-Z]\w*(?: \w+)*…?$/, command);
  }
});

test('every command is registered by the extension, and the other way round', () => {
  const registered = extensionText.matchAll(/\bregister(?:Command)?\(\s*['"`](?:holdwait\.)?(\w+)['"`]/g);
  assert.deepEqual(
    sorted([...registered].map((match) => `holdwait.${match[1]}`)),
    sorted(commands.map(({ command }) => command)),
  );
});

test('every tool for language models is registered, described, and offered where there is a tree', () => {
  const registered = extensionText.matchAll(/\bregisterTool\(\s*'(\w+)'/g);
  assert.deepEqual(
    sorted([...registered].map((match) => match[1] ?? '')),
    sorted(tools.map(({ name }) => name)),
  );
  for (const { name, modelDescription, inputSchema, when } of tools) {
    assert.match(name, /^holdwait_[a-z_]+$/);
    assert.match(modelDescription, /\.$/, name);
    assert.equal(inputSchema.type, 'object', name);
    assert.equal(when, 'holdwait.hasTree', name);
    for (const [key, { description }] of Object.entries(inputSchema.properties))
      assert.match(description, /\.$/, `${name}: ${key}`);
  }
});

test('every command says when it stands in the palette', () => {
  const inPalette = menus['commandPalette'] ?? [];
  assert.deepEqual(
    sorted(inPalette.map(({ command = '' }) => command)),
    sorted(commands.map(({ command }) => command)),
  );
});

test('menus and keys offer only commands that exist, and say when', () => {
  const known = new Set(commands.map(({ command }) => command));
  const submenus = new Set((manifest.contributes.submenus ?? []).map(({ id }) => id));
  const isKnown = ({ command, submenu }: MenuEntry): boolean =>
    command === undefined ? submenus.has(submenu ?? '') : known.has(command);
  for (const entry of [...entries, ...(manifest.contributes.keybindings ?? [])]) {
    assert.ok(isKnown(entry), JSON.stringify(entry));
    assert.ok(entry.when !== undefined && entry.when !== '', `${JSON.stringify(entry)} says when`);
  }
});

test('every command that stands as a button has an icon', () => {
  const buttons = entries.filter(({ menu, group = '' }) => /title$|item\//.test(menu) && isButton(group));
  for (const { command, menu } of buttons) {
    const { icon } = commands.find((known) => known.command === command) ?? {};
    assert.match(icon ?? '', /^\$\([a-z-]+\)$/, `${command} in ${menu}`);
  }
});

test('every context key in a condition is set by the extension', () => {
  const conditions = [
    ...entries.map(({ when }) => when),
    ...commands.map(({ enablement }) => enablement),
    ...Object.values(views)
      .flat()
      .map(({ when }) => when),
    ...viewsWelcome.map(({ when }) => when),
  ];
  // Ids of our own views are compared, not set.
  const ids = new Set(
    Object.values(views)
      .flat()
      .map(({ id }) => id),
  );
  const used = new Set(conditions.flatMap((condition) => condition?.match(/holdwait\.\w+/g) ?? []));
  assert.deepEqual(
    [...used].filter((key) => !ids.has(key) && !extensionText.includes(`'${key}'`)),
    [],
  );
});

test('every view has a name and a welcome, and the extension fills it', () => {
  for (const { id, name } of Object.values(views).flat()) {
    assert.match(name, /^[A-Z]/, id);
    assert.ok(
      viewsWelcome.some(({ view }) => view === id),
      `${id} says something while it is empty (viewsWelcome)`,
    );
    assert.ok(extensionText.includes(`'${id}'`), `extension/ fills ${id}`);
  }
});

test('welcomes belong to views, and link only to commands that exist', () => {
  const ids = Object.values(views)
    .flat()
    .map(({ id }) => id);
  for (const { view, contents } of viewsWelcome) {
    assert.ok(ids.includes(view), view);
    assert.deepEqual(unknownLinks(contents), [], view);
  }
});

test('the walkthrough has three steps, each with a picture, and does not open by itself', () => {
  const [walkthrough, ...more] = manifest.contributes.walkthroughs;
  assert.equal(more.length, 0);
  // VS Code opens the walkthrough of an extension that was just installed, unless a condition does not hold then.
  assert.equal(walkthrough?.when, 'holdwait.isActive');
  assert.ok(extensionText.includes(`'holdwait.holdwait#${walkthrough.id}'`), 'the menu leads to it');
  assert.equal(walkthrough.steps.length, 3);
  for (const { id, description, media, completionEvents } of walkthrough.steps) {
    assert.ok(manifest.files.includes(media.svg), media.svg);
    assert.match(media.altText, /^[A-Z].{20}/, id);
    assert.equal(completionEvents.length, 1, id);
    assert.deepEqual(unknownLinks(description), [], id);
  }
});

test('files that the manifest names exist', () => {
  const containers = Object.values(manifest.contributes.viewsContainers ?? {}).flat();
  const named = [
    ...[manifest.main, manifest.browser, manifest.icon, manifest.l10n, ...Object.values(manifest.bin)],
    ...[...grammars.map(({ path }) => path), ...jsonValidation.map(({ url }) => url)],
    ...containers.map(({ icon }) => icon).filter((icon) => !icon.startsWith('$(')),
    ...manifest.files,
  ];
  assert.deepEqual(
    named.filter((path) => !existsSync(inProject(path))),
    [],
  );
});

test('grammars have the scope that the manifest says', () => {
  for (const { path, scopeName } of grammars) {
    const grammar = JSON.parse(readFileSync(inProject(path), 'utf8')) as { readonly scopeName: string };
    assert.equal(grammar.scopeName, scopeName);
  }
});

// VS Code itself starts an extension for its commands, views, tools and panels that come back.
const narrowEvents = [
  /^onLanguage:(?:c|diff)$/,
  /^workspaceContains:[\w./-]+$/,
  /^onWebviewPanel:holdwait\./,
  /^onFileSystem:holdwait/,
];

test('the extension is started by C, patches and kernel trees, and not by everything', () => {
  const { activationEvents } = manifest;
  assert.ok(activationEvents.includes('onLanguage:c'));
  assert.ok(activationEvents.some((event) => event.startsWith('workspaceContains:')));
  assert.deepEqual(
    activationEvents.filter((event) => !narrowEvents.some((narrow) => narrow.test(event))),
    [],
  );
});

test('the panels come back after a reload', () => {
  for (const [, type = ''] of extensionText.matchAll(/\w*[vV]iewType = '(holdwait\.\w+)'/g))
    assert.ok(manifest.activationEvents.includes(`onWebviewPanel:${type}`), type);
});

test('the manifest says what works without trust and without a disk, and why', () => {
  const { untrustedWorkspaces, virtualWorkspaces } = manifest.capabilities;
  assert.equal(untrustedWorkspaces.supported, true);
  assert.match(untrustedWorkspaces.description ?? '', /^[A-Z].*\.$/);
  assert.equal(virtualWorkspaces.supported, 'limited');
  assert.match(virtualWorkspaces.description ?? '', /^[A-Z].*\.$/);
});

/** Commands in links that are neither ours nor VS Code's. */
function unknownLinks(text: string): readonly string[] {
  const known = new Set(commands.map(({ command }) => command));
  return [...text.matchAll(/\(command:([\w.]+)/g)]
    .map((match) => match[1] ?? '')
    .filter((command) => !known.has(command) && !/^(?:vscode|workbench)\./.test(command));
}

const sorted = (names: readonly string[]): readonly string[] => [...names].sort();

const isButton = (group: string): boolean => /^(?:navigation|inline)/.test(group);
