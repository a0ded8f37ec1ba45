// @ts-check
// kernels.mjs
// The kernel trees that the demo and the tests read: Debian's linux-source packages, unpacked once for all checkouts
// into the user's cache folder. Node built-ins only.

import { spawn } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { mkdir, readdir, rename, rm, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fetchPackage, partialFile } from './debian-archive.mjs';
import { ensurePrograms } from './debian-packages.mjs';
import { isRunning, withFolderLock } from './folder-lock.mjs';
import { SetupError, isProgram, runProgram } from './project.mjs';
import { cacheFolder } from './vscode-server.mjs';

/**
 * @typedef {'6.1' | '6.12'} KernelVersion
 * @typedef {(line: string) => void} Log
 */

/** Names the Debian package and version a tree came from; a tree without it was not unpacked to its end. */
const stampName = '.holdwait-source';

// 1.4 GB for the tree, 0.2 GB for the package, and some air.
const neededBytes = 2e9;

/** Trees that somebody has unpacked elsewhere are used as they are. */
export function kernelsFolder() {
  const chosen = process.env['HOLDWAIT_KERNELS'];
  return chosen === undefined || chosen === '' ? join(cacheFolder(), 'kernels') : chosen;
}

/**
 * @param {KernelVersion} version
 * @param {{ readonly log: Log }} options
 * @returns {Promise<string>} The folder of the tree.
 */
export async function ensureKernel(version, { log }) {
  const name = `linux-source-${version}`;
  const kernels = kernelsFolder();
  const tree = join(kernels, name);
  if (isComplete(tree)) return tree;
  if (process.env['HOLDWAIT_KERNELS'] && existsSync(join(tree, 'Makefile'))) return tree;
  await ensurePrograms({ programs: { tar: 'tar', xz: 'xz-utils' }, purpose: `unpacking ${name}`, log });
  await mkdir(kernels, { recursive: true });
  const onWait = () => log(`${name}: another process is unpacking it; waiting for that`);
  await withFolderLock(join(kernels, `.${name}.lock`), onWait, async () => {
    if (!isComplete(tree)) await fetchAndUnpack(name, kernels, log);
  });
  return tree;
}

/** @param {string} tree */
const isComplete = (tree) => existsSync(join(tree, stampName));

/**
 * @param {string} name
 * @param {string} kernels
 * @param {Log} log
 */
async function fetchAndUnpack(name, kernels, log) {
  await removeAbandoned(kernels, name);
  await refuseFullDisk(kernels, name);
  const started = Date.now();
  const downloads = join(kernels, '.download', name);
  /** @type {(() => void) | undefined} */
  let stopProgress;
  const { file, found } = await fetchPackage(name, downloads, (into, { version, size }) => {
    log(`${name}: downloading version ${version}, ${Math.round(size / 1e6)} MB, from the Debian archive`);
    stopProgress = showProgress(`${name}: downloading`, size, () => sizeOf(partialFile(into)));
  }).finally(() => stopProgress?.());

  log(`${name}: unpacking into ${join(kernels, name)}`);
  const unfinished = join(kernels, `.${name}.${process.pid}`);
  try {
    await mkdir(unfinished);
    await unpack(file, name, found.size, unfinished);
    await writeFile(join(unfinished, name, stampName), `${name} ${found.version}\n`);
    await moveIntoPlace(join(unfinished, name), join(kernels, name), unfinished);
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
  await rm(downloads, { recursive: true, force: true });
  log(`${name}: ready after ${Math.round((Date.now() - started) / 1000)} s`);
}

/**
 * The package holds one compressed archive of the tree; both are read as streams, so nothing else is written.
 * @param {string} file
 * @param {string} name
 * @param {number} size
 * @param {string} into
 */
async function unpack(file, name, size, into) {
  const packageFiles = start('dpkg-deb', ['--fsys-tarfile', file]);
  const archive = start('tar', ['--extract', '--to-stdout', `./usr/src/${name}.tar.xz`]);
  const tree = start('tar', ['--extract', '--xz', '--directory', into]);
  let done = 0;
  archive.child.stdout.on('data', (/** @type {Buffer} */ chunk) => (done += chunk.length));
  const stopProgress = showProgress(`${name}: unpacking`, size, () => done);
  try {
    // A program that fails closes its pipe; what it said counts, not that its neighbours lost their pipe.
    await Promise.allSettled([
      pipeline(packageFiles.child.stdout, archive.child.stdin),
      pipeline(archive.child.stdout, tree.child.stdin),
    ]);
    const complaints = await Promise.all([packageFiles.ended, archive.ended, tree.ended]);
    const complaint = complaints.find((text) => text !== '');
    if (complaint !== undefined) {
      throw new SetupError(
        `${name}: unpacking ${file} failed (${complaint}); see that the disk is not full, then run this again`,
      );
    }
  } finally {
    stopProgress();
  }
}

/**
 * @param {string} program
 * @param {readonly string[]} args
 */
function start(program, args) {
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'pipe'] });
  let words = '';
  child.stderr.on('data', (/** @type {Buffer} */ chunk) => (words += chunk.toString()));
  /** @type {Promise<string>} Empty when all went well. */
  const ended = new Promise((done) => {
    child.on('error', (error) => done(`${program}: ${error.message}`));
    child.on('close', (code) =>
      done(code === 0 ? '' : words.trim().split('\n')[0] || `${program} ended with ${code}`),
    );
  });
  return { child, ended };
}

