// cacheFiles.ts
// The cache on disk: a folder below the user's cache folder, written by several processes at once without locks.

import { closeSync, constants, openSync, readSync } from 'node:fs';
import { mkdir, open, readdir, readFile, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import type { CacheEntry, CacheFiles } from '../../index/host.ts';
import { uniqueName } from './uniqueName.ts';

/** Packs are read in many small pieces; a handle for each of the few that are in use. */
const mostHandles = 24;

export class NodeCacheFiles implements CacheFiles {
  readonly #root: string;
  readonly #handles = new Map<string, number>();

  constructor(root: string) {
    this.#root = root;
  }

  async list(folder: string): Promise<readonly CacheEntry[]> {
    const entries: CacheEntry[] = [];
    for (const name of await namesIn(join(this.#root, folder))) {
      try {
        const { size, mtimeMs } = await stat(join(this.#root, folder, name));
        entries.push({ name, size, modifiedMs: mtimeMs });
      } catch {
        // Removed by another process since it was listed.
      }
    }
    return entries;
  }

  async read(path: string): Promise<Uint8Array | undefined> {
    try {
      return await readFile(join(this.#root, path));
    } catch {
      return undefined;
    }
  }

  async readRange(path: string, start: number, length: number): Promise<Uint8Array | undefined> {
    try {
      const bytes = new Uint8Array(length);
      // A program takes hundreds of pieces: through promises they cost several times as much as the bytes themselves.
      return bytes.subarray(0, readSync(this.#handleOf(path), bytes, 0, length, start));
    } catch {
      this.#forget(path);
      return undefined;
    }
  }

  async append(path: string, chunks: readonly Uint8Array[]): Promise<void> {
    const file = await openForWriting(
      join(this.#root, path),
      constants.O_APPEND | constants.O_CREAT | constants.O_WRONLY,
    );
    try {
      await writeAll(file, chunks);
    } finally {
      await file.close();
    }
  }

  async replace(path: string, chunks: readonly Uint8Array[]): Promise<void> {
    const target = join(this.#root, path);
    const temporary = `${target}.${uniqueName()}.new`;
    const file = await openForWriting(temporary, constants.O_CREAT | constants.O_EXCL | constants.O_WRONLY);
    try {
      await writeAll(file, chunks);
    } catch (error) {
      await file.close();
      await rm(temporary, { force: true });
      throw error;
    }
    await file.close();
    await rename(temporary, target);
    this.#forget(path);
  }

  async remove(path: string): Promise<void> {
    this.#forget(path);
    await rm(join(this.#root, path), { force: true });
  }

  /** Lets go of the files that are held open. */
  close(): void {
    for (const path of [...this.#handles.keys()]) this.#forget(path);
  }

  #handleOf(path: string): number {
    const known = this.#handles.get(path);
    if (known !== undefined) {
      // Last in the Map is the most lately used.
      this.#handles.delete(path);
      this.#handles.set(path, known);
      return known;
    }
    for (const oldest of this.#handles.keys()) {
      if (this.#handles.size < mostHandles) break;
      this.#forget(oldest);
    }
    const handle = openSync(join(this.#root, path), 'r');
    this.#handles.set(path, handle);
    return handle;
  }

  #forget(path: string): void {
    const handle = this.#handles.get(path);
    this.#handles.delete(path);
    if (handle !== undefined) closeSync(handle);
  }
}

/** `$XDG_CACHE_HOME`, or what the system has in its place. */
export function defaultCacheFolder(
  environment: NodeJS.ProcessEnv = process.env,
  platform = process.platform,
): string {
  const base = environment['XDG_CACHE_HOME'];
  // The specification says that a relative path there is to be ignored.
  if (base?.startsWith('/')) return join(base, 'holdwait', 'index');
  if (platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'holdwait', 'index');
  if (platform === 'win32') {
    return join(
      environment['LOCALAPPDATA'] ?? join(homedir(), 'AppData', 'Local'),
      'holdwait',
      'Cache',
      'index',
    );
  }
  return join(homedir(), '.cache', 'holdwait', 'index');
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
  } catch {
    return [];
  }
}

async function openForWriting(path: string, flags: number): Promise<FileHandle> {
  await mkdir(dirname(path), { recursive: true });
  // Only for this user: the cache holds text of trees that may not be public.
  return open(path, flags, 0o600);
}

async function writeAll(file: FileHandle, chunks: readonly Uint8Array[]): Promise<void> {
  const { bytesWritten } = await file.writev([...chunks]);
  const total = chunks.reduce((sum, { byteLength }) => sum + byteLength, 0);
  // A full disk may take a part without an error.
  if (bytesWritten !== total) throw new Error(`wrote ${bytesWritten} of ${total} bytes; is the disk full?`);
}
