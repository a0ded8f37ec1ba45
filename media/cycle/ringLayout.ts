// ringLayout.ts
// Where the parts of the ring lie: nodes and threads in turn around an ellipse, against the clock, so that the threads
// stand from left to right as their columns do. What is no ring is a line; what does not fit is a ladder from top to
// bottom. Measures nothing: sizes come in, places go out.

import { at, distance, isInside, overlap, rounded, straight } from './geometry.ts';
import type { Box, Curve, Point, Size } from './geometry.ts';

export interface RingParts {
  readonly nodes: readonly Size[];
  readonly threads: readonly (Size & { readonly holds: number; readonly wants: number })[];
  readonly isClosed: boolean;
  readonly width: number;
}

export interface RingLayout extends Size {
  readonly kind: 'round' | 'line' | 'ladder';
  /** The upper edge; the left one is half of the width left of 0. */
  readonly top: number;
  readonly nodes: readonly Box[];
  readonly threads: readonly Box[];
  /** For each thread: from what it holds to itself, and from there to what it wants. */
  readonly arcs: readonly { readonly holding: Curve; readonly waiting: Curve }[];
}

export function layOutRing(parts: RingParts): RingLayout {
  const found = parts.isClosed ? roundLayout(parts) : lineLayout(parts);
  return found ?? layOutLadder(parts);
}

/** One below the other; the way back to the top runs on the left. */
export function layOutLadder(parts: RingParts): RingLayout {
  const elements = inTurn(parts);
  let top = 0;
  const boxes = elements.map(({ width, height }) => {
    const box = { x: 0, y: top + height / 2, width, height };
    top += height + ladderGap;
    return box;
  });
  const curves = boxes
    .slice(1)
    .map((box, i) =>
      straight(
        { x: 0, y: boxes[i]!.y + boxes[i]!.height / 2 },
        { x: 0, y: box.y - box.height / 2 - gapBefore(i + 1) },
      ),
    );
  if (!parts.isClosed) return settled('ladder', parts, boxes, curves, 0);
  const widest = Math.max(...boxes.map(({ width }) => width));
  return settled('ladder', parts, boxes, [...curves, wayBack(boxes)], widest / 2 + returnWidth);
}

const margin = 8;
// Room for the head of an arrow, and for a line that can be seen before it.
const shortestArc = 38;
const arrowGap = 3;
/** Arrows end at nodes, which stand at even places. */
const gapBefore = (element: number): number => (element % 2 === 0 ? arrowGap : 0);
const mostRound = 12;

/** The widest that looks like a ring and not like a flat loop, by number of threads. */
const widestRadius = (threads: number): number => 100 + 60 * Math.min(threads, 6);

function roundLayout(parts: RingParts): RingLayout | undefined {
  const elements = inTurn(parts);
  if (parts.threads.length > mostRound) return undefined;
  const angles = elements.map((_, i) => -Math.PI / 2 - (i * 2 * Math.PI) / elements.length);
  const rx = Math.min(
    widestRadius(parts.threads.length),
    parts.width / 2 - margin,
    ...elements.map(({ width }, i) => roomFor(width, angles[i]!, parts.width)),
  );
  if (rx < 70) return undefined;
  for (let ry = 74; ry <= Math.max(150, 1.1 * rx); ry += 6) {
    const boxes = elements.map((size, i) => ({
      ...onEllipse(angles[i]!, rx, ry),
      width: size.width,
      height: size.height,
    }));
    const curves = curvesBetween(boxes, angles, rx, ry);
    if (curves) return settled('round', parts, boxes, curves, rx);
  }
  return undefined;
}

/** The largest radius that leaves a box of that width at that angle inside the picture. */
function roomFor(width: number, angle: number, whole: number): number {
  const reach = Math.abs(Math.cos(angle));
  const room = whole / 2 - margin - width / 2;
  if (reach < 0.01) return room < 0 ? 0 : Number.POSITIVE_INFINITY;
  return room / reach;
}

function curvesBetween(
  boxes: readonly Box[],
  angles: readonly number[],
  rx: number,
  ry: number,
): readonly Curve[] | undefined {
  const touch = boxes.some((box, i) => boxes.slice(i + 1).some((other) => overlap(box, other, 10)));
  if (touch) return undefined;
  const step = (2 * Math.PI) / boxes.length;
  const curves = boxes.map((box, i) =>
    ellipseCurve(
      box,
      boxes[(i + 1) % boxes.length]!,
      angles[i]!,
      angles[i]! - step,
      rx,
      ry,
      gapBefore(i + 1),
    ),
  );
  return curves.every((curve) => curve !== undefined) ? curves : undefined;
}

