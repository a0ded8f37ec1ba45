// surroundings.ts
// Where the tests find the programs and trees that they do not bring themselves. The test run sets them up
// first and names them in the environment.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { SetupError } from '../../../scripts/project.mjs';
import { cacheFolder } from '../../../scripts/vscode-server.mjs';
import type { CodeServer } from '../../../scripts/vscode-server.mjs';

/** `oldest` is the lowest VS Code that package.json promises to work with. */
export type Release = 'current' | 'oldest';

export function installedCodeServer(release: Release): CodeServer {
  switch (release) {
    case 'current':
      return {
        node: fromEnvironment('HOLDWAIT_CODE_SERVER_NODE'),
        entry: fromEnvironment('HOLDWAIT_CODE_SERVER_ENTRY'),
      };
    case 'oldest':
      return {
        node: fromEnvironment('HOLDWAIT_CODE_SERVER_OLDEST_NODE'),
        entry: fromEnvironment('HOLDWAIT_CODE_SERVER_OLDEST_ENTRY'),
      };
  }
}

export function chromiumProgram(): string {
  return fromEnvironment('CHROMIUM');
}

export function kernelTree(version: '6.1' | '6.12'): string {
  const kernels = process.env['HOLDWAIT_KERNELS'] ?? join(cacheFolder(), 'kernels');
  const tree = join(kernels, `linux-source-${version}`);
  if (existsSync(join(tree, 'Kconfig'))) return tree;
  throw new SetupError(`no kernel tree in ${tree}; start the tests by "npm test", which fetches it`);
}

function fromEnvironment(name: string): string {
  const value = process.env[name];
  if (value !== undefined && value !== '') return value;
  throw new SetupError(`${name} is not set; start the tests by "npm test -- vscode", which sets it`);
}
