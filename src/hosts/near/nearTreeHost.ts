// nearTreeHost.ts
// The part of a tree around the files that are open: their folders, and the headers that are included there. All there
// is in a browser, where every file is a request and maybe a download; elsewhere, what answers until the names of the
// whole tree are read.

import type { Token } from '../../base/cancel.ts';
import { throwIfCancelled } from '../../base/cancel.ts';
import type { FileFilter, FileVersion, ReadOutcome, TreeHost } from '../../index/host.ts';
import type { AddressedFiles } from './addressedFiles.ts';

// Enough for a large driver and its headers; some ten seconds of requests on a slow line.
const mostFiles = 800;
// Requests on their way at once.
const width = 16;

export class NearTreeHost implements TreeHost {
  readonly root: string;
  readonly #files: AddressedFiles;
  readonly #folders = new Set<string>();
  readonly #contents = new Map<string, Promise<Uint8Array | undefined>>();
  #leftOut = 0;

  constructor(root: string, files: AddressedFiles) {
    this.root = root;
    this.#files = files;
  }

  /** What the user should know about the limits of this tree. */
  get note(): string {
    const folders = [...this.#folders].sort().join(', ');
    const read = `Only ${folders} and the headers included there are read; the rest of the tree is not.`;
    return this.#leftOut === 0
      ? read
      : `${read} ${this.#leftOut} files were left out, for there are too many.`;
  }

  /** `true` when the folder is new, and the tree has to be listed again. */
  addFolder(folder: string): boolean {
    if (this.#folders.has(folder)) return false;
    this.#folders.add(folder);
    return true;
  }

  /** The file has changed on disk. */
  forget(path: string): void {
    this.#contents.delete(path);
  }

  async listFiles(filter: FileFilter, token: Token): Promise<readonly string[]> {
    const listed = new Set<string>();
    this.#leftOut = 0;
    for (const folder of this.#folders) {
      const own = await this.#listFolder(folder, filter);
      this.#add(listed, own);
      throwIfCancelled(token);
      this.#add(listed, await this.#headersOf(own, filter, token));
    }
    return [...listed];
  }

  async versions(paths: readonly string[]): Promise<readonly (FileVersion | undefined)[]> {
    const stats = await this.#files.stat(paths.map((path) => this.#addressOf(path)));
    return stats.map((stat) => stat && { ...stat, inode: 0 });
  }

  async read(path: string): Promise<ReadOutcome> {
    const bytes = await this.#contentOf(path);
    return bytes ? { kind: 'bytes', bytes } : { kind: 'failed', reason: 'it cannot be read' };
  }

  /** As it is at this moment, and of a file that was not listed, too. */
  readNow(path: string): Promise<Uint8Array | undefined> {
    return this.#files.readFile(this.#addressOf(path));
  }

  #add(listed: Set<string>, paths: readonly string[]): void {
    for (const path of paths) {
      if (listed.size < mostFiles) listed.add(path);
      else if (!listed.has(path)) this.#leftOut++;
    }
  }

  async #listFolder(folder: string, filter: FileFilter): Promise<readonly string[]> {
    const entries = (await this.#files.listFolder(this.#addressOf(folder))) ?? [];
    const paths = entries
      .filter(({ isFolder }) => !isFolder)
      .map(({ name }) => (folder === '' ? name : `${folder}/${name}`));
    return paths.filter((path) => filter.wantsFile(path)).sort();
  }

  /** Headers that exist among those that the files include, one step deep. */
  async #headersOf(paths: readonly string[], filter: FileFilter, token: Token): Promise<readonly string[]> {
    const wanted = new Set<string>();
    await inParallel(paths.slice(0, mostFiles), async (path) => {
      throwIfCancelled(token);
      const bytes = await this.#contentOf(path);
      if (bytes) for (const header of includedPaths(bytes, path)) wanted.add(header);
    });
    const headers = [...wanted].filter((path) => filter.wantsFile(path)).sort();
    const versions = await this.versions(headers);
    return headers.filter((_, i) => versions[i] !== undefined);
  }

  #contentOf(path: string): Promise<Uint8Array | undefined> {
    const known = this.#contents.get(path);
    if (known) return known;
    const content = this.#files.readFile(this.#addressOf(path));
    this.#contents.set(path, content);
    return content;
  }

  #addressOf(path: string): string {
    const escaped = path.split('/').map(encodeURIComponent).join('/');
    return path === '' ? this.root : `${this.root}/${escaped}`;
  }
}

/** Where the files of `#include` lines would lie: below include/, or beside the file. */
function includedPaths(bytes: Uint8Array, path: string): string[] {
  const folder = path.split('/').slice(0, -1);
  const text = new TextDecoder('latin1').decode(bytes);
  const paths: string[] = [];
  for (const [, quote, name = ''] of text.matchAll(/^[ \t]*#[ \t]*include[ \t]*([<"])([^>"\n]+)[>"]/gm)) {
    paths.push(quote === '<' ? `include/${name}` : normalise([...folder, ...name.split('/')]));
  }
  return paths;
}

function normalise(parts: readonly string[]): string {
  const clean: string[] = [];
  for (const part of parts) {
    if (part === '..') clean.pop();
    else if (part !== '.') clean.push(part);
  }
  return clean.join('/');
}

async function inParallel<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const waiting = [...items];
  const worker = async (): Promise<void> => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: width }, worker));
}
