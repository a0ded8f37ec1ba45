// gitRepository.ts
// The git repository around a tree on this machine.

import type { Token } from '../../base/cancel.ts';
import { neverCancelled } from '../../base/cancel.ts';
import { byCodeUnits, largestFile } from '../../index/fileList.ts';
import type {
  Blamed,
  Commit,
  CommitRange,
  FileBlob,
  FilesAsked,
  Repository,
  TreeChange,
  Uncommitted,
} from '../../index/repository.ts';
import { changesOnDisk, differingFiles } from './gitDifferences.ts';
import { newestWithBlobs } from './gitBlobSearch.ts';
import { blameLine, listCommits, readCommitObject, recentCommits } from './gitHistory.ts';
import { GitObjects } from './gitObjects.ts';
import { askGit } from './gitProcess.ts';
import { isFileMode, rawDiffOptions, readRawDiffs } from './gitRawDiff.ts';

/** `undefined`: no git, no repository, or one that does not hold this tree. */
export async function openRepository(root: string): Promise<Repository | undefined> {
  const output = await askGit(
    root,
    ['rev-parse', '--show-prefix', '--is-shallow-repository'],
    neverCancelled,
  );
  const [prefix, shallow] = output?.toString('utf8').split('\n') ?? [];
  if (prefix === undefined || prefix.includes('\ufffd')) return undefined;
  const objects = new GitObjects(root);
  // A tree may lie unpacked in a folder that a repository of something else ignores.
  const top = prefix === '' ? undefined : await objects.find(`HEAD:${prefix.replace(/\/$/, '')}`);
  if (prefix === '' || top?.type === 'tree')
    return new GitRepository({ root, prefix, objects }, shallow === 'true');
  objects.dispose();
  return undefined;
}

interface GitPlace {
  readonly root: string;
  /** Of the tree in the repository: empty, or with a `/` at its end. */
  readonly prefix: string;
  readonly objects: GitObjects;
}

class GitRepository implements Repository {
  readonly #place: GitPlace;
  readonly #isShallow: boolean;

  constructor(place: GitPlace, isShallow: boolean) {
    this.#place = place;
    this.#isShallow = isShallow;
  }

  head(): Promise<string | undefined> {
    return this.commitOf('HEAD');
  }

  async commitOf(revision: string): Promise<string | undefined> {
    const name = revision.trim();
    if (name === '' || name.startsWith('-')) return undefined;
    const found = await this.#place.objects.find(`${name}^{commit}`);
    return found?.type === 'commit' ? found.id : undefined;
  }

  async commit(id: string): Promise<Commit | undefined> {
    const found = await this.#place.objects.read(id);
    return found?.type === 'commit' ? readCommitObject(found.id, found.bytes) : undefined;
  }

  async recent(most: number, token: Token): Promise<readonly Commit[]> {
    const head = await this.head();
    const ids = head === undefined ? [] : await recentCommits(this.#place.root, { head, most }, token);
    const commits = await Promise.all(ids.map((id) => this.commit(id)));
    return commits.filter((commit) => commit !== undefined);
  }

  commitsBetween(from: string, to: string, most: number, token: Token): Promise<CommitRange> {
    return listCommits(this.#place.root, { from, to, most }, token);
  }

  async changesOf(
    commits: readonly string[],
    token: Token,
  ): Promise<ReadonlyMap<string, readonly TreeChange[]>> {
    const args = ['diff-tree', '--stdin', '--root', '-M', '-l1000', ...rawDiffOptions];
    const input = commits.map((commit) => `${commit}\n`).join('');
    const output = await askGit(this.#place.root, args, token, { input });
    return output ? readRawDiffs(output) : new Map();
  }

  async uncommitted(token: Token): Promise<Uncommitted> {
    const head = await this.head();
    if (head === undefined) return { changes: [], texts: new Map(), untracked: [] };
    const found = await changesOnDisk(this.#place.root, head, token);
    return { ...found, untracked: await this.#untracked(token) };
  }

  differing(
    commit: string,
    files: FilesAsked,
    token: Token,
  ): Promise<ReadonlyMap<string, string | undefined>> {
    return differingFiles(this.#place.root, commit, files, token);
  }

  async textAt(commit: string, path: string): Promise<Uint8Array | undefined> {
    if (path.split('/').some((part) => part === '..' || part === '.')) return undefined;
    // The mode tells links from files, and only the folder knows it.
    const slash = path.lastIndexOf('/');
    const folder = `${this.#place.prefix}${path.slice(0, Math.max(0, slash))}`.replace(/\/$/, '');
    const tree = await this.#place.objects.read(`${commit}:${folder}`);
    const id =
      tree?.type === 'tree' ? fileInTree(tree.bytes, path.slice(slash + 1), tree.id.length) : undefined;
    return id === undefined ? undefined : this.blobText(id);
  }

  async blobText(id: string): Promise<Uint8Array | undefined> {
    if (!/^[0-9a-f]{4,64}$/.test(id)) return undefined;
    // A branch may have such a name too.
    const found = await this.#place.objects.find(`${id}^{blob}`);
    if (!found?.id.startsWith(id) || found.size > largestFile) return undefined;
    return (await this.#place.objects.read(found.id))?.bytes;
  }

  async commitWithBlobs(files: readonly FileBlob[], token: Token): Promise<string | undefined> {
    const head = await this.head();
    if (head === undefined || files.length === 0) return undefined;
    return newestWithBlobs({ ...this.#place, head }, files, token);
  }

  async blame(commit: string, path: string, line: number, token: Token): Promise<Blamed | undefined> {
    const blamed = await blameLine(this.#place.root, { commit, path, line }, token);
    // What a shallow clone begins with has brought everything, as far as it knows.
    if (blamed && this.#isShallow && (await this.#hasLostParents(blamed.commit))) return undefined;
    return blamed;
  }

  dispose(): void {
    this.#place.objects.dispose();
  }

  async #untracked(token: Token): Promise<readonly string[]> {
    const args = ['ls-files', '-z', '--others', '--exclude-standard', '--', '*.c', '*.h'];
    const output = await askGit(this.#place.root, args, token);
    return (
      output
        ?.toString('utf8')
        .split('\0')
        .filter((path) => path !== '')
        .sort(byCodeUnits) ?? []
    );
  }

  async #hasLostParents(id: string): Promise<boolean> {
    const parents = (await this.commit(id))?.parents ?? [];
    for (const parent of parents) if (!(await this.#place.objects.find(parent))) return true;
    return false;
  }
}

/** Entries of a tree object: mode, blank, name, NUL, and the id as bytes. */
function fileInTree(bytes: Uint8Array, name: string, idLength: number): string | undefined {
  const tree = Buffer.from(bytes);
  const wanted = Buffer.from(name);
  for (let at = 0; at < tree.length;) {
    const end = tree.indexOf(0, at);
    const blank = tree.indexOf(0x20, at);
    const next = end + 1 + idLength / 2;
    if (end < 0 || blank < 0) return undefined;
    if (tree.subarray(blank + 1, end).equals(wanted))
      return isFileMode(tree.toString('latin1', at, blank)) ? tree.toString('hex', end + 1, next) : undefined;
    at = next;
  }
  return undefined;
}
