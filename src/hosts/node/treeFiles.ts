// treeFiles.ts
// The files of a tree on disk: listed through git where there is a work tree, by walking elsewhere; versions; bytes.

import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  type Dirent,
} from 'node:fs';
import { join } from 'node:path';
import { neverCancelled, type Token } from '../../base/cancel.ts';
import { Turns } from '../../base/turns.ts';
import type { FileFilter, FileVersion, ReadOutcome, TreeHost } from '../../index/host.ts';
import { largestFile } from '../../index/fileList.ts';
import { listWorkTree } from './git.ts';

// A look at the clock takes as long as one at a file.
const filesBetweenLooks = 32;

export class NodeTreeHost implements TreeHost {
  readonly root: string;

  constructor(root: string) {
    this.root = root;
  }

  async listFiles(filter: FileFilter, token: Token): Promise<readonly string[]> {
    const tracked = await listWorkTree(this.root, token);
    // Nothing at all: the folder lies in a work tree of something else that ignores it.
    const wanted = tracked?.filter((path) => filter.wantsFile(path) && wantsFoldersOf(path, filter)) ?? [];
    if (wanted.length > 0) return wanted;
    return walk(this.root, filter, token);
  }

  async versions(paths: readonly string[]): Promise<readonly (FileVersion | undefined)[]> {
    const versions: (FileVersion | undefined)[] = [];
    const turns = new Turns(breathe);
    for (const [i, path] of paths.entries()) {
      if (i % filesBetweenLooks === 0) await turns.rest(neverCancelled);
      versions.push(versionOf(join(this.root, path)));
    }
    return versions;
  }

  async read(path: string): Promise<ReadOutcome> {
    const file = join(this.root, path);
    // Paths come from patches and editors too: none may lead out of the tree, nor through a link.
    if (path.split('/').includes('..')) return { kind: 'failed', reason: 'outside the tree' };
    try {
      // Without a promise for each step: some questions look through a thousand files, and those cost twice the time.
      const stat = lstatSync(file);
      if (!stat.isFile()) return { kind: 'failed', reason: 'no regular file' };
      if (stat.size > largestFile) return { kind: 'failed', reason: 'too large' };
      return { kind: 'bytes', bytes: readFileSync(file) };
    } catch (error) {
      return { kind: 'failed', reason: reasonOf(error) };
    }
  }
}

// What was listed may have become a link or a pipe since; neither may be followed or waited for. Not all systems know
// these flags.
const readFlags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/** Reads files one after the other into one buffer: what a worker does all day. */
export class FileBuffer {
  readonly #root: string;
  #buffer = Buffer.allocUnsafe(1 << 20);

  constructor(root: string) {
    this.#root = root;
  }

  /** The bytes are overwritten by the next read. */
  read(path: string): ReadOutcome {
    let file: number | undefined;
    try {
      file = openSync(join(this.#root, path), readFlags);
      const { size } = fstatSync(file);
      if (size > largestFile) return { kind: 'failed', reason: 'too large' };
      if (size >= this.#buffer.length) this.#buffer = Buffer.allocUnsafe(size * 2);
      return { kind: 'bytes', bytes: this.#buffer.subarray(0, this.#fill(file)) };
    } catch (error) {
      return { kind: 'failed', reason: reasonOf(error) };
    } finally {
      if (file !== undefined) closeSync(file);
    }
  }

  /** To the end, or to the end of the buffer where a file grows while it is read. */
  #fill(file: number): number {
    let length = 0;
    for (;;) {
      const read = readSync(file, this.#buffer, length, this.#buffer.length - length, null);
      length += read;
      if (read === 0 || length === this.#buffer.length) return length;
    }
  }
}

const breathe = (): Promise<void> => new Promise((resume) => setImmediate(resume));

function versionOf(file: string): FileVersion | undefined {
  const stat = lstatSync(file, { throwIfNoEntry: false });
  if (!stat?.isFile()) return undefined;
  return { size: stat.size, modifiedMs: stat.mtimeMs, inode: stat.ino };
}

async function walk(root: string, filter: FileFilter, token: Token): Promise<readonly string[]> {
  const files: string[] = [];
  const folders = [''];
  const turns = new Turns(breathe);
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    await turns.rest(token);
    for (const entry of entriesOf(join(root, folder))) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      // A link is neither a file nor a folder here, so loops cannot happen; devices and sockets are left out alike.
      if (entry.isDirectory() && filter.wantsFolder(path)) folders.push(path);
      else if (entry.isFile() && filter.wantsFile(path)) files.push(path);
    }
  }
  return files;
}

function entriesOf(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    // Not readable, or gone meanwhile.
    return [];
  }
}

function wantsFoldersOf(path: string, filter: FileFilter): boolean {
  for (let slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
    if (!filter.wantsFolder(path.slice(0, slash))) return false;
  }
  return true;
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  switch (code) {
    case 'ENOENT':
      return 'gone';
    case 'EACCES':
    case 'EPERM':
      return 'not readable: permission denied';
    case 'EISDIR':
      return 'a folder';
    default:
      return `not readable: ${typeof code === 'string' ? code : String(error)}`;
  }
}
