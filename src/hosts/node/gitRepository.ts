// gitRepository.ts
// The git repository around a tree on this machine.

import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import type { Token } from '../../base/cancel.ts';
import { neverCancelled, throwIfCancelled } from '../../base/cancel.ts';
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
import { newestWithBlobs } from './gitBlobSearch.ts';
import { blameLine, listCommits, readCommitObject } from './gitHistory.ts';
import { GitObjects } from './gitObjects.ts';
import { askGit } from './gitProcess.ts';
import { readRawDiff, readRawDiffs } from './gitRawDiff.ts';
import type { DiskFile } from './gitWorkTree.ts';
import { changedOnDisk, readDiskFile, trackedFiles } from './gitWorkTree.ts';

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
    return new GitRepository(root, prefix, objects, shallow === 'true');
  objects.dispose();
  return undefined;
}

const rawDiff = ['-r', '--raw', '-z', '--no-abbrev', '--ignore-submodules=all', '--relative'];

class GitRepository implements Repository {
  readonly #root: string;
  /** Of the tree in the repository: empty, or with a `/` at its end. */
  readonly #prefix: string;
  readonly #objects: GitObjects;
  readonly #isShallow: boolean;

  constructor(root: string, prefix: string, objects: GitObjects, isShallow: boolean) {
    this.#root = root;
    this.#prefix = prefix;
    this.#objects = objects;
    this.#isShallow = isShallow;
  }

  head(): Promise<string | undefined> {
    return this.commitOf('HEAD');
  }

  async commitOf(revision: string): Promise<string | undefined> {
    const name = revision.trim();
    if (name === '' || name.startsWith('-')) return undefined;
    const found = await this.#objects.find(`${name}^{commit}`);
    return found?.type === 'commit' ? found.id : undefined;
  }

  async commit(id: string): Promise<Commit | undefined> {
    const found = await this.#objects.read(id);
    return found?.type === 'commit' ? readCommitObject(found.id, found.bytes) : undefined;
  }

