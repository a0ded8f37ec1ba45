// rails.ts
// Which locks are held along the rows, as lanes beside the list: a lane runs from where a lock is taken to the last row
// that releases it. Rows stand in source order, so a lane shows what may be held there, on one path or another.

import type { ChainRow } from '../../src/server/protocol.ts';

/** `touch`: the row does something to the lock of this lane, and the lane goes on. */
export type LanePart = 'begin' | 'through' | 'touch' | 'end';

export interface RowRails {
  /** By lane; `undefined` where nothing runs in that lane. */
  readonly lanes: readonly (LanePart | undefined)[];
}

export interface Rails {
  readonly laneCount: number;
  readonly rows: readonly RowRails[];
}

interface Span {
  readonly lock: string;
  readonly begin: number;
  readonly end: number;
}

// More lanes than this say less than none; the locks beyond keep their marks and lose their line.
const mostLanes = 5;

export function findRails(rows: readonly ChainRow[]): Rails {
  const parts: (LanePart | undefined)[][] = rows.map(() => []);
  const laneEnds: number[] = [];
  for (const span of findSpans(rows)) {
    const free = laneEnds.findIndex((end) => end < span.begin);
    const lane = free >= 0 ? free : laneEnds.length;
    if (lane >= mostLanes) continue;
    laneEnds[lane] = span.end;
    for (let i = span.begin; i <= span.end; i++) {
      const row = parts[i];
      if (row) row[lane] = partAt(rows[i], i, span);
    }
  }
  const laneCount = laneEnds.length;
  return {
    laneCount,
    rows: parts.map((lanes) => ({ lanes: Array.from({ length: laneCount }, (_, i) => lanes[i]) })),
  };
}

function partAt(row: ChainRow | undefined, index: number, { begin, end, lock }: Span): LanePart {
  if (index === begin) return 'begin';
  if (index === end) return 'end';
  return lockOf(row) === lock ? 'touch' : 'through';
}

function findSpans(rows: readonly ChainRow[]): Span[] {
  const spans: Span[] = [];
  for (const [begin, row] of rows.entries()) {
    const lock = lockOf(row);
    if (row.kind !== 'operation' || !takes(row) || lock === undefined) continue;
    const end = lastRelease(rows, begin, lock);
    if (end !== undefined) spans.push({ lock, begin, end });
  }
  return spans;
}

/** The last release of a lock before it is taken again. */
function lastRelease(rows: readonly ChainRow[], begin: number, lock: string): number | undefined {
  let end: number | undefined;
  for (let i = begin + 1; i < rows.length; i++) {
    const row = rows[i];
    if (row?.kind !== 'operation' || lockOf(row) !== lock) continue;
    if (takes(row)) return end;
    if (row.effect === 'release') end = i;
  }
  return end;
}

const lockOf = (row: ChainRow | undefined): string | undefined =>
  row?.kind === 'operation' ? `${row.objectKind} ${row.object}` : undefined;

const takes = (row: { readonly effect: string }): boolean => row.effect === 'acquire' || row.effect === 'try';
