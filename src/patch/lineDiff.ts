// lineDiff.ts
// Which lines two texts have in common: the shortest way from one to the other (Myers), as runs of equal lines. Texts that
// are far apart are cut first at lines which both have once.

/** Lines of the one side that stand for lines of the other; whatever lies between runs differs. */
export interface EqualRun {
  readonly oldStart: number;
  readonly newStart: number;
  readonly count: number;
}

/** Lines with their ends, so that a missing newline at the end is a difference. */
export function linesOfText(text: string): readonly string[] {
  const lines: string[] = [];
  for (let at = 0; at < text.length;) {
    const end = text.indexOf('\n', at);
    const next = end < 0 ? text.length : end + 1;
    lines.push(text.slice(at, next));
    at = next;
  }
  return lines;
}

/** In order; the runs neither touch nor overlap. */
export function equalRuns(oldLines: readonly string[], newLines: readonly string[]): readonly EqualRun[] {
  const numbers = new Map<string, number>();
  const numbered = (lines: readonly string[]): Int32Array =>
    Int32Array.from(lines, (line) => {
      const known = numbers.get(line);
      if (known !== undefined) return known;
      numbers.set(line, numbers.size);
      return numbers.size - 1;
    });
  const runs: EqualRun[] = [];
  const sides: Sides = { a: numbered(oldLines), b: numbered(newLines), runs };
  compare(sides, { aStart: 0, aEnd: oldLines.length, bStart: 0, bEnd: newLines.length });
  return joined(runs);
}

interface Sides {
  readonly a: Int32Array;
  readonly b: Int32Array;
  /** In order. */
  readonly runs: EqualRun[];
}

interface Box {
  readonly aStart: number;
  readonly aEnd: number;
  readonly bStart: number;
  readonly bEnd: number;
}

function compare(sides: Sides, box: Box): void {
  const { a, b, runs } = sides;
  let { aStart, aEnd, bStart, bEnd } = box;
  while (aStart < aEnd && bStart < bEnd && a[aStart] === b[bStart]) {
    aStart++;
    bStart++;
  }
  runs.push({ oldStart: box.aStart, newStart: box.bStart, count: aStart - box.aStart });
  while (aStart < aEnd && bStart < bEnd && a[aEnd - 1] === b[bEnd - 1]) {
    aEnd--;
    bEnd--;
  }
  if (aStart < aEnd && bStart < bEnd) compareInside(sides, { aStart, aEnd, bStart, bEnd });
  runs.push({ oldStart: aEnd, newStart: bEnd, count: box.aEnd - aEnd });
}

function compareInside(sides: Sides, box: Box): void {
  const way = shortestWay(sides, box);
  if (way) {
    sides.runs.push(...way);
    return;
  }
  let { aStart, bStart } = box;
  const common = linesOnceInBoth(sides, box);
  // Nothing to hold on to: such texts have nothing in common that people would see.
  if (common.length === 0) return;
  for (const { oldStart, newStart } of common) {
    compare(sides, { aStart, aEnd: oldStart, bStart, bEnd: newStart });
    sides.runs.push({ oldStart, newStart, count: 1 });
    aStart = oldStart + 1;
    bStart = newStart + 1;
  }
  compare(sides, { aStart, aEnd: box.aEnd, bStart, bEnd: box.bEnd });
}

// So many lines that differ take 16 MB and 10 ms to find.
const mostDifferences = 2000;