  commitsBetween(from: string, to: string, most: number, token: Token): Promise<CommitRange> {
    return listCommits(this.#root, { from, to, most }, token);
  }

  async changesOf(
    commits: readonly string[],
    token: Token,
  ): Promise<ReadonlyMap<string, readonly TreeChange[]>> {
    const args = ['diff-tree', '--stdin', '--root', '-M', '-l1000', ...rawDiff];
    const input = commits.map((commit) => `${commit}\n`).join('');
    const output = await askGit(this.#root, args, token, { input });
    return output ? readRawDiffs(output) : new Map();
  }

  async uncommitted(token: Token): Promise<Uncommitted> {
    const head = await this.head();
    const tracked = (head !== undefined && (await trackedFiles(this.#root, token))) || [];
    const staged = head === undefined ? new Map<string, TreeChange>() : await this.#toIndex(head, token);
    const onDisk = await changedOnDisk(this.#root, tracked, token);
    const byPath = new Map(tracked.map((file) => [file.path, file]));
    const changes: TreeChange[] = [];
    const texts = new Map<string, Uint8Array | undefined>();
    for (const path of [...new Set([...staged.keys(), ...onDisk.keys()])].sort(byCodeUnits)) {
      const file = byPath.get(path);
      const inHead = staged.get(path) ?? { oldBlob: file?.blob, oldMode: file?.mode };
      const disk = onDisk.get(path) ?? (await this.#onDisk(path, file?.blob));
      const isGone = !file || disk.blob === undefined;
      const isKept = disk.blob === inHead.oldBlob;
      if (isKept || (isGone && inHead.oldBlob === undefined)) continue;
      changes.push({
        kind: inHead.oldBlob === undefined ? 'added' : isGone ? 'deleted' : 'modified',
        oldPath: path,
        newPath: path,
        oldMode: inHead.oldMode,
        newMode: isGone ? undefined : file.mode,
        oldBlob: inHead.oldBlob,
        newBlob: isGone ? undefined : disk.blob,
      });
      if (!isGone) texts.set(path, disk.text);
    }
    return { changes, texts, untracked: await this.#untracked(token) };
  }

  async differing(
    commit: string,
    { onDisk, wants }: FilesAsked,
    token: Token,
  ): Promise<ReadonlyMap<string, string | undefined>> {
    const tracked = (await trackedFiles(this.#root, token)) ?? [];
    const present = new Set(onDisk);
    const asked = tracked.filter(({ path }) => present.has(path));
    const inIndex = new Map(tracked.map(({ path, blob }) => [path, blob]));
    const changed = await changedOnDisk(this.#root, asked, token);
    const differences = await this.#toIndex(commit, token);
    const differing = new Map<string, string | undefined>();
    for (const path of present) {
      const difference = differences.get(path);
      const blob = difference ? fileBlob(difference) : inIndex.get(path);
      if (!difference && !changed.has(path) && blob !== undefined) continue;
      const disk = changed.get(path)?.blob ?? (inIndex.has(path) ? inIndex.get(path) : undefined);
      const isSame = blob !== undefined && (disk ?? (await this.#onDisk(path, blob)).blob) === blob;
      if (!isSame) differing.set(path, blob);
      throwIfCancelled(token);
    }
    for (const [path, blob] of inIndex) {
      if (present.has(path) || differences.has(path) || !wants(path)) continue;
      if (blob !== '') differing.set(path, blob);
    }
    for (const [path, difference] of differences) {
      const blob = fileBlob(difference);
      if (!present.has(path) && blob !== undefined && wants(path)) differing.set(path, blob);
    }
    return differing;
  }

  async textAt(commit: string, path: string): Promise<Uint8Array | undefined> {
    if (path.split('/').some((part) => part === '..' || part === '.')) return undefined;
    // The mode tells links from files, and only the folder knows it.
    const slash = path.lastIndexOf('/');
    const folder = `${this.#prefix}${path.slice(0, Math.max(0, slash))}`.replace(/\/$/, '');
    const tree = await this.#objects.read(`${commit}:${folder}`);
    const id =
      tree?.type === 'tree' ? fileInTree(tree.bytes, path.slice(slash + 1), tree.id.length) : undefined;
    return id === undefined ? undefined : this.blobText(id);
  }

  async blobText(id: string): Promise<Uint8Array | undefined> {
    if (!/^[0-9a-f]{4,64}$/.test(id)) return undefined;
    // A branch may have such a name too.
    const found = await this.#objects.find(`${id}^{blob}`);
    if (!found?.id.startsWith(id) || found.size > largestFile) return undefined;
    return (await this.#objects.read(found.id))?.bytes;
  }

  async commitWithBlobs(files: readonly FileBlob[], token: Token): Promise<string | undefined> {
    const head = await this.head();
    if (head === undefined || files.length === 0) return undefined;
    return newestWithBlobs(
      { root: this.#root, prefix: this.#prefix, objects: this.#objects, head },
      files,
      token,
    );
  }

  async blame(commit: string, path: string, line: number, token: Token): Promise<Blamed | undefined> {
    const blamed = await blameLine(this.#root, { commit, path, line }, token);
    // What a shallow clone begins with has brought everything, as far as it knows.
    if (blamed && this.#isShallow && (await this.#hasLostParents(blamed.commit))) return undefined;
    return blamed;
  }

  dispose(): void {
    this.#objects.dispose();
  }

  /** From a commit to git's index, without a look at the disk. By path. */
  async #toIndex(commit: string, token: Token): Promise<ReadonlyMap<string, TreeChange>> {
    const args = ['diff-index', '--cached', '--no-renames', ...rawDiff, commit, '--'];
    const output = await askGit(this.#root, args, token);
    const changes = output ? readRawDiff(output) : [];
    return new Map(changes.filter(isAboutFile).map((change) => [change.oldPath, change]));
  }

  #onDisk(path: string, sample: string | undefined): Promise<DiskFile> {
    const stat = lstatSync(join(this.#root, path), { throwIfNoEntry: false });
    return readDiskFile(this.#root, path, stat, sample?.length ?? 40);
  }

  async #untracked(token: Token): Promise<readonly string[]> {
    const args = ['ls-files', '-z', '--others', '--exclude-standard', '--', '*.c', '*.h'];
    const output = await askGit(this.#root, args, token);
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
    for (const parent of parents) if (!(await this.#objects.find(parent))) return true;
    return false;
  }
}

const isFileMode = (mode: string | undefined): boolean => mode?.startsWith('100') === true;

const isAboutFile = ({ oldMode, newMode }: TreeChange): boolean => isFileMode(oldMode) || isFileMode(newMode);

/** Of the commit's side; a link is no file. */
const fileBlob = ({ oldMode, oldBlob }: TreeChange): string | undefined =>
  isFileMode(oldMode) ? oldBlob : undefined;

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
