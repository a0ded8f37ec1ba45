// gitWorkTree.ts
// Which tracked files on the disk are not what git's index says. git itself is not asked: to compare, it would run the
// clean filters that a repository names. Sizes and times tell for most files, as they do for git; the others are read.

import { createHash } from 'node:crypto';
import { lstatSync, statSync, type Stats } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Token } from '../../base/cancel.ts';
import { throwIfCancelled } from '../../base/cancel.ts';
import { largestFile } from '../../index/fileList.ts';
import { askGit } from './gitProcess.ts';
import { readTreeFile } from './readTreeFile.ts';

export interface TrackedFile {
  readonly path: string;
  readonly mode: string;
  /** `intended`: `git add -N`, of which no text is known; `unmerged`: a merge has left several. */
  readonly kind: 'known' | 'intended' | 'unmerged';
  readonly blob: string;
  readonly size: number;
  readonly modifiedMs: number;
  /** Its text is left out of the disk on purpose (a sparse checkout). */
  readonly isSparse: boolean;
}

/** A file that differs from the index. */
export interface DiskFile {
  /** `undefined`: it is gone, or is no regular file any more. */
  readonly blob: string | undefined;
  /** `undefined` too where it is too large to be a source. */
  readonly text: Uint8Array | undefined;
}

/** Regular files below `root`, relative to it; only those of these endings, where some are named. */
export async function trackedFiles(
  root: string,
  endings: readonly string[],
  token: Token,
): Promise<readonly TrackedFile[]> {
  const patterns = endings.map((ending) => `*${ending}`);
  const output = await askGit(root, ['ls-files', '--stage', '--debug', '-z', '--', ...patterns], token);
  return output ? readEntries(output.toString('utf8')) : [];
}

/** By path, those that differ. */
export async function changedOnDisk(
  root: string,
  files: readonly TrackedFile[],
  token: Token,
): Promise<ReadonlyMap<string, DiskFile>> {
  const indexTimeMs = await timeOfIndex(root, token);
  const changed = new Map<string, DiskFile>();
  for (const [i, file] of files.entries()) {
    if (i % stride === stride - 1) {
      await new Promise((resume) => setImmediate(resume));
      throwIfCancelled(token);
    }
    const stat = lstatSync(join(root, file.path), { throwIfNoEntry: false });
    if (stat && isUntouched(file, stat, indexTimeMs)) continue;
    if (!stat && file.isSparse) continue;
    const disk = await readDiskFile(root, file.path, stat, file.blob.length);
    if (file.kind !== 'known' || disk.blob !== file.blob) changed.set(file.path, disk);
  }
  return changed;
}

/** `idLength`: 64 for a repository with SHA-256. */
export async function readDiskFile(
  root: string,
  path: string,
  stat: Stats | undefined,
  idLength: number,
): Promise<DiskFile> {
  if (!stat?.isFile()) return { blob: undefined, text: undefined };
  // Nobody compares it; it has to differ from all others.
  if (stat.size > largestFile) return { blob: '', text: undefined };
  const text = await readTreeFile(root, path);
  return { blob: text && blobId(text, idLength), text };
}

function blobId(text: Uint8Array, length: number): string {
  const hash = createHash(length === 64 ? 'sha256' : 'sha1');
  return hash.update(`blob ${text.length}\0`).update(text).digest('hex');
}

/** Files between two looks at the event loop: about ten milliseconds. */
const stride = 2000;

// File systems and Node's milliseconds have less than git's nanoseconds.
const sameTimeMs = 0.001;

/**
 * As git decides: the same size and time, unless the file is as young as the index, which may then have missed a change.
 * A copy of a whole tree has other inodes and other times of change; that is not looked at.
 */
function isUntouched({ size, modifiedMs, kind }: TrackedFile, stat: Stats, indexTimeMs: number): boolean {
  if (!stat.isFile() || kind !== 'known' || stat.size !== size || stat.mtimeMs >= indexTimeMs) return false;
  const isWhole = modifiedMs % 1000 === 0;
  return isWhole
    ? Math.floor(stat.mtimeMs / 1000) * 1000 === modifiedMs
    : Math.abs(stat.mtimeMs - modifiedMs) < sameTimeMs;
}

async function timeOfIndex(root: string, token: Token): Promise<number> {
  const output = await askGit(root, ['rev-parse', '--git-path', 'index'], token);
  const path = output?.toString('utf8').replace(/\n$/, '');
  const stat = path ? statSync(resolve(root, path), { throwIfNoEntry: false }) : undefined;
  return stat?.mtimeMs ?? 0;
}

const intentToAdd = 1 << 29;
const skipWorkTree = 1 << 30;

/** `--debug` puts what the index knows of the file behind each entry of `--stage`. */
function readEntries(output: string): readonly TrackedFile[] {
  const entry =
    /(\d{6}) ([0-9a-f]{40,64}) ([0-3])\t([^\0]*)\0(?: {2}ctime: .*\n {2}mtime: (\d+):(\d+)\n {2}dev: .*\n {2}uid: .*\n {2}size: (\d+)\tflags: ([0-9a-f]+)\n)?/y;
  const files = new Map<string, TrackedFile>();
  for (let match = entry.exec(output); match; match = entry.exec(output)) {
    const [, mode = '', blob = '', stage, path = '', seconds, nanoseconds = '0', size, flags = '0'] = match;
    // No name of ours: what is not UTF-8 is not found on the disk either.
    if (!mode.startsWith('100') || path.includes('\ufffd')) continue;
    const bits = Number.parseInt(flags, 16);
    files.set(path, {
      path,
      mode,
      kind: stage !== '0' ? 'unmerged' : (bits & intentToAdd) !== 0 ? 'intended' : 'known',
      blob,
      size: size === undefined ? -1 : Number(size),
      modifiedMs: seconds === undefined ? 0 : Number(seconds) * 1000 + Number(nanoseconds) / 1e6,
      isSparse: (bits & skipWorkTree) !== 0,
    });
  }
  return [...files.values()];
}
