// @ts-check
// typescript.mjs
// Node 20 runs no TypeScript, so what is not a part of dist/ (tests, measurements) is bundled first and then run.
// As a program: node scripts/typescript.mjs FILE [ARGUMENT]...

import { readFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import * as esbuild from 'esbuild';
import { inProject, isProgram, projectRoot, run, runProgram } from './project.mjs';

/**
 * @param {string} file In the project.
 * @param {string} outfile
 */
export async function bundleForNode(file, outfile) {
  await esbuild.build({
    absWorkingDir: projectRoot,
    entryPoints: [file],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    // Only an extension host has it.
    alias: { vscode: inProject('test/support/vscode.ts') },
    sourcemap: true,
    logLevel: 'silent',
    plugins: [sourceAddresses],
  });
}

/**
 * Tests and scripts find files from where they lie themselves, and a bundle lies elsewhere.
 * @type {import('esbuild').Plugin}
 */
const sourceAddresses = {
  name: 'source-addresses',
  setup(build) {
    build.onLoad({ filter: /[\\/](test|scripts)[\\/].*\.(ts|mjs)$/ }, async ({ path }) => {
      if (path.includes('node_modules')) return undefined;
      const text = await readFile(path, 'utf8');
      const address = JSON.stringify(pathToFileURL(path).href);
      return {
        contents: text.replaceAll('import.meta.url', address),
        loader: path.endsWith('.ts') ? 'ts' : 'js',
      };
    });
  },
};

if (isProgram(import.meta.url)) {
  await runProgram(async () => {
    const [file = '', ...words] = process.argv.slice(2);
    const outfile = inProject('build', file.replace(/\.ts$/, '.mjs'));
    await bundleForNode(file, outfile);
    return (await run(process.execPath, ['--enable-source-maps', outfile, ...words])).status;
  });
}
