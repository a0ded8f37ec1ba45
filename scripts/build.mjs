// @ts-check
// build.mjs
// Bundles everything that ships into dist/: the command line, the server and its worker, the extension for both
// extension hosts, and the webview. `--watch` rebuilds on change, `--minify` is for the package.

import { createHash } from 'node:crypto';
import { chmod, copyFile, mkdir, readFile, readdir, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { createRequire } from 'node:module';
import * as esbuild from 'esbuild';
import { SetupError, inProject, isProgram, projectRoot, runProgram } from './project.mjs';

// Some packages are CommonJS and call `require` of Node's own modules; an ES module has none unless it is made.
const requireForEsModule =
  "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);";

/** @type {esbuild.BuildOptions} */
const nodeModule = { platform: 'node', format: 'esm', target: 'node20', banner: { js: requireForEsModule } };

/** @type {esbuild.BuildOptions} */
const browserScript = { platform: 'browser', format: 'iife', target: 'es2022' };

/** @type {readonly { readonly entry: string; readonly out: string; readonly options: esbuild.BuildOptions }[]} */
const bundles = [
  {
    entry: 'src/cli/main.ts',
    out: 'dist/cli.js',
    options: { ...nodeModule, banner: { js: `#!/usr/bin/env node\n${requireForEsModule}` } },
  },
  { entry: 'src/server/node.ts', out: 'dist/server.js', options: nodeModule },
  { entry: 'src/hosts/node/worker.ts', out: 'dist/worker.js', options: nodeModule },
  { entry: 'src/cli/unitWorker.ts', out: 'dist/unitWorker.js', options: nodeModule },
  {
    entry: 'extension/extension.ts',
    out: 'dist/extension.cjs',
    options: { platform: 'node', format: 'cjs', target: 'node20', external: ['vscode'] },
  },
  {
    // The browser extension host fetches this file and runs it as CommonJS, whatever the nearest package.json says.
    entry: 'extension/browser.ts',
    out: 'dist/extension.browser.js',
    options: { platform: 'browser', format: 'cjs', target: 'es2022', external: ['vscode'] },
  },
  { entry: 'src/server/web.ts', out: 'dist/server.browser.js', options: browserScript },
  { entry: 'media/chains.ts', out: 'dist/webview/chains.js', options: browserScript },
  { entry: 'media/cycle.ts', out: 'dist/webview/cycle.js', options: browserScript },
];

/**
 * Builds dist/ and returns one line that says how large the bundles are.
 * @param {{ readonly minify?: boolean }} [settings]
 */
export async function build(settings = {}) {
  const id = await sourcesId();
  const built = await Promise.allSettled(
    bundles.map((bundle) => esbuild.build(optionsOf(bundle, settings, id))),
  );
  // esbuild has said what is wrong, and where.
  if (built.some(({ status }) => status === 'rejected')) throw new SetupError('the build failed, see above');
  for (const file of ['dist/extension.cjs', 'dist/extension.browser.js']) await shareVscode(inProject(file));
  await copyAssets();
  return describe(bundles.map(({ out }) => out));
}

/**
 * Each of our files would make a copy of VS Code's interface, getter by getter, which takes 10 ms when the extension is
 * loaded. None of them needs more than the thing itself. Nothing moves, so that the source maps stay true.
 * @param {string} file
 */
async function shareVscode(file) {
  const text = await readFile(file, 'utf8');
  const copy = /__toESM\(require\("vscode"\), ?1\)/g;
  const shared = text.replace(copy, (all) => 'require("vscode")'.padEnd(all.length));
  if (shared === text)
    throw new SetupError(`${file} no longer copies "vscode" the way that this build undoes`);
  await writeFile(file, shared);
}

/** What one build worked out, another one that reads kernels otherwise must not take over. */
async function sourcesId() {
  const hash = createHash('sha1');
  const entries = await readdir(inProject('src'), { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
  for (const file of files.sort()) hash.update(await readFile(file));
  return hash.digest('hex').slice(0, 16);
}

async function watch() {
  for (const bundle of bundles) {
    const context = await esbuild.context({ ...optionsOf(bundle, {}, ''), logLevel: 'info' });
    await context.rebuild();
    await context.watch();
  }
  await copyAssets();
}

/**
 * @param {(typeof bundles)[number]} bundle
 * @param {{ readonly minify?: boolean }} settings
 * @param {string} id
 * @returns {esbuild.BuildOptions}
 */
function optionsOf({ entry, out, options }, settings, id) {
  return {
    ...options,
    absWorkingDir: projectRoot,
    entryPoints: [entry],
    outfile: out,
    bundle: true,
    sourcemap: true,
    sourcesContent: !settings.minify,
    // Names stay, so that a stack in a bug report can be read. Short ones would take a third off extension.cjs, and
    // load no sooner: 63 ms of processor time for all of it with names, 71 without, 80 with names put back as it runs.
    minifySyntax: settings.minify ?? false,
    minifyWhitespace: settings.minify ?? false,
    legalComments: 'none',
    define: { HOLDWAIT_BUILD: JSON.stringify(id) },
    alias: { net: inProject('scripts/no-network.mjs'), 'node:net': inProject('scripts/no-network.mjs') },
    logLevel: 'warning',
    // web-tree-sitter reads import.meta.url, which a script has not; it is told where its file is instead.
    logOverride: { 'empty-import-meta': 'silent' },
  };
}

/** The two WASM files are read at run time from beside the bundle, and the webview's styles are linked as they are. */
async function copyAssets() {
  const { resolve } = createRequire(import.meta.url);
  await mkdir(inProject('dist/webview'), { recursive: true });
  for (const file of ['web-tree-sitter/web-tree-sitter.wasm', 'tree-sitter-c/tree-sitter-c.wasm']) {
    await copyFile(resolve(file), inProject('dist', basename(file)));
  }
  for (const file of await readdir(inProject('media'))) {
    if (file.endsWith('.css')) await copyFile(inProject('media', file), inProject('dist/webview', file));
  }
  await chmod(inProject('dist/cli.js'), 0o755);
}

/** @param {readonly string[]} files */
async function describe(files) {
  const sizes = await Promise.all(
    files.map(async (file) => {
      const { size } = await stat(inProject(file));
      return `${basename(file)} ${Math.round(size / 1024)} kB`;
    }),
  );
  return `dist: ${sizes.join(', ')}`;
}

if (isProgram(import.meta.url)) {
  await runProgram(async () => {
    if (process.argv.includes('--watch')) return watch();
    console.log(await build({ minify: process.argv.includes('--minify') }));
  });
}
