// @ts-check
// host-tests-build.mjs
// Bundles the tests that run inside VS Code's two extension hosts. VS Code loads a bundle by its path, and
// decides by that path in which host: the tests copy the bundles into the folder of the extension under test.

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as esbuild from 'esbuild';
import { inProject, projectRoot } from './project.mjs';

/** Where the bundles go unless somebody asks for another folder. */
export const hostTestsFolder = inProject('build/host-tests');

/** @param {string} [outDir] */
export async function buildHostTests(outDir = hostTestsFolder) {
  /** @type {esbuild.BuildOptions} */
  const shared = {
    absWorkingDir: projectRoot,
    bundle: true,
    // Mocha assigns to `module.exports` when it sees one, and would take the place of our own export.
    format: 'iife',
    globalName: 'hostTests',
    footer: { js: 'module.exports = hostTests;' },
    external: ['vscode'],
    sourcemap: 'inline',
    logLevel: 'warning',
  };
  await Promise.all([
    esbuild.build({
      ...shared,
      entryPoints: ['test/vscode/host/node.ts'],
      outfile: join(outDir, 'node.js'),
      platform: 'node',
      target: 'node20',
    }),
    esbuild.build({
      ...shared,
      entryPoints: ['test/vscode/host/browser.ts'],
      outfile: join(outDir, 'browser.js'),
      platform: 'browser',
      target: 'es2022',
    }),
  ]);
  // The extension's own package.json may say that its .js files are ES modules; these are not.
  await writeFile(join(outDir, 'package.json'), '{ "type": "commonjs" }\n');
}
