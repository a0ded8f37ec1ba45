// reviewBase.ts
// The tree that a series was made for: the commit that it names, or the one that has the contents which its `index` lines
// name, or else the tree as it lies on the disk.

import { sameBytes } from '../base/bytes.ts';
import type { Token } from '../base/cancel.ts';
import { throwIfCancelled } from '../base/cancel.ts';
import { aboutTheTree } from '../index/aboutTheTree.ts';
import type { FileBlob, Repository } from '../index/repository.ts';
import type { TreeIndex } from '../index/treeIndex.ts';
import type { ReadFile } from '../patch/applied.ts';
import type { PatchSeries } from '../patch/change.ts';
import type { Base } from './reviewReport.ts';

export interface ChosenBase {
  /** What was used in the end. */
  readonly base: Base;
  /** One sentence without a full stop; empty where nothing is to be said. */
  readonly why: string;
}

export async function chooseBase(
  series: PatchSeries,
  repository: Repository | undefined,
  token: Token,
): Promise<ChosenBase> {
  const named = series.baseCommit;
  if (!repository) {
    const why =
      named === undefined
        ? ''
        : `base-commit ${shortId(named)} cannot be looked up: the tree is no git repository; ${asItIs}`;
    return { base: { kind: 'tree', commit: undefined }, why };
  }
  const commit = named === undefined ? undefined : await repository.commitOf(named);
  if (named !== undefined && commit?.startsWith(named))
    return { base: { kind: 'commit', commit, from: 'base-commit' }, why: '' };
  const missing = named === undefined ? '' : `base-commit ${shortId(named)} is not in this repository; `;
  const files = blobsBefore(series);
  const found = files.some(({ blob }) => blob !== undefined)
    ? await repository.commitWithBlobs(files, token)
    : undefined;
  if (found !== undefined) {
    const why =
      missing && `${missing}${shortId(found)} was used, which has the contents that the patch names`;
    return { base: { kind: 'commit', commit: found, from: 'blobs' }, why };
  }
  return { base: { kind: 'tree', commit: await repository.head() }, why: missing && `${missing}${asItIs}` };
}

const asItIs = 'the tree as it is was used';

const shortId = (id: string): string => id.slice(0, 12);

/** What the series expects of each file before its first patch. */
function blobsBefore({ patches }: PatchSeries): readonly FileBlob[] {
  const files = new Map<string, FileBlob>();
  const known = new Set<string>();
  for (const { kind, oldPath, newPath, oldBlob } of patches.flatMap(({ changes }) => changes)) {
    if (!known.has(oldPath) && kind !== 'added' && oldBlob !== undefined)
      files.set(oldPath, { path: oldPath, blob: oldBlob });
    if (!known.has(newPath) && kind === 'added') files.set(newPath, { path: newPath, blob: undefined });
    known.add(oldPath).add(newPath);
  }
  return [...files.values()];
}

export interface BaseRequest {
  readonly base: Base;
  readonly repository: Repository | undefined;
  /** Which files of the base the index would read. */
  readonly wants: (path: string) => boolean;
}

export interface BaseIndex extends ChosenBase {
  readonly index: TreeIndex;
  /** In what it differs from the index of the disk. */
  readonly texts: ReadonlyMap<string, Uint8Array | undefined>;
}

/** The index of the base: the one of the disk, with the commit's text for files that differ from it. */
export async function baseIndex(
  index: TreeIndex,
  { base, repository, wants }: BaseRequest,
  token: Token,
): Promise<BaseIndex> {
  if (base.kind === 'tree' || !repository) return { index, base, why: '', texts: noTexts };
  const blobOf = (path: string): string | undefined => index.blobOf?.(path);
  const differing = await repository.differing(base.commit, { onDisk: index.files, blobOf, wants }, token);
  if (differing.size > mostDiffering) {
    const head = await repository.head();
    const why = tooFar(base.commit, differing.size);
    return { index, base: { kind: 'tree', commit: head }, why, texts: noTexts };
  }
  const files = [...differing];
  const texts = await textsAboutTheTree(index, base.commit, repository);
  for (let at = 0; at < files.length; at += atOnce) {
    throwIfCancelled(token);
    const some = files.slice(at, at + atOnce);
    const read = some.map(([, blob]) => (blob === undefined ? noText : repository.blobText(blob)));
    for (const [i, text] of (await Promise.all(read)).entries()) texts.set(some[i]![0], text);
  }
  return { index: texts.size === 0 ? index : await index.overlay(texts), base, why: '', texts };
}

/** A commit under review must not say how it is to be judged. What git does not know is the user's own word. */
async function textsAboutTheTree(
  index: TreeIndex,
  commit: string,
  repository: Repository,
): Promise<Map<string, Uint8Array | undefined>> {
  const texts = new Map<string, Uint8Array | undefined>();
  const head = await repository.head();
  for (const path of aboutTheTree) {
    const text = await repository.textAt(commit, path);
    const isKnown = text ?? (head === undefined ? undefined : await repository.textAt(head, path));
    if (isKnown && !sameBytes(text, await index.text(path))) texts.set(path, text);
  }
  return texts;
}

/** Half a millisecond and 30 kB each. A branch of the same release has some hundreds, 6.1 to 6.12 has 36,009. */
const mostDiffering = 8000;

const tooFar = (commit: string, count: number): string =>
  `${shortId(commit)} and the tree differ in ${count} files, which is too far; ${asItIs}; ` +
  `git worktree add makes a tree of ${shortId(commit)} for --tree`;

const noTexts: BaseIndex['texts'] = new Map();

const noText = Promise.resolve(undefined);

/** Blobs that are asked for before the first one has come. */
const atOnce = 64;

/** Files of the base, those that are not indexed too. */
export function baseReader(base: Base, repository: Repository | undefined, readDisk: ReadFile): ReadFile {
  if (base.kind === 'tree' || !repository) return readDisk;
  return (path) => repository.textAt(base.commit, path);
}
