// lineOrigins.ts
// Which patch of a series put a line where it is at the end, and which one takes a line away that is there at the
// beginning.

import type { PlacedHunk } from '../patch/applied.ts';
import type { FileChange, Hunk, HunkLine, Patch } from '../patch/change.ts';
import type { HunkReference } from './reviewed.ts';

export interface AppliedPatch {
  readonly patch: Patch;
  readonly placed: readonly PlacedHunk[];
}

export class LineOrigins {
  readonly #applied: readonly AppliedPatch[];

  /** In the order in which they were applied. */
  constructor(applied: readonly AppliedPatch[]) {
    this.#applied = applied;
  }

  /** `path` and `line` after the last patch. */
  addedBy(path: string, line: number): HunkReference | undefined {
    let at = { path, line };
    for (const { patch, placed } of this.#applied.toReversed()) {
      const change = patch.changes.find(({ kind, newPath }) => kind !== 'deleted' && newPath === at.path);
      if (!change) continue;
      const found = across(change, placed, at.line, after);
      if (found.kind === 'changed')
        return { patch: patch.number, path: change.newPath, hunk: found.hunk, line: found.index };
      at = { path: change.oldPath, line: found.line };
    }
    return undefined;
  }

  /**
   * Hunks that change something between two lines of the end: where a line was taken away, no line shows it. Lines are
   * those after the patch itself, which later patches of a series may have moved by a few.
   */
  changesWithin(path: string, from: number, to: number): readonly HunkReference[] {
    return this.#applied.flatMap(({ patch, placed }) =>
      patch.changes.flatMap((change) =>
        change.newPath === path
          ? placed.flatMap((place) => changeWithin(patch.number, change, place, from, to))
          : [],
      ),
    );
  }

  /** `path` and `line` before the first patch. */
  removedBy(path: string, line: number): HunkReference | undefined {
    let at = { path, line };
    for (const { patch, placed } of this.#applied) {
      const change = patch.changes.find(({ kind, oldPath }) => replaces.has(kind) && oldPath === at.path);
      if (!change) continue;
      const found = across(change, placed, at.line, before);
      if (found.kind === 'changed')
        return { patch: patch.number, path: change.newPath, hunk: found.hunk, line: found.index };
      at = { path: change.newPath, line: found.line };
    }
    return undefined;
  }
}

/** The first changed line of the hunk in that stretch. */
function changeWithin(
  patch: number,
  change: FileChange,
  place: PlacedHunk,
  from: number,
  to: number,
): readonly HunkReference[] {
  if (place.path !== change.newPath) return [];
  let at = place.newStart;
  for (const [line, { kind }] of (change.hunks[place.hunk]?.lines ?? []).entries()) {
    if (kind !== 'context' && at >= from && at <= to)
      return [{ patch, path: change.newPath, hunk: place.hunk, line }];
    if (kind !== 'removed') at++;
  }
  return [];
}

const replaces: ReadonlySet<FileChange['kind']> = new Set(['modified', 'renamed', 'deleted']);

/** From which side a change is looked at. */
interface Side {
  readonly changed: HunkLine['kind'];
  start(placed: PlacedHunk): number;
  count(hunk: Hunk): number;
  /** Lines that the other side has more. */
  growth(hunk: Hunk): number;
}

const after: Side = {
  changed: 'added',
  start: ({ newStart }) => newStart,
  count: ({ newCount }) => newCount,
  growth: ({ oldCount, newCount }) => oldCount - newCount,
};

const before: Side = {
  changed: 'removed',
  start: ({ oldStart }) => oldStart,
  count: ({ oldCount }) => oldCount,
  growth: ({ oldCount, newCount }) => newCount - oldCount,
};

type Across =
  | { readonly kind: 'changed'; readonly hunk: number; readonly index: number }
  /** It is there on the other side too, at this line. */
  | { readonly kind: 'kept'; readonly line: number };

function across(change: FileChange, placed: readonly PlacedHunk[], line: number, side: Side): Across {
  const own = placed.filter(({ path }) => path === change.newPath || path === change.oldPath);
  let shift = 0;
  for (const place of own) {
    const hunk = change.hunks[place.hunk];
    if (!hunk) continue;
    const start = side.start(place);
    if (line < start) break;
    if (line < start + side.count(hunk)) return inside(hunk, place.hunk, line - start, line + shift, side);
    shift += side.growth(hunk);
  }
  return { kind: 'kept', line: line + shift };
}

/** `shifted` is where the line would be if nothing in the hunk above it had changed. */
function inside(hunk: Hunk, number: number, wanted: number, shifted: number, side: Side): Across {
  let seen = 0;
  let others = 0;
  let changed = 0;
  for (const [index, { kind }] of hunk.lines.entries()) {
    if (kind !== 'context' && kind !== side.changed) {
      others++;
      continue;
    }
    if (seen++ === wanted) {
      if (kind === side.changed) return { kind: 'changed', hunk: number, index };
      return { kind: 'kept', line: shifted + others - changed };
    }
    if (kind === side.changed) changed++;
  }
  return { kind: 'kept', line: shifted };
}
