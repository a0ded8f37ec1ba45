// storyRows.ts
// Which rows of a thread's column can be seen, and how the line of what is held runs along them.

import type { CycleFold, CycleRow, CycleStep } from '../../src/report/cycleRows.ts';
import type { Depth } from './messages.ts';

export interface VisibleRow {
  /** `0.3`: the fourth row of the first thread; `0.3.1`: the second step in that fold. */
  readonly id: string;
  readonly row: CycleRow;
  readonly level: 1 | 2;
  readonly position: number;
  readonly setSize: number;
  /** Of a fold. */
  readonly isExpanded?: boolean;
  readonly rail: Rail;
}

/** Held from here, all along, up to here; or not at all. */
export type Rail = 'begin' | 'through' | 'end' | 'none';

export interface Folding {
  readonly depth: Depth;
  /** Folds that stand otherwise than the depth says. */
  readonly toggled: ReadonlySet<string>;
}

export function visibleRows(
  thread: number,
  rows: readonly CycleRow[],
  folding: Folding,
): readonly VisibleRow[] {
  let isHeld = comesHeld(rows);
  const railOf = (step: CycleStep | CycleFold): Rail => {
    const before = isHeld;
    isHeld = step.isHeld && !endsHold(step);
    if (endsHold(step)) return before ? 'end' : 'none';
    if (!step.isHeld) return 'none';
    return before ? 'through' : 'begin';
  };
  return rows.flatMap((row, i): VisibleRow[] => {
    const place = { level: 1, position: i + 1, setSize: rows.length } as const;
    const id = `${thread}.${i}`;
    if (row.kind === 'step') return [{ id, row, ...place, rail: railOf(row) }];
    const isExpanded = isFoldOpen(id, folding);
    const fold = { id, row, ...place, isExpanded, rail: railOf(row) };
    return isExpanded ? [fold, ...innerRows(id, row, fold.rail)] : [fold];
  });
}

const innerRows = (id: string, { steps }: CycleFold, rail: Rail): readonly VisibleRow[] =>
  steps.map((step, i) => ({
    id: `${id}.${i}`,
    row: step,
    level: 2,
    position: i + 1,
    setSize: steps.length,
    rail,
  }));

export const isFoldOpen = (id: string, { depth, toggled }: Folding): boolean =>
  (depth === 'all') !== toggled.has(id);

/** The fold that a step lies in, or the row itself. */
export const foldOf = (id: string): string => id.split('.').slice(0, 2).join('.');

/** Held when the thread begins: whoever runs as something takes it nowhere. */
function comesHeld(rows: readonly CycleRow[]): boolean {
  const first = rows[0];
  return first !== undefined && first.isHeld && !(first.kind === 'step' && first.mark === 'take');
}

const endsHold = (row: CycleRow): boolean =>
  row.kind === 'step' && (row.mark === 'wait' || row.mark === 'return');
