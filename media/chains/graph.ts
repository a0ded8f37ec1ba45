// graph.ts
// The marks and lanes left of a row, as one small drawing. Shapes differ as well as colours: a full disc takes, a ring
// releases, a diamond waits, so the picture does not depend on colour alone.

import type { OperationEffect } from '../../src/kernel/primitive.ts';
import type { ChainRow } from '../../src/server/protocol.ts';
import { draw } from '../shared/elements.ts';
import type { RowRails } from './rails.ts';
import { wordsFor } from './words.ts';

const laneWidth = 14;
const height = 24;
const middle = height / 2;

export function drawGraph(row: ChainRow, rails: RowRails): SVGElement {
  const laneCount = rails.lanes.length;
  const width = (laneCount + 1) * laneWidth;
  const graph = draw('svg', {
    class: 'graph',
    width,
    height,
    viewBox: `0 0 ${width} ${height}`,
    'aria-hidden': 'true',
  });
  for (const [lane, part] of rails.lanes.entries()) {
    if (part === undefined) continue;
    const x = laneCenter(lane);
    const from = part === 'begin' ? middle : 0;
    const to = part === 'end' ? middle : height;
    graph.append(draw('line', { class: 'lane', x1: x, x2: x, y1: from, y2: to }));
  }
  const ownLane = rails.lanes.findIndex((part) => part !== undefined && part !== 'through');
  const markAt = laneCenter(ownLane < 0 ? laneCount : ownLane);
  if (row.kind === 'operation') graph.append(...drawMark(row.effect, markAt));
  return graph;
}

function drawMark(effect: OperationEffect, x: number): SVGElement[] {
  switch (wordsFor(effect).family) {
    case 'lock':
      return drawLockMark(effect, x);
    case 'wait':
      return [draw('path', { class: 'mark wait', d: `M${x} ${middle - 5}l5 5l-5 5l-5 -5z` })];
    case 'reference':
      return [draw('path', { class: 'mark reference', d: strokes(effect === 'get', x) })];
    case 'queue':
      return [draw('path', { class: 'mark queue', d: `M${x - 4} ${middle}h8m-3 -3l3 3l-3 3` })];
    case 'other':
      return [draw('circle', { class: 'mark other', cx: x, cy: middle, r: 2 })];
  }
}

/** A disc takes, a ring releases, a ring with a dot tries. */
function drawLockMark(effect: OperationEffect, x: number): SVGElement[] {
  const circle = (shape: string, r: number): SVGElement =>
    draw('circle', { class: `mark lock ${shape}`, cx: x, cy: middle, r });
  if (effect === 'acquire') return [circle('disc', 4)];
  return effect === 'try' ? [circle('target', 4.5), circle('dot', 1)] : [circle('ring', 4)];
}

/** A plus for a reference taken, a minus for one given back. */
function strokes(isPlus: boolean, x: number): string {
  const minus = `M${x - 4} ${middle}h8`;
  return isPlus ? `${minus}M${x} ${middle - 4}v8` : minus;
}

const laneCenter = (lane: number): number => lane * laneWidth + laneWidth / 2;
