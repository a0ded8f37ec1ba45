// bundledFiles.ts
// Where the files that ship with a bundle are: beside it in dist/.

import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The full path; `undefined` if the file is not there, as with bundles that were made for a test and not for dist/. */
export function bundledFile(name: string): string | undefined {
  let folder = dirname(fileURLToPath(import.meta.url));
  const beside = join(folder, name);
  if (existsSync(beside)) return beside;
  // A bundle outside dist/ (tests, benches): the dist/ of the project around it.
  for (let parent = dirname(folder); parent !== folder; parent = dirname(folder)) {
    const inDist = join(folder, 'dist', name);
    if (existsSync(inDist)) return inDist;
    folder = parent;
  }
  return undefined;
}
