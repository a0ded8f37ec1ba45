// gitDifferences.ts
// What lies on the disk against what a commit has: first the commit against git's index, which git tells from ids alone,
// then the index against the disk, which is looked at here.

import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import { throwIfCancelled, type Token } from '../../base/cancel.ts';
import { byCodeUnits } from '../../index/fileList.ts';
import type { FilesAsked, TreeChange, Uncommitted } from '../../index/repository.ts';
import { askGit } from './gitProcess.ts';
import { isFileMode, rawDiffOptions, readRawDiff } from './gitRawDiff.ts';
import type { DiskFile, TrackedFile } from './gitWorkTree.ts';
import { changedOnDisk, readDiskFile, trackedFiles } from './gitWorkTree.ts';

/** Of tracked files, from the commit to the disk. */
export async function changesOnDisk(
  root: string,
  commit: string,
  token: Token,
): Promise<Omit<Uncommitted, 'untracked'>> {
  const tracked = await trackedFiles(root, [], token);
  const side = await CommitSide.read(root, commit, tracked, token);
  const onDisk = await changedOnDisk(root, tracked, token);
  const changes: TreeChange[] = [];
  const texts = new Map<string, Uint8Array | undefined>();
  for (const path of [...new Set([...side.changed, ...onDisk.keys()])].sort(byCodeUnits)) {
    throwIfCancelled(token);
    const file = side.tracked.get(path);
    const before = side.file(path);
    const disk = file && (onDisk.get(path) ?? (await readNow(root, path, file.blob.length)));
    const change = changeOf(
      path,
      before,
      disk?.blob === undefined ? undefined : { ...disk, mode: file!.mode },
    );
    if (!change) continue;
    changes.push(change);
    if (change.newBlob !== undefined) texts.set(path, disk?.text);
  }
  return { changes, texts };
}

/** See `Repository.differing`. */
export async function differingFiles(
  root: string,
  commit: string,
  { onDisk, blobOf, wants }: FilesAsked,
  token: Token,
): Promise<ReadonlyMap<string, string | undefined>> {
  const tracked = await trackedFiles(root, sourceEndings, token);
  const side = await CommitSide.read(root, commit, tracked, token);
  const present = new Set(onDisk);
  const differing = new Map<string, string | undefined>();
  const toLookAt = new Set<string>();
  for (const path of present) {
    const blob = side.file(path)?.blob;
    const disk = blobOf(path);
    if (disk === undefined || disk.length !== (blob ?? disk).length) toLookAt.add(path);
    else if (disk !== blob) differing.set(path, blob);
  }
  for (const [path, disk] of await blobsOnDisk(root, toLookAt, tracked, token)) {
    const blob = side.file(path)?.blob;
    if (disk !== blob) differing.set(path, blob);
  }
  for (const path of new Set([...side.tracked.keys(), ...side.changed])) {
    // A sparse checkout leaves files out on purpose.
    if (present.has(path) || !wants(path) || side.tracked.get(path)?.isSparse) continue;
    const blob = side.file(path)?.blob;
    if (blob !== undefined) differing.set(path, blob);
  }
  return differing;
}

/** Of files that are there; those that git does not track are read. */
async function blobsOnDisk(
  root: string,
  paths: ReadonlySet<string>,
  tracked: readonly TrackedFile[],
  token: Token,
): Promise<ReadonlyMap<string, string | undefined>> {
  const blobs = new Map<string, string | undefined>();
  if (paths.size === 0) return blobs;
  const files = tracked.filter(({ path }) => paths.has(path));
  const changed = await changedOnDisk(root, files, token);
  for (const { path, blob } of files) blobs.set(path, (changed.get(path) ?? { blob }).blob);
  const idLength = tracked[0]?.blob.length ?? 40;
  for (const path of paths) {
    throwIfCancelled(token);
    if (!blobs.has(path)) blobs.set(path, (await readNow(root, path, idLength)).blob);
  }
  return blobs;
}

/** What an index reads. */
const sourceEndings = ['.c', '.h'];

interface CommitFile {
  readonly blob: string;
  readonly mode: string;
}

/** The files of a commit, told by what git's index has and how that differs. */
class CommitSide {
  readonly tracked: ReadonlyMap<string, TrackedFile>;
  readonly #differences: ReadonlyMap<string, TreeChange>;

  private constructor(tracked: readonly TrackedFile[], differences: readonly TreeChange[]) {
    this.tracked = new Map(tracked.map((file) => [file.path, file]));
    this.#differences = new Map(differences.map((change) => [change.oldPath, change]));
  }

  static async read(
    root: string,
    commit: string,
    tracked: readonly TrackedFile[],
    token: Token,
  ): Promise<CommitSide> {
    // Without a look at the disk, for which it would need filters.
    const args = ['diff-index', '--cached', '--no-renames', ...rawDiffOptions, commit, '--'];
    const output = await askGit(root, args, token);
    return new CommitSide(tracked, output ? readRawDiff(output) : []);
  }

  get changed(): Iterable<string> {
    return this.#differences.keys();
  }

  /** `undefined`: the commit has no such file, or a link. */
  file(path: string): CommitFile | undefined {
    const difference = this.#differences.get(path);
    const file = this.tracked.get(path);
    // What a merge has left open always differs.
    if (!difference) return file?.kind === 'known' ? file : undefined;
    const { oldMode = '', oldBlob } = difference;
    return isFileMode(oldMode) && oldBlob !== undefined ? { blob: oldBlob, mode: oldMode } : undefined;
  }
}

const readNow = (root: string, path: string, idLength: number): Promise<DiskFile> =>
  readDiskFile(root, path, lstatSync(join(root, path), { throwIfNoEntry: false }), idLength);

interface DiskSide extends DiskFile {
  readonly mode: string;
}

function changeOf(
  path: string,
  before: CommitFile | undefined,
  after: DiskSide | undefined,
): TreeChange | undefined {
  if (before?.blob === after?.blob) return undefined;
  return {
    kind: !before ? 'added' : !after ? 'deleted' : 'modified',
    oldPath: path,
    newPath: path,
    oldMode: before?.mode,
    newMode: after?.mode,
    oldBlob: before?.blob,
    newBlob: after?.blob,
  };
}
