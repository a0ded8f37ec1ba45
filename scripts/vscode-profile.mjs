// @ts-check
// vscode-profile.mjs
// A profile folder for one private VS Code, and the code-server that runs in it. Whatever the server writes
// (settings, extensions, logs, sockets) stays in that folder and in a short one for its sockets.

import { execFile, spawn } from 'node:child_process';
import {
  createWriteStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { SetupError } from './project.mjs';

/** @typedef {import('./vscode-server.mjs').CodeServer} CodeServer */

/**
 * @typedef {object} Profile
 * @property {string} folder
 * @property {string} data the server's user data
 * @property {string} extensions
 * @property {string} home in place of the user's home folder
 * @property {string} config
 */

/**
 * @typedef {object} RunningServer
 * @property {string} url
 * @property {number} processGroup
 * @property {Promise<void>} exited
 * @property {() => Promise<void>} stop
 */

/** Settings that keep the workbench quiet and offline. */
const quietSettings = {
  'workbench.startupEditor': 'none',
  'workbench.enableExperiments': false,
  'workbench.tips.enabled': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  // In a browser VS Code saves after a delay by default: a stray key would change a kernel tree.
  'files.autoSave': 'off',
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'chat.disableAIFeatures': true,
  // A Debian kernel tree is no git repository, and one further up is none of our business.
  'git.openRepositoryInParentFolders': 'never',
};

/**
 * @param {string} folder
 * @param {Readonly<Record<string, unknown>>} settings
 * @returns {Profile}
 */
export function createProfile(folder, settings) {
  const profile = {
    folder,
    data: join(folder, 'data'),
    extensions: join(folder, 'extensions'),
    home: join(folder, 'home'),
    config: join(folder, 'config.yaml'),
  };
  const user = join(profile.data, 'User');
  for (const path of [user, profile.extensions, profile.home]) mkdirSync(path, { recursive: true });
  const settingsFile = join(user, 'settings.json');
  // In a profile that is kept, somebody may have changed them.
  if (!existsSync(settingsFile)) {
    writeFileSync(settingsFile, JSON.stringify({ ...quietSettings, ...settings }, null, 2));
  }
  writeFileSync(profile.config, 'auth: none\n');
  return profile;
}

/**
 * @param {CodeServer} codeServer
 * @param {Profile} profile
 * @param {string} vsix
 */
export async function installVsix(codeServer, profile, vsix) {
  const args = [...profileArguments(codeServer, profile), '--install-extension', vsix, '--force'];
  const options = { env: environment(profile, profile.home, {}), timeout: 120_000 };
  try {
    await promisify(execFile)(codeServer.node, args, options);
  } catch (error) {
    throw new SetupError(`VS Code refuses ${vsix}: ${firstErrorLine(error)}`);
  }
}

/**
 * @param {CodeServer} codeServer
 * @param {Profile} profile
 * @param {object} [options]
 * @param {boolean} [options.runsHostTests] lets the page name tests to run in an extension host
 * @param {boolean} [options.asksForTrust] opens folders in Restricted Mode
 * @param {number} [options.port] 0, or none, takes any free one
 * @param {number} [options.idleSeconds] after this time without a page the server ends by itself
 * @param {Readonly<Record<string, string>>} [options.variables] for the server and the Node extension host
 * @returns {Promise<RunningServer>} as soon as the server listens
 */
export async function startCodeServer(codeServer, profile, options = {}) {
  const { runsHostTests = false, asksForTrust = false, port = 0, idleSeconds, variables = {} } = options;
  const known = knownOptions(codeServer);
  const args = [
    ...profileArguments(codeServer, profile),
    ...['--auth', 'none', '--bind-addr', `127.0.0.1:${port}`],
    ...['--disable-telemetry', '--disable-update-check', '--disable-getting-started-override'],
    ...(asksForTrust ? [] : ['--disable-workspace-trust']),
    // A release build runs the tests that a page names only with this switch; older releases always do.
    ...(runsHostTests && known('vscode-option') ? ['--vscode-option', 'enable-smoke-test-driver'] : []),
    ...(idleSeconds && known('idle-timeout-seconds') ? ['--idle-timeout-seconds', `${idleSeconds}`] : []),
  ];
  // The path of a socket may have 107 characters, and a profile in somebody's cache folder may be deep.
  const sockets = mkdtempSync(join(tmpdir(), 'hw-'));
  const child = spawn(codeServer.node, args, {
    env: environment(profile, sockets, variables),
    stdio: ['ignore', 'pipe', 'pipe'],
    // The server starts processes of its own; as the leader of a group it can be ended with all of them.
    detached: true,
  });
  const log = createWriteStream(join(profile.folder, 'server.log'));
  child.stdout.pipe(log);
  child.stderr.pipe(log);

  /** @type {Promise<void>} */
  const exited = new Promise((resolve) => child.once('close', () => resolve()));
  const processGroup = child.pid ?? 0;
  const stop = async () => {
    await endGroup(processGroup, exited);
    rmSync(sockets, { recursive: true, force: true });
  };
  try {
    return { url: await listeningAddress(child), processGroup, exited, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/**
 * @param {CodeServer} codeServer
 * @param {Profile} profile
 */
function profileArguments(codeServer, profile) {
  const places = ['--user-data-dir', profile.data, '--extensions-dir', profile.extensions];
  return [codeServer.entry, '--config', profile.config, ...places];
}

/**
 * @param {CodeServer} codeServer
 * @returns {(option: string) => boolean} whether this release of code-server has the option
 */
function knownOptions(codeServer) {
  const source = readFileSync(join(codeServer.entry, '../cli.js'), 'utf8');
  return (option) => source.includes(`"${option}"`);
}

/**
 * @param {Profile} profile
 * @param {string} sockets
 * @param {Readonly<Record<string, string>>} variables
 */
function environment(profile, sockets, variables) {
  return {
    PATH: process.env['PATH'],
    LANG: 'C.UTF-8',
    HOME: profile.home,
    TMPDIR: sockets,
    XDG_RUNTIME_DIR: sockets,
    // Without a gallery the workbench has no marketplace to ask.
    EXTENSIONS_GALLERY: '{"serviceUrl":""}',
    ...variables,
  };
}

/**
 * @param {import('node:child_process').ChildProcessByStdio<null, import('node:stream').Readable, import('node:stream').Readable>} child
 * @returns {Promise<string>}
 */
function listeningAddress(child) {
  return new Promise((resolve, reject) => {
    let text = '';
    const fail = (/** @type {string} */ what) =>
      reject(new SetupError(`code-server ${what}:\n${text.trim()}`));
    const timer = setTimeout(() => fail('did not listen within 60 s'), 60_000);
    const read = (/** @type {Buffer} */ chunk) => {
      text += chunk.toString('utf8');
      const url = /listening on (http:\/\/127\.0\.0\.1:\d+)/.exec(text)?.[1];
      if (url === undefined) return;
      clearTimeout(timer);
      resolve(url);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('error', (error) => fail(`does not start (${error.message})`));
    child.once('exit', (status) => {
      clearTimeout(timer);
      fail(`ended with status ${status}`);
    });
  });
}

/**
 * @param {number} processGroup
 * @param {Promise<void>} exited
 */
async function endGroup(processGroup, exited) {
  if (processGroup === 0) return;
  signalGroup(processGroup, 'SIGTERM');
  const late = setTimeout(() => signalGroup(processGroup, 'SIGKILL'), 5_000);
  await exited;
  clearTimeout(late);
}

/**
 * @param {number} processGroup
 * @param {NodeJS.Signals} signal
 */
function signalGroup(processGroup, signal) {
  try {
    process.kill(-processGroup, signal);
  } catch {
    // The group is gone already, which is all we want.
  }
}

/** @param {unknown} error */
function firstErrorLine(error) {
  const text = error instanceof Error ? error.message : String(error);
  return (
    text
      .split('\n')
      .slice(1)
      .find((line) => line.trim() !== '') ?? text
  );
}
