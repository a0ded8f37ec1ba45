// lineDiff.ts
// Which lines two texts have in common: the shortest way from one to the other (Myers), as runs of equal lines.

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
  const sides: Sides = { a: numbered(oldLines), b: numbered(newLines) };
  compare(sides, { aStart: 0, aEnd: oldLines.length, bStart: 0, bEnd: newLines.length }, runs);
  return joined(runs);
}

interface Sides {
  readonly a: Int32Array;
  readonly b: Int32Array;
}

interface Box {
  readonly aStart: number;
  readonly aEnd: number;
  readonly bStart: number;
  readonly bEnd: number;
}

function compare(sides: Sides, box: Box, runs: EqualRun[]): void {
  const { a, b } = sides;
  let { aStart, aEnd, bStart, bEnd } = box;
  const begun = { oldStart: aStart, newStart: bStart };
  while (aStart < aEnd && bStart < bEnd && a[aStart] === b[bStart]) {
    aStart++;
    bStart++;
  }
  if (aStart > begun.oldStart) runs.push({ ...begun, count: aStart - begun.oldStart });
  const end = aEnd;
  while (aStart < aEnd && bStart < bEnd && a[aEnd - 1] === b[bEnd - 1]) {
    aEnd--;
    bEnd--;
  }
  if (aStart < aEnd && bStart < bEnd) {
    const split = middleOf(sides, { aStart, aEnd, bStart, bEnd });
    if (split) {
      compare(sides, { aStart, aEnd: split.a, bStart, bEnd: split.b }, runs);
      compare(sides, { aStart: split.a, aEnd, bStart: split.b, bEnd }, runs);
    }
  }
  if (end > aEnd) runs.push({ oldStart: aEnd, newStart: bEnd, count: end - aEnd });
}

// Texts that have next to nothing in common are told as such instead of being searched for ever.
const mostSteps = 20_000;

interface Point {
  readonly a: number;
  readonly b: number;
}

/** A point on a shortest way, found from both ends at once; `undefined`: nothing is common, or too little. */
function middleOf({ a, b }: Sides, { aStart, aEnd, bStart, bEnd }: Box): Point | undefined {
  const n = aEnd - aStart;
  const m = bEnd - bStart;
  const delta = n - m;
  const isOdd = (delta & 1) !== 0;
  const most = Math.min(Math.ceil((n + m) / 2), mostSteps);
  const offset = most + 1;
  const forward = new Int32Array(2 * offset + 1).fill(-1);
  const backward = new Int32Array(2 * offset + 1).fill(-1);
  forward[offset + 1] = 0;
  backward[offset + 1] = 0;
  const step = (reach: Int32Array, k: number, d: number): number =>
    k === -d || (k !== d && reach[offset + k - 1]! < reach[offset + k + 1]!)
      ? reach[offset + k + 1]!
      : reach[offset + k - 1]! + 1;
  for (let d = 0; d <= most; d++) {
    for (let k = -d; k <= d; k += 2) {
      let x = step(forward, k, d);
      if (x > n || x - k > m || x - k < 0) {
        forward[offset + k] = x;
        continue;
      }
      while (x < n && x - k < m && a[aStart + x] === b[bStart + x - k]) x++;
      forward[offset + k] = x;
      const other = delta - k;
      if (
        isOdd &&
        Math.abs(other) < d &&
        x + backward[offset + other]! >= n &&
        backward[offset + other]! >= 0
      )
        return pointIn({ a: aStart + x, b: bStart + x - k }, { aStart, aEnd, bStart, bEnd });
    }
    for (let k = -d; k <= d; k += 2) {
      let x = step(backward, k, d);
      if (x > n || x - k > m || x - k < 0) {
        backward[offset + k] = x;
        continue;
      }
      while (x < n && x - k < m && a[aEnd - 1 - x] === b[bEnd - 1 - (x - k)]) x++;
      backward[offset + k] = x;
      const other = delta - k;
      if (
        !isOdd &&
        Math.abs(other) <= d &&
        x + forward[offset + other]! >= n &&
        forward[offset + other]! >= 0
      )
        return pointIn({ a: aEnd - x, b: bEnd - (x - k) }, { aStart, aEnd, bStart, bEnd });
    }
  }
  return undefined;
}

/** A corner would split nothing off. */
function pointIn(point: Point, { aStart, aEnd, bStart, bEnd }: Box): Point | undefined {
  const isCorner = (point.a === aStart && point.b === bStart) || (point.a === aEnd && point.b === bEnd);
  return isCorner ? undefined : point;
}

function joined(runs: readonly EqualRun[]): readonly EqualRun[] {
  const result: EqualRun[] = [];
  for (const run of runs) {
    const last = result.at(-1);
    if (last && last.oldStart + last.count === run.oldStart && last.newStart + last.count === run.newStart)
      result[result.length - 1] = { ...last, count: last.count + run.count };
    else result.push(run);
  }
  return result;
}