/** For each number of differences d, how far one comes on each diagonal; then the way back. `undefined`: too far. */
function shortestWay({ a, b }: Sides, { aStart, aEnd, bStart, bEnd }: Box): readonly EqualRun[] | undefined {
  const oldCount = aEnd - aStart;
  const newCount = bEnd - bStart;
  const most = Math.min(oldCount + newCount, mostDifferences);
  const rows: Int32Array[] = [];
  let previous = new Int32Array(3);
  for (let d = 0; d <= most; d++) {
    // Diagonal k lies at k + d + 1, with one place to spare at either end.
    const row = new Int32Array(2 * d + 5);
    for (let k = -d; k <= d; k += 2) {
      let x = d === 0 ? 0 : reached(previous, k, d);
      while (x < oldCount && x - k < newCount && a[aStart + x] === b[bStart + x - k]) x++;
      row[k + d + 1] = x;
      if (x >= oldCount && x - k >= newCount) {
        rows.push(row);
        return wayBack(rows, { x: oldCount, y: newCount }, { aStart, bStart });
      }
    }
    rows.push(row);
    previous = row;
  }
  return undefined;
}

/** Where diagonal k begins after one more difference: below k + 1 or right of k - 1. */
function reached(previous: Int32Array, k: number, d: number): number {
  // Of the row before, diagonal k lies at k + d.
  const below = k < d ? previous[k + 1 + d]! : -1;
  const right = k > -d ? previous[k - 1 + d]! + 1 : -1;
  return right > below ? right : below;
}

function wayBack(
  rows: readonly Int32Array[],
  end: { readonly x: number; readonly y: number },
  start: { readonly aStart: number; readonly bStart: number },
): readonly EqualRun[] {
  const runs: EqualRun[] = [];
  let { x, y } = end;
  for (let d = rows.length - 1; d >= 0; d--) {
    const k = x - y;
    const from = d === 0 ? 0 : reached(rows[d - 1]!, k, d);
    runs.push({ oldStart: start.aStart + from, newStart: start.bStart + from - k, count: x - from });
    if (d === 0) break;
    const below = k < d ? rows[d - 1]![k + 1 + d]! : -1;
    const isBelow = below === from;
    x = isBelow ? from : from - 1;
    y = isBelow ? from - k - 1 : from - k;
  }
  return runs.reverse();
}

/** The longest chain of lines that each side has exactly once, in the same order on both. */
function linesOnceInBoth({ a, b }: Sides, { aStart, aEnd, bStart, bEnd }: Box): readonly EqualRun[] {
  const inA = placesOfOnce(a, aStart, aEnd);
  const inB = placesOfOnce(b, bStart, bEnd);
  const pairs: { readonly oldStart: number; readonly newStart: number }[] = [];
  for (const [line, oldStart] of inA) {
    const newStart = inB.get(line);
    if (newStart !== undefined && newStart >= 0 && oldStart >= 0) pairs.push({ oldStart, newStart });
  }
  pairs.sort((one, other) => one.oldStart - other.oldStart);
  return longestRising(pairs).map((pair) => ({ ...pair, count: 1 }));
}

/** By the line's number; -1 where it stands twice. */
function placesOfOnce(lines: Int32Array, start: number, end: number): ReadonlyMap<number, number> {
  const places = new Map<number, number>();
  for (let i = start; i < end; i++) places.set(lines[i]!, places.has(lines[i]!) ? -1 : i);
  return places;
}

function longestRising<T extends { readonly newStart: number }>(pairs: readonly T[]): readonly T[] {
  const ends: number[] = [];
  const before: number[] = [];
  for (const [i, { newStart }] of pairs.entries()) {
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (pairs[ends[middle]!]!.newStart < newStart) low = middle + 1;
      else high = middle;
    }
    before.push(low > 0 ? ends[low - 1]! : -1);
    ends[low] = i;
  }
  const chain: T[] = [];
  for (let i = ends.at(-1) ?? -1; i >= 0; i = before[i]!) chain.push(pairs[i]!);
  return chain.reverse();
}

function joined(runs: readonly EqualRun[]): readonly EqualRun[] {
  const result: EqualRun[] = [];
  for (const run of runs) {
    if (run.count === 0) continue;
    const last = result.at(-1);
    if (last && last.oldStart + last.count === run.oldStart && last.newStart + last.count === run.newStart)
      result[result.length - 1] = { ...last, count: last.count + run.count };
    else result.push(run);
  }
  return result;
}
