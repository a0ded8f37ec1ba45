// @ts-check
// package.mjs
// Writes dist/holdwait.vsix: the extension with its bundles, which hold the command line too. What goes in is listed
// under "files" in package.json, for npm as well. No network, no install scripts.

import { stat } from 'node:fs/promises';
import { SetupError, inProject, run, runProgram } from './project.mjs';
import { ensureDependencies } from './setup.mjs';

await runProgram(async () => {
  await ensureDependencies({ log: (line) => console.error(line) });
  const { build } = await import('./build.mjs');
  await build({ minify: true });

  const vsix = inProject('dist/holdwait.vsix');
  // Everything is bundled, so no dependency is collected; links in the README stay as they are.
  const options = ['--no-dependencies', '--allow-missing-repository', '--no-rewrite-relative-links'];
  const { status, output } = await run(
    inProject('node_modules/.bin/vsce'),
    ['package', ...options, '--out', vsix],
    { capture: true },
  );
  if (status !== 0) throw new SetupError(`vsce could not package the extension:\n${output.trimEnd()}`);
  const { size } = await stat(vsix);
  console.log(`dist/holdwait.vsix ${Math.round(size / 1024)} kB`);
});
