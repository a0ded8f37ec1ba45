// changeFile.ts
// Changes one file as a whole: read, changed, written beside it, put in its place. Nobody ever sees half of it, and of
// two that change it at once the second one waits, as git does it with its index: what is written beside is the lock.

import { constants } from 'node:fs';
import { lstat, mkdir, open, readFile, realpath, rename, rm } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { UserError } from '../../base/errors.ts';

export interface ChangeOptions {
  /** Follow a link to the file, and make its folder. Only where the place is the user's own. */
  readonly isOwn: boolean;
  /** For tests: how often a lock is asked for, and how long after each other. */
  readonly attempts?: number;
  readonly pauseMs?: number;
}

/** `change` gets what is there, `undefined` where nothing is. What it throws leaves the file as it was. */
export async function changeFile(
  path: string,
  change: (bytes: Uint8Array | undefined) => string,
  options: ChangeOptions,
): Promise<void> {
  try {
    const place = options.isOwn ? await ownPlace(path) : path;
    const mode = await modeOf(place);
    const lock = `${place}.lock`;
    const file = await openLock(lock, mode, options);
    try {
      const text = change(await bytesAt(place));
      await file.writeFile(text);
      await file.sync();
      await file.close();
      await rename(lock, place);
    } catch (error) {
      await file.close().catch(() => undefined);
      await rm(lock, { force: true });
      throw error;
    }
  } catch (error) {
    throw UserError.is(error) ? error : notWritten(path, error);
  }
}

/** Where people keep their settings in a repository, a link leads there. */
async function ownPlace(path: string): Promise<string> {
  // What names people work with is nobody else's business.
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  return realpath(path).catch(() => path);
}

const newFileMode = 0o666;

/** A tree may come from anybody: through a link in it, a file elsewhere would be written. */
async function modeOf(place: string): Promise<number> {
  const found = await lstat(place).catch(() => undefined);
  if (!found) return newFileMode;
  if (found.isFile()) return found.mode & 0o777;
  const what = found.isSymbolicLink() ? 'a symbolic link' : 'no regular file';
  throw new UserError('file-not-writable', `${place} is ${what} and is not written; remove it`);
}

const usualAttempts = 50;
const usualPauseMs = 40;

async function openLock(lock: string, mode: number, options: ChangeOptions): Promise<FileHandle> {
  const { attempts = usualAttempts, pauseMs = usualPauseMs } = options;
  for (let attempt = 1; ; attempt++) {
    try {
      return await open(lock, constants.O_CREAT | constants.O_EXCL | constants.O_WRONLY, mode);
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error;
      if (attempt >= attempts) {
        const remedy = 'wait for it, or remove that file if it has died';
        throw new UserError('file-not-writable', `${lock} is there: another holdwait is writing; ${remedy}`);
      }
      await sleep(pauseMs);
    }
  }
}

async function bytesAt(place: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(place);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? '';

function notWritten(path: string, error: unknown): UserError {
  const reason = reasons.get(codeOf(error)) ?? (error instanceof Error ? error.message : String(error));
  return new UserError('file-not-writable', `cannot write ${basename(path)} in ${dirname(path)}: ${reason}`);
}

const reasons: ReadonlyMap<string, string> = new Map([
  ['EACCES', 'it may not be written by this user'],
  ['EPERM', 'it may not be written by this user'],
  ['EROFS', 'it is on a file system that is read-only'],
  ['ENOSPC', 'the disk is full'],
  ['ENOTDIR', 'there is a file where its folder should be'],
]);
