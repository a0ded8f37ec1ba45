// @ts-check
// debian-archive.mjs
// Fetches one Debian package without installing it, checked against the archive's own checksum. Needs no root: where
// the machine's package lists do not know the package, lists of Debian 12 are fetched into a folder of ours.

import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { findProgram } from './debian-packages.mjs';
import { SetupError, run } from './project.mjs';

/**
 * @typedef {object} DebianPackage
 * @property {string} name
 * @property {string} version
 * @property {number} size
 * @property {string} sha256
 *
 * @typedef {object} Archive Where to ask for a package.
 * @property {string} title As it stands in a message.
 * @property {(folder: string) => Promise<readonly string[]>} prepare Gives the options for apt.
 */

const keyring = '/usr/share/keyrings/debian-archive-keyring.gpg';

/** Debian 12 holds both kernels that the tests read; later releases have dropped the older one. */
const debian12 = [
  `deb [signed-by=${keyring}] http://deb.debian.org/debian bookworm main`,
  `deb [signed-by=${keyring}] http://deb.debian.org/debian-security bookworm-security main`,
];

/** @type {readonly Archive[]} */
const archives = [
  { title: "this machine's package lists", prepare: async () => [] },
  { title: 'the lists of Debian 12', prepare: fetchListsOfDebian12 },
];

/**
 * A file that is there already and whole is used as it is; apt continues one that is not.
 * @param {string} name
 * @param {string} folder For this package alone.
 * @param {(file: string, found: DebianPackage) => void} onDownload Called before a download begins.
 * @returns {Promise<{ readonly file: string; readonly found: DebianPackage }>}
 */
export async function fetchPackage(name, folder, onDownload) {
  if (findProgram('apt-get') === undefined || findProgram('dpkg-deb') === undefined) {
    throw new SetupError(
      `${name} comes from the Debian archive, and this machine has no apt-get and dpkg-deb`,
    );
  }
  await mkdir(folder, { recursive: true });
  /** @type {string[]} */
  const complaints = [];
  for (const archive of archives) {
    try {
      const options = await archive.prepare(folder);
      const found = await findPackage(name, options);
      const file = join(folder, `${name}_${found.version.replaceAll(':', '%3a')}.deb`);
      if (!(await isWhole(file, found))) {
        onDownload(file, found);
        await download(found, file, options);
      }
      return { file, found };
    } catch (error) {
      if (!(error instanceof SetupError)) throw error;
      complaints.push(`${archive.title} ${error.message}`);
    }
  }
  throw new SetupError(
    `could not fetch the Debian package ${name}: ${complaints.join('; ')}; run this again when the archive can be reached`,
  );
}

/**
 * @param {string} folder
 * @returns {Promise<readonly string[]>}
 */
async function fetchListsOfDebian12(folder) {
  const state = join(folder, 'apt');
  await mkdir(join(state, 'lists/partial'), { recursive: true });
  await mkdir(join(state, 'archives/partial'), { recursive: true });
  const sources = join(state, 'sources.list');
  await writeFile(sources, `${debian12.join('\n')}\n`);
  const options = [
    `Dir::Etc::SourceList=${sources}`,
    'Dir::Etc::SourceParts=/dev/null',
    `Dir::State::Lists=${join(state, 'lists')}`,
    `Dir::Cache=${state}`,
    'Acquire::Languages=none',
    // Without it, lists that could not be fetched are only a warning.
    'APT::Update::Error-Mode=any',
  ].flatMap((option) => ['-o', option]);
  const { status, output } = await run('apt-get', [...options, '--quiet=2', 'update'], { capture: true });
  if (status === 0) return options;
  throw new SetupError(
    `did not answer (${complaintIn(output)}; it takes http://deb.debian.org and the package debian-archive-keyring)`,
  );
}

/**
 * @param {string} name
 * @param {readonly string[]} options
 * @returns {Promise<DebianPackage>}
 */
async function findPackage(name, options) {
  const shown = await run('apt-cache', [...options, 'show', '--no-all-versions', name], { capture: true });
  const field = (/** @type {string} */ key) => new RegExp(`^${key}: (.*)$`, 'm').exec(shown.output)?.[1];
  const version = field('Version');
  const sha256 = field('SHA256');
  const size = Number(field('Size'));
  if (shown.status !== 0 || version === undefined || sha256 === undefined || !(size > 0)) {
    throw new SetupError('do not know it');
  }
  return { name, version, size, sha256 };
}

/**
 * @param {DebianPackage} found
 * @param {string} file
 * @param {readonly string[]} options
 */
async function download(found, file, options) {
  const folder = join(file, '..');
  const { status, output } = await run(
    'apt-get',
    // As root, apt would change to a user that may not write here, and warn that it did not.
    [...options, '-o', 'APT::Sandbox::User=root', '--quiet=2', 'download', `${found.name}=${found.version}`],
    { capture: true, cwd: folder },
  );
  if (status !== 0) throw new SetupError(`gave no whole download (${complaintIn(output)})`);
  await rename(partialFile(file), file);
  if (await isWhole(file, found)) return;
  await rm(file, { force: true });
  throw new SetupError(`gave ${basename(file)} with a wrong checksum, so it was removed`);
}

/**
 * apt names the file after the architecture too; under that name it may be incomplete.
 * @param {string} file
 */
export const partialFile = (file) => file.replace(/\.deb$/, '_all.deb');

/**
 * @param {string} file
 * @param {DebianPackage} expected
 */
async function isWhole(file, { size, sha256 }) {
  const there = await stat(file).catch(() => undefined);
  if (there === undefined || there.size !== size) return false;
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(/** @type {Buffer} */ (chunk));
  return hash.digest('hex') === sha256;
}

/** @param {string} output */
function complaintIn(output) {
  return /^E: (.*)$/m.exec(output)?.[1] ?? (output.trim().split('\n').at(-1) || 'no reason given');
}