/**
 * Readers of an older tree of that name lose it only for the moment between two renames.
 * @param {string} unpacked
 * @param {string} tree
 * @param {string} unfinished Takes the older tree, and is removed with it.
 */
async function moveIntoPlace(unpacked, tree, unfinished) {
  if (isComplete(tree)) return;
  if (existsSync(tree)) await rename(tree, join(unfinished, 'replaced'));
  await rename(unpacked, tree);
}

/**
 * Removes what processes left behind that were ended while they unpacked; the folder's name holds the process id.
 * @param {string} kernels
 * @param {string} name
 */
async function removeAbandoned(kernels, name) {
  for (const entry of await readdir(kernels)) {
    const owner = entry.startsWith(`.${name}.`) ? Number(entry.slice(name.length + 2)) : Number.NaN;
    if (Number.isInteger(owner) && !isRunning(owner)) {
      await rm(join(kernels, entry), { recursive: true, force: true });
    }
  }
}

/**
 * @param {string} kernels
 * @param {string} name
 */
async function refuseFullDisk(kernels, name) {
  const { bavail, bsize } = await statfs(kernels);
  if (bavail * bsize >= neededBytes) return;
  throw new SetupError(
    `${name} needs ${neededBytes / 1e9} GB in ${kernels}, and ${((bavail * bsize) / 1e9).toFixed(1)} GB are free: make room, or set XDG_CACHE_HOME to a folder on another disk`,
  );
}

/**
 * Shows on a terminal how far something has come.
 * @param {string} title
 * @param {number} total
 * @param {() => number} done
 * @returns {() => void} Ends it.
 */
function showProgress(title, total, done) {
  if (!process.stderr.isTTY) return () => undefined;
  const clear = '\r\u001b[K';
  const timer = setInterval(() => {
    process.stderr.write(`${clear}${title} ${Math.min(100, Math.round((100 * done()) / total))} %`);
  }, 250);
  return () => {
    clearInterval(timer);
    process.stderr.write(clear);
  };
}

/** @param {string} file */
const sizeOf = (file) => statSync(file, { throwIfNoEntry: false })?.size ?? 0;

if (isProgram(import.meta.url)) {
  await runProgram(async () => {
    for (const version of /** @type {const} */ (['6.1', '6.12'])) {
      console.log(await ensureKernel(version, { log: (line) => console.error(line) }));
    }
  });
}
