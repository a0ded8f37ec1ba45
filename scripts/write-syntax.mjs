// @ts-check
// write-syntax.mjs
// Writes syntaxes/holdwait-c.injection.json. Run it when the kernel tables have changed; a test compares.

import { rm, writeFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import * as esbuild from 'esbuild';
import { inProject, runProgram } from './project.mjs';
import { makeInjection } from './syntax-grammar.mjs';

await runProgram(main);

async function main() {
  const bundle = inProject(`build/kernel-tables-${process.pid}.mjs`);
  await esbuild.build({
    entryPoints: [inProject('src/kernel/knowledge.ts')],
    outfile: bundle,
    bundle: true,
    platform: 'node',
    format: 'esm',
  });
  try {
    const tables = /** @type {{ readonly primitives: Parameters<typeof makeInjection>[0] }} */ (
      await import(pathToFileURL(bundle).href)
    );
    const text = `${JSON.stringify(makeInjection(tables.primitives), undefined, 2)}\n`;
    await writeFile(inProject('syntaxes/holdwait-c.injection.json'), text);
  } finally {
    await rm(bundle);
  }
}
