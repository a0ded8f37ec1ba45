// @ts-check
// debian-packages.mjs
// Makes sure that programs from Debian packages are there: installs them when we are root, and otherwise
// says in one line which packages to install. Only Node built-ins: this runs before `npm ci`.

import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { SetupError, run } from './project.mjs';

/** @typedef {(line: string) => void} Log */

/**
 * @param {{ programs: Readonly<Record<string, string>>, purpose: string, log: Log }} wanted
 *   `programs` maps the name of a program to the Debian package that holds it.
 */
export async function ensurePrograms({ programs, purpose, log }) {
  const missing = Object.keys(programs).filter((program) => findProgram(program) === undefined);
  if (missing.length === 0) return;
  const packages = [...new Set(missing.map((program) => /** @type {string} */ (programs[program])))];
  const command = `apt-get install ${packages.join(' ')}`;
  if (process.getuid?.() !== 0 || findProgram('apt-get') === undefined) {
    throw new SetupError(
      `${purpose} needs ${missing.join(', ')}; install the Debian packages first: ${command}`,
    );
  }

  log(`installing Debian packages for ${purpose}: ${packages.join(' ')}`);
  await runAptGet(['update'], command);
  await runAptGet(['install', '--yes', '--no-install-recommends', ...packages], command);
  const stillMissing = missing.filter((program) => findProgram(program) === undefined);
  if (stillMissing.length > 0) {
    throw new SetupError(`${purpose} needs ${stillMissing.join(', ')}, and "${command}" did not bring it`);
  }
}

/**
 * Looks for an executable in PATH.
 * @param {string} program
 * @returns {string | undefined} its full path
 */
export function findProgram(program) {
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    const path = join(folder, program);
    if (folder !== '' && isExecutable(path)) return path;
  }
  return undefined;
}

/** @param {string} path */
export function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * @param {readonly string[]} args
 * @param {string} command what to propose when it fails
 */
async function runAptGet(args, command) {
  const { status, output } = await run('apt-get', ['--quiet=2', ...args], {
    capture: true,
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  if (status === 0) return;
  const complaint = /^E: .*$/m.exec(output)?.[0] ?? `exit status ${status}`;
  throw new SetupError(`apt-get ${args[0]} failed (${complaint}); run "${command}" by hand, then try again`);
}
