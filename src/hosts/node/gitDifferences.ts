// gitDifferences.ts
// What lies on the disk against what a commit has: first the commit against git's index, which git tells from ids alone,
// then the index against the disk, which is looked at here.

import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import { throwIfCancelled, type Token } from '../../base/cancel.ts';
import { byCodeUnits } from '../../index/fileList.ts';
import type { FilesAsked, TreeChange, Uncommitted } from '../../index/repository.ts';
import type { GitObjects } from './gitObjects.ts';
import { askGit } from './gitProcess.ts';
import type { RawChange } from './gitRawDiff.ts';
import { isFileMode, rawDiffOptions, readRawDiff } from './gitRawDiff.ts';
import type { DiskFile, TrackedFile } from './gitWorkTree.ts';
import { changedOnDisk, readDiskFile, trackedFiles } from './gitWorkTree.ts';

export interface GitPlace {
  readonly root: string;
  /** Of the tree in the repository: empty, or with a `/` at its end. */
  readonly prefix: string;
  readonly objects: GitObjects;
}

/** Of tracked files, from the commit to the disk. */
export async function changesOnDisk(
  place: GitPlace,
  commit: string,
  token: Token,
): Promise<Omit<Uncommitted, 'untracked'>> {
  const tracked = await trackedFiles(place.root, [], token);
  const side = await CommitSide.read(place, commit, tracked, token);
  const onDisk = await changedOnDisk(place.root, tracked, token);
  const changes: TreeChange[] = [];
  const texts = new Map<string, Uint8Array | undefined>();
  for (const path of [...new Set([...side.changed, ...onDisk.keys()])].sort(byCodeUnits)) {
    throwIfCancelled(token);
    const file = side.tracked.get(path);
    const before = await side.file(path);
    const disk = file && (onDisk.get(path) ?? (await readNow(place.root, path, file.blob)));
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
  place: GitPlace,
  commit: string,
  { onDisk, wants }: FilesAsked,
  token: Token,
): Promise<ReadonlyMap<string, string | undefined>> {
  const tracked = await trackedFiles(place.root, sourceEndings, token);
  const side = await CommitSide.read(place, commit, tracked, token);
  const present = new Set(onDisk);
  const changed = await changedOnDisk(
    place.root,
    tracked.filter(({ path }) => present.has(path)),
    token,
  );
  const differing = new Map<string, string | undefined>();
  for (const path of present) {
    const isAsInIndex = side.tracked.has(path) && !changed.has(path);
    if (isAsInIndex && side.isAsInIndex(path)) continue;
    throwIfCancelled(token);
    const blob = (await side.file(path))?.blob;
    const inIndex = isAsInIndex ? side.tracked.get(path)?.blob : undefined;
    const disk = inIndex ?? (changed.get(path) ?? (await readNow(place.root, path, commit))).blob;
    if (disk !== blob) differing.set(path, blob);
  }
  for (const path of new Set([...side.tracked.keys(), ...side.changed])) {
    // A sparse checkout leaves files out on purpose.
    if (present.has(path) || !wants(path) || side.tracked.get(path)?.isSparse) continue;
    const blob = (await side.file(path))?.blob;
    if (blob !== undefined) differing.set(path, blob);
  }
  return differing;
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
  readonly #place: GitPlace;
  readonly #commit: string;
  readonly #differences: ReadonlyMap<string, RawChange>;

  private constructor(
    place: GitPlace,
    commit: string,
    tracked: readonly TrackedFile[],
    differences: readonly RawChange[],
  ) {
    this.#place = place;
    this.#commit = commit;
    this.tracked = new Map(tracked.map((file) => [file.path, file]));
    this.#differences = new Map(differences.map((change) => [change.oldPath, change]));
  }

  static async read(
    place: GitPlace,
    commit: string,
    tracked: readonly TrackedFile[],
    token: Token,
  ): Promise<CommitSide> {
    // Without a look at the disk, for which it would need filters.
    const args = ['diff-index', '--cached', '--no-renames', ...rawDiffOptions, commit, '--'];
    const output = await askGit(place.root, args, token);
    return new CommitSide(place, commit, tracked, output ? readRawDiff(output) : []);
  }

  get changed(): Iterable<string> {
    return this.#differences.keys();
  }

  isAsInIndex(path: string): boolean {
    return !this.#differences.has(path) && this.tracked.get(path)?.kind === 'known';
  }

  /** `undefined`: the commit has no such file, or a link. */
  async file(path: string): Promise<CommitFile | undefined> {
    const difference = this.#differences.get(path);
    if (difference && difference.kind !== 'unmerged') {
      const { oldMode = '', oldBlob } = difference;
      return isFileMode(oldMode) && oldBlob !== undefined ? { blob: oldBlob, mode: oldMode } : undefined;
    }
    const file = this.tracked.get(path);
    if (file?.kind === 'known') return file;
    if (file?.kind === 'intended' && !difference) return undefined;
    // A merge has left several in the index.
    const { objects, prefix } = this.#place;
    const found = await objects.find(`${this.#commit}:${prefix}${path}`);
    return found?.type === 'blob' ? { blob: found.id, mode: file?.mode ?? '100644' } : undefined;
  }
}

const readNow = (root: string, path: string, sampleId: string): Promise<DiskFile> =>
  readDiskFile(root, path, lstatSync(join(root, path), { throwIfNoEntry: false }), sampleId.length);

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