const samples = 240;

/** The part of the ellipse that can be seen between two boxes. */
function ellipseCurve(
  box: Box,
  next: Box,
  start: number,
  end: number,
  rx: number,
  ry: number,
  gap: number,
): Curve | undefined {
  const angleAt = (i: number): number => start + ((end - start) * i) / samples;
  const pointAt = (i: number): Point => onEllipse(angleAt(i), rx, ry);
  let first = 0;
  while (first < samples && isInside(pointAt(first), box, 0)) first++;
  let last = samples;
  while (last > first && isInside(pointAt(last), next, gap)) last--;
  const from = pointAt(first);
  const to = pointAt(last);
  if (last <= first || distance(from, to) < shortestArc) return undefined;
  const before = pointAt(last - 1);
  const length = distance(before, to);
  return {
    path: `M${at(from)}A${rounded(rx)} ${rounded(ry)} 0 0 0 ${at(to)}`,
    from,
    to,
    direction: { x: (to.x - before.x) / length, y: (to.y - before.y) / length },
  };
}

const onEllipse = (angle: number, rx: number, ry: number): Point => ({
  x: rx * Math.cos(angle),
  y: ry * Math.sin(angle),
});

const lineGap = 56;

/** One thread between two nodes that are not the same, side by side. */
function lineLayout(parts: RingParts): RingLayout | undefined {
  const elements = inTurn(parts);
  const whole = elements.reduce((sum, { width }) => sum + width, 0) + lineGap * (elements.length - 1);
  if (whole > parts.width - 2 * margin) return undefined;
  let left = -whole / 2;
  const boxes = elements.map(({ width, height }) => {
    const box = { x: left + width / 2, y: 0, width, height };
    left += width + lineGap;
    return box;
  });
  const curves = boxes.slice(1).map((box, i) => {
    const before = boxes[i]!;
    return straight(
      { x: before.x + before.width / 2, y: 0 },
      { x: box.x - box.width / 2 - gapBefore(i + 1), y: 0 },
    );
  });
  return settled('line', parts, boxes, curves, 0);
}

const ladderGap = 30;
const returnWidth = 24;

function wayBack(boxes: readonly Box[]): Curve {
  const first = boxes[0]!;
  const last = boxes.at(-1)!;
  const left = Math.min(...boxes.map(({ x, width }) => x - width / 2)) - returnWidth;
  const from = { x: last.x - last.width / 2, y: last.y };
  const to = { x: first.x - first.width / 2 - arrowGap, y: first.y };
  const bend = 10;
  const path =
    `M${at(from)}H${rounded(left + bend)}Q${at({ x: left, y: from.y })} ${at({ x: left, y: from.y - bend })}` +
    `V${rounded(to.y + bend)}Q${at({ x: left, y: to.y })} ${at({ x: left + bend, y: to.y })}H${rounded(to.x)}`;
  return { path, from, to, direction: { x: 1, y: 0 } };
}

/** Node, thread, node, thread, ...: what a thread wants comes after it. */
function inTurn({ nodes, threads, isClosed }: RingParts): readonly Size[] {
  const elements = threads.flatMap((thread): Size[] => [nodes[thread.holds]!, thread]);
  const last = threads.at(-1);
  return isClosed || !last ? elements : [...elements, nodes[last.wants]!];
}

/** Tells every box and curve what it belongs to. `reach`: how far curves go to either side. */
function settled(
  kind: RingLayout['kind'],
  { nodes, threads }: RingParts,
  boxes: readonly Box[],
  curves: readonly Curve[],
  reach: number,
): RingLayout {
  const nodeBoxes = nodes.map((size): Box => ({ x: 0, y: 0, ...size }));
  threads.forEach(({ holds, wants }, i) => {
    nodeBoxes[holds] = boxes[2 * i]!;
    const after = boxes[2 * i + 2];
    if (after) nodeBoxes[wants] = after;
  });
  const side = Math.max(reach, ...boxes.map(({ x, width }) => Math.abs(x) + width / 2));
  const top = Math.min(...boxes.map(({ y, height }) => y - height / 2)) - margin;
  const bottom = Math.max(...boxes.map(({ y, height }) => y + height / 2)) + margin;
  return {
    kind,
    top,
    width: 2 * (side + margin),
    height: bottom - top,
    nodes: nodeBoxes,
    threads: threads.map((_, i) => boxes[2 * i + 1]!),
    arcs: threads.map((_, i) => ({ holding: curves[2 * i]!, waiting: curves[2 * i + 1]! })),
  };
}
