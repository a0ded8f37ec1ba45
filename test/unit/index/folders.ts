// folders.ts
// Folders of C files on disk, and bundles of programs, for tests of the index on this machine.

import { build } from 'esbuild';
import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { TestContext } from 'node:test';
import { inProject } from '../../../scripts/project.mjs';

/** Removed when the test is over. */
export async function temporaryFolder(test: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'holdwait-index-'));
  // An index that is closed only after this may be saving still.
  test.after(() => rm(folder, { recursive: true, force: true, maxRetries: 10 }));
  return folder;
}

export async function writeFiles(
  folder: string,
  files: Readonly<Record<string, string | Uint8Array>>,
): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    const file = join(folder, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, content);
    await utimes(file, 1e9, 1e9);
  }
}

/** C files that call each other in a ring. */
export function ringOfFiles(count: number): Record<string, string> {
  const files: Record<string, string> = {};
  for (let i = 0; i < count; i++) {
    const body = Array.from(
      { length: 40 },
      (_, k) => `\tif (a > ${k})\n\t\treturn f_${(i + k + 1) % count}(a - ${k});\n`,
    );
    files[`d${i % 10}/f${i}.c`] = `int f_${i}(int a)\n{\n${body.join('')}\treturn a;\n}\n`;
  }
  return files;
}

/** The bundle of a program of this folder, made below build/, where packages and dist/ are found. */
export async function bundledProgram(test: TestContext, source: string): Promise<string> {
  const name = `${source.replace(/\W/g, '-')}-${process.pid}.js`;
  const outfile = inProject('build', 'index-tests', name);
  await build({
    entryPoints: [inProject(source)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    logLevel: 'silent',
  });
  test.after(() => rm(outfile, { force: true }));
  return outfile;
}
