// layers.test.ts
// Which part may import which. Data flows one way through src/, only src/hosts touches the machine, and nothing
// opens a network connection.

import assert from 'node:assert/strict';
import { builtinModules } from 'node:module';
import { test } from 'node:test';
import { importedPath, importsIn, sourceFilesIn } from './sources.ts';
import type { SourceFile } from './sources.ts';

/** Each folder of src/ may import itself and the folders before it. */
const order = [
  'base',
  'syntax',
  'facts',
  'kernel',
  'index',
  'program',
  'effects',
  'waits',
  'patch',
  'review',
  'engine',
  'report',
  'server',
  'cli',
];

/** Hosts implement interfaces of these folders, and no others. */
const implementedByHosts = ['base', 'syntax', 'facts', 'kernel', 'index'];

/** The server's own thread, and who talks to it. */
const serverThread = ['src/server/analysisThread.ts', 'src/server/threadAnalyst.ts'];

/**
 * Programs and threads start here, so this is where an engine and its host are put together. The command line is all
 * program.
 */
const startingPlaces = ['src/cli/', 'src/server/node.ts', 'src/server/web.ts', ...serverThread];

/** Entry files that run on Node. */
const nodeEntryFiles = ['src/cli/main.ts', 'src/server/node.ts', ...serverThread];

/** Each package is used behind one folder. */
const packageHomes: Readonly<Record<string, readonly string[]>> = {
  'web-tree-sitter': ['src/syntax'],
  // No dependencies: the native engine runs where somebody has installed it.
  'tree-sitter': ['src/hosts/node'],
  'tree-sitter-c': ['src/hosts/node'],
  'vscode-languageserver': ['src/server'],
  'vscode-languageserver-textdocument': ['src/server'],
};

const sources = sourceFilesIn('src');

test('a folder of src/ imports only from folders before it', () => {
  assert.deepEqual(
    sources.flatMap((file) => pathsImportedBy(file).flatMap((path) => wrongDirection(file.path, path))),
    [],
  );
});

test('every folder of src/ has its place in the order', () => {
  const folders = new Set(sources.map(({ path }) => folderOf(path)));
  assert.deepEqual(
    [...folders].filter((folder) => folder !== 'hosts' && !order.includes(folder)),
    [],
  );
});

test('only hosts and the entry files that run on Node import modules of Node', () => {
  const pure = sources.filter(({ path }) => folderOf(path) !== 'hosts' && !nodeEntryFiles.includes(path));
  // The command line resolves the paths that people type, which reads nothing.
  const isComputation = (line: string): boolean => /^src\/cli\/.* imports node:path$/.test(line);
  assert.deepEqual(
    pure.flatMap(nodeModulesOf).filter((line) => !isComputation(line)),
    [],
  );
});

test('the web host imports no module of Node', () => {
  assert.deepEqual(sourceFilesIn('src/hosts/web').flatMap(nodeModulesOf), []);
});

test('src/ imports neither vscode nor the extension', () => {
  const wrong = sources.flatMap((file) => [
    ...file.imports.filter((name) => name === 'vscode').map((name) => `${file.path} imports ${name}`),
    ...pathsImportedBy(file)
      .filter((path) => !path.startsWith('src/') && path !== 'package.json')
      .map((path) => `${file.path} imports ${path}`),
  ]);
  assert.deepEqual(wrong, []);
});

test('src/ uses each package in its own place only', () => {
  const wrong = sources.flatMap((file) =>
    file.imports
      .filter((name) => !name.startsWith('.') && !isNodeModule(name) && !isAtHome(file.path, packageOf(name)))
      .map((name) => `${file.path} imports ${name}`),
  );
  assert.deepEqual(wrong, []);
});

test("the browser's extension reaches no module of Node", () => {
  const reached = everythingReachedFrom([
    'extension/browser.ts',
    'src/server/web.ts',
    'media/chains.ts',
    'media/cycle.ts',
  ]);
  assert.deepEqual(reached.flatMap(nodeModulesOf), []);
});

test('nothing that ships opens a network connection', () => {
  const shipped = [...sources, ...sourceFilesIn('extension'), ...sourceFilesIn('media')];
  const client =
    /(?<![.\w])fetch\s*\(|\b(?:globalThis|self|window)\.fetch\b|\b(?:XMLHttpRequest|WebSocket|EventSource|sendBeacon)\b/;
  const wrong = shipped.flatMap((file) => [
    ...file.imports.filter(isNetworkModule).map((name) => `${file.path} imports ${name}`),
    ...(client.test(file.text) ? [`${file.path} uses ${client.exec(file.text)?.[0]}`] : []),
  ]);
  assert.deepEqual(wrong, []);
});

test('imports are read as they are written', () => {
  const text = [
    "import { a } from './a.ts';",
    'import type {\n  B,\n} from "../b.ts";',
    "export { c } from './c.ts';",
    "import './d.css';",
    "const e = await import('node:fs');",
    "// import { f } from './f.ts';",
    "export const g = 'from';",
  ].join('\n');
  assert.deepEqual(importsIn(text), ['./a.ts', '../b.ts', './c.ts', './d.css', 'node:fs']);
});

function wrongDirection(importer: string, imported: string): readonly string[] {
  const from = folderOf(importer);
  const to = folderOf(imported);
  if (from === to || !imported.startsWith('src/')) return [];
  if (to === 'hosts' && startingPlaces.some((place) => importer.startsWith(place))) return [];
  const allowed = from === 'hosts' ? implementedByHosts : order.slice(0, order.indexOf(from));
  return allowed.includes(to) ? [] : [`${importer} imports ${imported}`];
}

/** `syntax` for `src/syntax/tokens.ts`. */
const folderOf = (path: string): string => path.split('/')[1] ?? '';

function pathsImportedBy(file: SourceFile): readonly string[] {
  return file.imports.flatMap((name) => importedPath(file.path, name) ?? []);
}

function nodeModulesOf(file: SourceFile): readonly string[] {
  return file.imports.filter(isNodeModule).map((name) => `${file.path} imports ${name}`);
}

const isNodeModule = (name: string): boolean => name.startsWith('node:') || builtinModules.includes(name);

const isNetworkModule = (name: string): boolean =>
  ['http', 'https', 'http2', 'net', 'tls', 'dgram', 'dns'].includes(
    name.replace(/^node:/, '').replace(/\/.*/, ''),
  );

/** `vscode-languageserver` for `vscode-languageserver/node`. */
const packageOf = (name: string): string =>
  name
    .split('/')
    .slice(0, name.startsWith('@') ? 2 : 1)
    .join('/');

const isAtHome = (path: string, name: string): boolean =>
  (packageHomes[name] ?? []).some((folder) => path.startsWith(`${folder}/`));

/** The entry files that exist, and every file of the project that they import directly or indirectly. */
function everythingReachedFrom(entries: readonly string[]): readonly SourceFile[] {
  const known = new Map(
    ['src', 'extension', 'media'].flatMap(sourceFilesIn).map((file) => [file.path, file] as const),
  );
  const reached = new Set<SourceFile>();
  const waiting = entries.flatMap((path) => known.get(path) ?? []);
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (reached.has(file)) continue;
    reached.add(file);
    waiting.push(...pathsImportedBy(file).flatMap((path) => known.get(path) ?? []));
  }
  return [...reached];
}
