// @ts-check
// vscode.mjs
// `npm run vscode [folder] [--port N]`: a private VS Code in the browser, with this checkout's extension in it,
// on a kernel tree. Fetches what it needs on first use and keeps its profile in the cache folder.

import { existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureKernel } from './kernels.mjs';
import { inProject, isProgram, run, runProgram, SetupError } from './project.mjs';
import { ensureDependencies } from './setup.mjs';
import { createProfile, installVsix, startCodeServer } from './vscode-profile.mjs';
import { cacheFolder, ensureCodeServer } from './vscode-server.mjs';

const suggestedFile = 'drivers/net/ethernet/mellanox/mlx4/intf.c';
const suggestedLine = 216;

const log = (/** @type {string} */ line) => console.log(line);

/** @param {readonly string[]} args */
async function main(args) {
  const { folder, port } = readArguments(args);
  await ensureDependencies({ log });
  const codeServer = await ensureCodeServer({ version: 'current', log });
  const tree = folder ?? (await ensureKernel('6.1', { log }));
  const vsix = await packageExtension();

  const profile = createProfile(join(cacheFolder(), 'vscode/profile'), {});
  await installVsix(codeServer, profile, vsix);
  // Should this process be killed outright, the server must not stay for ever.
  const server = await startCodeServer(codeServer, profile, { port, idleSeconds: 8 * 3600 });
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.once(signal, () => void server.stop());
  }
  log(describe(server.url, tree));
  await server.exited;
}

/**
 * @param {readonly string[]} args
 * @returns {{ folder: string | undefined, port: number }}
 */
function readArguments(args) {
  const usage = 'usage: npm run vscode -- [folder] [--port N]';
  /** @type {{ values: { port?: string | undefined }, positionals: string[] }} */
  let parsed;
  try {
    parsed = parseArgs({ args: [...args], options: { port: { type: 'string' } }, allowPositionals: true });
  } catch (error) {
    throw new SetupError(`${error instanceof Error ? error.message : String(error)}; ${usage}`);
  }
  const [folder, ...others] = parsed.positionals.map((path) => resolve(path));
  const port = Number(parsed.values.port ?? 0);
  if (others.length > 0 || !Number.isInteger(port) || port < 0 || port > 65535) throw new SetupError(usage);
  if (folder !== undefined && !statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    throw new SetupError(`there is no folder ${folder}; ${usage}`);
  }
  return { folder, port };
}

async function packageExtension() {
  log('packaging the extension');
  const { status, output } = await run(process.execPath, [inProject('scripts/package.mjs')], {
    capture: true,
  });
  if (status !== 0) throw new SetupError(`the extension could not be packaged:\n${output.trimEnd()}`);
  return inProject('dist/holdwait.vsix');
}

/**
 * @param {string} url
 * @param {string} tree
 */
function describe(url, tree) {
  const address = new URL(url);
  address.searchParams.set('folder', tree);
  const lines = ['', `VS Code with Holdwait: ${readable(address)}`];
  if (existsSync(join(tree, suggestedFile))) {
    const file = `vscode-remote://${address.host}${join(tree, suggestedFile)}:${suggestedLine}:1`;
    address.searchParams.set(
      'payload',
      JSON.stringify([
        ['openFile', file],
        ['gotoLineMode', 'true'],
      ]),
    );
    lines.push(
      '',
      `In it, open ${suggestedFile}; the line above mlx4_unregister_device()`,
      'leads to its lock chains. Or go there at once:',
      address.href,
    );
  }
  lines.push('', 'While it runs, every user of this machine can use it. Ctrl-C stops it.', '');
  return lines.join('\n');
}

/** @param {URL} address */
function readable(address) {
  // A browser does not mind the slashes of the folder, and people can read them.
  return address.href.replaceAll('%2F', '/');
}

if (isProgram(import.meta.url)) await runProgram(() => main(process.argv.slice(2)));
