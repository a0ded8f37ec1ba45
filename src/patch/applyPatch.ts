// applyPatch.ts
// Makes the changes of one patch in memory. All hunks of a file are put in, or none. Renames and copies begin from the
// files as they were before the patch, as git does it, so that the order of its changes is of no importance.

import type { Applied, Conflict, PlacedHunk, ReadFile } from './applied.ts';
import { applyHunks, textOfFile } from './applyHunks.ts';
import { bytesOf } from './byteText.ts';
import type { FileChange } from './change.ts';
import { fileConflict, hunkConflict } from './conflict.ts';
import type { FileLines } from './fileLines.ts';
import { reversedChanges } from './reverse.ts';

export interface ApplyOptions {
  /** Undo the changes instead. */
  readonly reverse?: boolean;
}

export async function applyChanges(
  changes: readonly FileChange[],
  read: ReadFile,
  { reverse = false }: ApplyOptions = {},
): Promise<Applied> {
  const wanted = reverse ? reversedChanges(changes) : changes;
  const state = new PatchedFiles(read, wanted);
  const conflicts: Conflict[] = [];
  const placed: PlacedHunk[] = [];
  for (const change of wanted) {
    const result = await applyChange(change, state);
    if ('text' in result) conflicts.push(result);
    else for (const place of result) placed.push(place);
  }
  return { files: state.files(), placed, conflicts };
}

/** The files as they have become so far. */
class PatchedFiles {
  /** As they are in the tree before the patch. */
  readonly readBefore: ReadFile;
  readonly #written = new Map<string, Uint8Array>();
  readonly #removed = new Set<string>();
  readonly #leaving: ReadonlySet<string>;

  constructor(read: ReadFile, changes: readonly FileChange[]) {
    this.readBefore = read;
    const leaving = changes.filter(({ kind }) => kind === 'deleted' || kind === 'renamed');
    this.#leaving = new Set(leaving.map(({ oldPath }) => oldPath));
  }

  async read(path: string): Promise<Uint8Array | undefined> {
    const written = this.#written.get(path);
    if (written) return written;
    return this.#removed.has(path) ? undefined : this.readBefore(path);
  }

  /** What stands in the way of a new file: nothing does that the patch itself takes away. */
  async inTheWayOf(path: string): Promise<Uint8Array | undefined> {
    return this.#written.get(path) ?? (this.#leaving.has(path) ? undefined : this.readBefore(path));
  }

  write(path: string, text: Uint8Array): void {
    this.#written.set(path, text);
  }

  /** What another change of the patch has put there stays. */
  removeBefore(path: string): void {
    this.#removed.add(path);
  }

  remove(path: string): void {
    this.#written.delete(path);
    this.#removed.add(path);
  }

  files(): ReadonlyMap<string, Uint8Array | undefined> {
    const files = new Map<string, Uint8Array | undefined>();
    for (const path of this.#removed) files.set(path, undefined);
    for (const [path, text] of this.#written) files.set(path, text);
    return files;
  }
}

type Result = readonly PlacedHunk[] | Conflict;

async function applyChange(change: FileChange, state: PatchedFiles): Promise<Result> {
  const { kind, oldPath, newPath, isBinary } = change;
  if (isUnread(change.newMode) || (kind === 'deleted' && isUnread(change.oldMode))) {
    // What a link leads to is not read, so nothing is known of it but that it goes.
    if (kind === 'deleted' || kind === 'renamed') state.removeBefore(oldPath);
    return [];
  }
  const isMoved = kind === 'renamed' || kind === 'copied';
  if (kind === 'added' || (isMoved && oldPath !== newPath)) {
    const there = await state.inTheWayOf(newPath);
    if (there) return inTheWay(change, there);
  }
  const found =
    kind === 'added' ? nothing : await (isMoved ? state.readBefore(oldPath) : state.read(oldPath));
  const old = found ?? (mayCreate(change) ? nothing : undefined);
  if (!old) return fileConflict(change, oldPath, 'is not there', kind === 'deleted');
  if (isBinary || (kind === 'modified' && change.hunks.length === 0)) {
    if (kind !== 'modified') move(change, old, state);
    return [];
  }
  return applyText(change, textOfFile(old), old, state);
}

function applyText(change: FileChange, file: FileLines, old: Uint8Array, state: PatchedFiles): Result {
  const { kind, oldPath, newPath, hunks, oldBlob } = change;
  const result = applyHunks(file, hunks);
  if (result.kind === 'failed') return hunkConflict(change, file, result.failure);
  // git format-patch -D leaves the text of a deleted file out.
  const isLeftOut = hunks.length === 0 && !(oldBlob !== undefined && emptyBlob.startsWith(oldBlob));
  if (kind === 'deleted' && result.text !== '' && !isLeftOut)
    return fileConflict(change, oldPath, 'holds more than the patch that deletes it knows');
  move(change, hunks.length === 0 ? old : bytesOf(result.text), state);
  return result.places.map((place) => ({ path: newPath, ...place }));
}

const emptyBlob = 'e69de29bb2d1d6434b8b29ae775ad8c2e48c5391';

function move({ kind, oldPath, newPath }: FileChange, text: Uint8Array, state: PatchedFiles): void {
  switch (kind) {
    case 'deleted':
      state.remove(oldPath);
      return;
    case 'renamed':
      if (oldPath !== newPath) state.removeBefore(oldPath);
      state.write(newPath, text);
      return;
    case 'added':
    case 'copied':
    case 'modified':
      state.write(newPath, text);
  }
}

const nothing = new Uint8Array();

/** The diff program may name a file that it creates on both sides. */
const mayCreate = ({ kind, hunks: [hunk, ...others] }: FileChange): boolean =>
  kind === 'modified' && hunk?.oldCount === 0 && others.length === 0;

/** `120000`: a symbolic link; `160000`: a submodule. */
const isUnread = (mode: string | undefined): boolean => mode === '120000' || mode === '160000';

function inTheWay(change: FileChange, there: Uint8Array): Conflict {
  const { kind, newPath, hunks } = change;
  const result = kind === 'added' ? applyHunks(textOfFile(new Uint8Array()), hunks) : undefined;
  const isSame = result?.kind === 'applied' && result.text === textOfFile(there).text;
  return fileConflict(
    change,
    newPath,
    isSame ? 'is there already, as the patch makes it' : 'is there already',
    isSame,
  );
}
