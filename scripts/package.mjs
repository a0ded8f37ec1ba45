// @ts-check
// package.mjs
// Writes dist/holdwait.vsix: the extension with its bundles, which hold the command line too. What goes in is listed
// under "files" in package.json, for npm as well. No network, no install scripts.

import { cp, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { SetupError, inProject, run, runProgram } from './project.mjs';
import { ensureDependencies } from './setup.mjs';

await runProgram(async () => {
  await ensureDependencies({ log: (line) => console.error(line) });
  const { build } = await import('./build.mjs');
  await build({ minify: true });

  const folder = inProject('build/package');
  await collectFiles(folder);
  const unfinished = inProject('build/holdwait.vsix');
  const vsix = inProject('dist/holdwait.vsix');
  // Everything is bundled, so no dependency is collected; links in the README stay as they are.
  const options = ['--no-dependencies', '--allow-missing-repository', '--no-rewrite-relative-links'];
  const { status, output } = await run(
    inProject('node_modules/.bin/vsce'),
    ['package', ...options, '--out', unfinished],
    { capture: true, cwd: folder },
  );
  if (status !== 0) throw new SetupError(`vsce could not package the extension:\n${output.trimEnd()}`);
  // Whoever installs it meanwhile gets the old one or the new one, and nothing between.
  await rename(unfinished, vsix);
  const { size } = await stat(vsix);
  console.log(`dist/holdwait.vsix ${Math.round(size / 1024)} kB`);
});

/** @typedef {{ type?: string, scripts?: unknown, devDependencies?: unknown, files: readonly string[] }} Manifest */

/**
 * Copies what ships, with a manifest of its own: VS Code takes "type": "module" for a promise that the extension is
 * an ES module, which its browser extension host refuses. The bundles that are ES modules get the mark beside them.
 *
 * @param {string} folder
 */
async function collectFiles(folder) {
  const manifest = /** @type {Manifest} */ (JSON.parse(await readFile(inProject('package.json'), 'utf8')));
  const files = [...new Set([...manifest.files, 'README.md', 'CHANGELOG.md'])];
  await rm(folder, { recursive: true, force: true });
  for (const file of files) {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await cp(inProject(file), join(folder, file));
  }
  await writeFile(join(folder, 'dist/package.json'), '{ "type": "module" }\n');
  const shipped = { ...manifest, files: [...files, 'dist/package.json'] };
  for (const key of /** @type {const} */ (['type', 'scripts', 'devDependencies'])) delete shipped[key];
  await writeFile(join(folder, 'package.json'), `${JSON.stringify(shipped, null, 2)}\n`);
}
