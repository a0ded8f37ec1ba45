// reviewStates.ts
// The trees that a series makes of its base, one after each patch, in memory.

import { throwIfCancelled } from '../base/cancel.ts';
import type { Token } from '../base/cancel.ts';
import type { TreeIndex } from '../index/treeIndex.ts';
import type { ReadFile } from '../patch/applied.ts';
import { applyChanges } from '../patch/applyPatch.ts';
import type { Patch, PatchSeries } from '../patch/change.ts';
import type { AppliedPatch } from '../review/lineOrigins.ts';
import type { PatchResult, StateTexts } from './reviewReport.ts';
import type { ThreeWay } from './threeWay.ts';

export interface ReviewStates {
  /** Of the base, then after each patch that was applied. */
  readonly indexes: readonly TreeIndex[];
  /** In what each of them differs from the tree that was given. */
  readonly changed: readonly ReadonlyMap<string, Uint8Array | undefined>[];
  /** `applied[i]` leads from `indexes[i]` to the next. */
  readonly applied: readonly AppliedPatch[];
  readonly results: readonly PatchResult[];
  readonly texts: StateTexts;
}

export interface StatesRequest {
  readonly series: PatchSeries;
  /** Files of the base, those that are not indexed too. */
  readonly read: ReadFile;
  readonly threeWay?: ThreeWay | undefined;
}

/** What does not apply ends the series: the patches after it were made for another tree. */
export async function reviewStates(
  base: TreeIndex,
  { series, read, threeWay }: StatesRequest,
  token: Token,
): Promise<ReviewStates> {
  const changed: Texts[] = [new Map()];
  const applied: AppliedPatch[] = [];
  const results: PatchResult[] = [];
  const files = new Map<string, Uint8Array | undefined>();
  const before = new Map<string, Uint8Array | undefined>();
  const texts = [before];
  const readNow: ReadFile = async (path) => {
    if (files.has(path)) return files.get(path);
    if (!before.has(path)) before.set(path, await read(path));
    return before.get(path);
  };
  let hasFailed = false;
  for (const given of series.patches) {
    throwIfCancelled(token);
    if (hasFailed) {
      results.push({ patch: given, status: 'failed', conflicts: [], notes: [] });
      continue;
    }
    const { patch, notes } = (await threeWay?.rebased(given, readNow)) ?? { patch: given, notes: [] };
    const { files: patched, placed, conflicts } = await applyChanges(patch.changes, readNow);
    // What could not be read is not among the changes: the rest of the patch would be another patch.
    hasFailed = conflicts.length > 0 || patch.problems.some(({ severity }) => severity === 'error');
    const status = hasFailed ? 'failed' : patch.changes.length === 0 ? 'empty' : 'applied';
    results.push({ patch, status, conflicts, notes: [...notes, ...notesOn(patch, placed)] });
    if (status !== 'applied') continue;
    for (const [path, text] of patched) files.set(path, text);
    texts.push(new Map(patched));
    applied.push({ patch, placed });
    changed.push(sourcesOf(files));
  }
  const unseen = unseenIn(base, before);
  const start = unseen.size === 0 ? base : await base.overlay(unseen);
  return {
    indexes: [start, ...(await Promise.all(changed.slice(1).map((sources) => start.overlay(sources))))],
    changed: changed.map((sources) => new Map([...unseen, ...sources])),
    applied,
    results,
    texts,
  };
}

type Texts = ReadonlyMap<string, Uint8Array | undefined>;

const sourcesOf = (files: Texts): Texts => new Map([...files].filter(([path]) => /\.[ch]$/.test(path)));

/** Files of another architecture are not indexed, and what stands in them before the patch is not new. */
function unseenIn(base: TreeIndex, before: Texts): Texts {
  const known = new Set(base.files);
  return new Map([...sourcesOf(before)].filter(([path, text]) => text && !known.has(path)));
}

/** A hunk that lies elsewhere than its header says is worth a word: the tree is not the one it was made for. */
function notesOn(patch: Patch, placed: AppliedPatch['placed']): readonly string[] {
  return patch.changes.flatMap(({ newPath }) => {
    const moved = placed.filter(({ path, offset }) => path === newPath && offset !== 0);
    if (moved.length === 0) return [];
    const most = Math.max(...moved.map(({ offset }) => Math.abs(offset)));
    const hunks = moved.length === 1 ? '1 hunk' : `${moved.length} hunks`;
    return [`${newPath}: ${hunks} moved by up to ${most} ${most === 1 ? 'line' : 'lines'}`];
  });
}
