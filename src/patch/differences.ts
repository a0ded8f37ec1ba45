// differences.ts
// Where two texts differ, as blocks of lines that people would see: of the places where a block could be shown the last
// one, so that a function is added as a whole, and blocks that can be moved together are one.

import { equalRuns } from './lineDiff.ts';

/** Lines that differ: half-open, from 0. */
export interface Difference {
  readonly oldStart: number;
  readonly oldEnd: number;
  readonly newStart: number;
  readonly newEnd: number;
}

/** In order; between two of them lies at least one line that both have. */
export function differencesOf(
  oldLines: readonly string[],
  newLines: readonly string[],
): readonly Difference[] {
  const settled: Difference[] = [];
  const end = {
    oldStart: oldLines.length,
    oldEnd: oldLines.length,
    newStart: newLines.length,
    newEnd: newLines.length,
  };
  const waiting = betweenRuns(oldLines, newLines).toReversed();
  for (let block = waiting.pop(); block; block = waiting.pop()) {
    const joined = joinedUp(block, settled.at(-1), oldLines, newLines);
    if (joined.isJoined) settled.pop();
    const down = slid(joined.block, 1, waiting.at(-1) ?? end, oldLines, newLines);
    const next = waiting.at(-1);
    if (next && down.oldEnd === next.oldStart && down.newEnd === next.newStart)
      waiting[waiting.length - 1] = { ...next, oldStart: down.oldStart, newStart: down.newStart };
    else settled.push(down);
  }
  return settled;
}

function betweenRuns(oldLines: readonly string[], newLines: readonly string[]): readonly Difference[] {
  const differences: Difference[] = [];
  let oldStart = 0;
  let newStart = 0;
  const end = { oldStart: oldLines.length, newStart: newLines.length, count: 0 };
  for (const run of [...equalRuns(oldLines, newLines), end]) {
    if (run.oldStart > oldStart || run.newStart > newStart)
      differences.push({ oldStart, oldEnd: run.oldStart, newStart, newEnd: run.newStart });
    oldStart = run.oldStart + run.count;
    newStart = run.newStart + run.count;
  }
  return differences;
}

interface JoinedUp {
  readonly block: Difference;
  readonly isJoined: boolean;
}

/** One block with the one above, where it can be moved there. */
function joinedUp(
  block: Difference,
  above: Difference | undefined,
  oldLines: readonly string[],
  newLines: readonly string[],
): JoinedUp {
  if (!above) return { block, isJoined: false };
  const up = slid(block, -1, above, oldLines, newLines);
  if (up.oldStart !== above.oldEnd || up.newStart !== above.newEnd) return { block, isJoined: false };
  return { block: { ...up, oldStart: above.oldStart, newStart: above.newStart }, isJoined: true };
}

/**
 * As far as it goes, up to another block. A block of added or removed lines may move by a line where the line that it
 * would leave behind is the one that it would take in.
 */
function slid(
  block: Difference,
  step: 1 | -1,
  other: Difference,
  oldLines: readonly string[],
  newLines: readonly string[],
): Difference {
  const { oldStart, oldEnd, newStart, newEnd } = block;
  const isAdded = oldStart === oldEnd;
  if (!isAdded && newStart !== newEnd) return block;
  const lines = isAdded ? newLines : oldLines;
  const [start, end] = isAdded ? [newStart, newEnd] : [oldStart, oldEnd];
  const room = step > 0 ? other.oldStart - oldEnd : oldStart - other.oldEnd;
  const [first, last] = step > 0 ? [start, end] : [end - 1, start - 1];
  let by = 0;
  while (Math.abs(by) < room && lines[first + by] === lines[last + by]) by += step;
  return { oldStart: oldStart + by, oldEnd: oldEnd + by, newStart: newStart + by, newEnd: newEnd + by };
}
