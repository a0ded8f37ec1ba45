// memoryHost.ts
// A tree and a cache in memory, for tests, for the browser and for work that leaves nothing behind.

import type { Token } from '../base/cancel.ts';
import { throwIfCancelled } from '../base/cancel.ts';
import type { CacheEntry, CacheFiles, FileFilter, FileVersion, ReadOutcome, TreeHost } from './host.ts';

export class MemoryTreeHost implements TreeHost {
  readonly root: string;
  readonly #files = new Map<string, { readonly bytes: Uint8Array; readonly version: FileVersion }>();
  #clockMs = 1;
  /** How often each file was read, for tests. */
  readonly reads = new Map<string, number>();

  constructor(root: string, texts: Readonly<Record<string, string>> = {}) {
    this.root = root;
    for (const [path, text] of Object.entries(texts)) this.write(path, text);
  }

  write(path: string, content: string | Uint8Array): void {
    const bytes = typeof content === 'string' ? encoder.encode(content) : content;
    const modifiedMs = this.#clockMs++;
    this.#files.set(path, {
      bytes,
      version: { size: bytes.length, modifiedMs, inode: 0 },
    });
  }

  remove(path: string): void {
    this.#files.delete(path);
  }

  async listFiles(filter: FileFilter, token: Token): Promise<readonly string[]> {
    throwIfCancelled(token);
    return [...this.#files.keys()].filter(
      (path) => filter.wantsFile(path) && foldersOf(path).every((folder) => filter.wantsFolder(folder)),
    );
  }

  async versions(paths: readonly string[]): Promise<readonly (FileVersion | undefined)[]> {
    return paths.map((path) => this.#files.get(path)?.version);
  }

  async read(path: string): Promise<ReadOutcome> {
    this.reads.set(path, (this.reads.get(path) ?? 0) + 1);
    const file = this.#files.get(path);
    return file ? { kind: 'bytes', bytes: file.bytes } : { kind: 'failed', reason: 'gone' };
  }
}

/** Bounded by the stores that write to it. */
export class MemoryCacheFiles implements CacheFiles {
  readonly #files = new Map<string, { readonly chunks: Uint8Array[]; readonly modifiedMs: number }>();

  async list(folder: string): Promise<readonly CacheEntry[]> {
    const prefix = `${folder}/`;
    const entries: CacheEntry[] = [];
    for (const [path, { chunks, modifiedMs }] of this.#files) {
      if (path.startsWith(prefix))
        entries.push({ name: path.slice(prefix.length), size: sizeOf(chunks), modifiedMs });
    }
    return entries;
  }

  async read(path: string): Promise<Uint8Array | undefined> {
    const file = this.#files.get(path);
    return file && joined(file.chunks);
  }

  async readRange(path: string, start: number, length: number): Promise<Uint8Array | undefined> {
    const file = this.#files.get(path);
    if (!file) return undefined;
    // Joined once, so that the next piece costs nothing.
    const whole = joined(file.chunks);
    file.chunks.splice(0, file.chunks.length, whole);
    return whole.subarray(start, start + length);
  }

  async append(path: string, chunks: readonly Uint8Array[]): Promise<void> {
    const file = this.#files.get(path);
    const copies = chunks.map((chunk) => chunk.slice());
    this.#files.set(path, { chunks: [...(file?.chunks ?? []), ...copies], modifiedMs: Date.now() });
  }

  async replace(path: string, chunks: readonly Uint8Array[]): Promise<void> {
    this.#files.set(path, { chunks: [joined(chunks)], modifiedMs: Date.now() });
  }

  async remove(path: string): Promise<void> {
    this.#files.delete(path);
  }

  close(): void {}
}

const encoder = new TextEncoder();

function foldersOf(path: string): string[] {
  const folders: string[] = [];
  for (let slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1))
    folders.push(path.slice(0, slash));
  return folders;
}

const sizeOf = (chunks: readonly Uint8Array[]): number => chunks.reduce((sum, { length }) => sum + length, 0);

function joined(chunks: readonly Uint8Array[]): Uint8Array {
  const [only] = chunks;
  if (chunks.length === 1 && only) return only;
  const whole = new Uint8Array(sizeOf(chunks));
  let offset = 0;
  for (const chunk of chunks) {
    whole.set(chunk, offset);
    offset += chunk.length;
  }
  return whole;
}
