// geometry.ts
// Boxes, and the curves between them.

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** `x` and `y` are those of the centre. */
export interface Box extends Point, Size {}

/** A line from the edge of one box to the edge of another. */
export interface Curve {
  /** As `d` of an SVG path. */
  readonly path: string;
  readonly from: Point;
  readonly to: Point;
  /** Where it goes at its end; of length 1. */
  readonly direction: Point;
}

export function isInside(point: Point, box: Box, margin: number): boolean {
  return (
    Math.abs(point.x - box.x) < box.width / 2 + margin && Math.abs(point.y - box.y) < box.height / 2 + margin
  );
}

export function overlap(one: Box, other: Box, margin: number): boolean {
  return (
    Math.abs(one.x - other.x) < (one.width + other.width) / 2 + margin &&
    Math.abs(one.y - other.y) < (one.height + other.height) / 2 + margin
  );
}

export const distance = (one: Point, other: Point): number => Math.hypot(one.x - other.x, one.y - other.y);

/** A straight line, given both ends. */
export function straight(from: Point, to: Point): Curve {
  const length = distance(from, to) || 1;
  return {
    path: `M${at(from)}L${at(to)}`,
    from,
    to,
    direction: { x: (to.x - from.x) / length, y: (to.y - from.y) / length },
  };
}

export const at = ({ x, y }: Point): string => `${rounded(x)} ${rounded(y)}`;

/** A tenth of a pixel is more than anyone sees, and keeps pictures small. */
export const rounded = (value: number): number => Math.round(value * 10) / 10;
