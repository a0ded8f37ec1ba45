// position.ts
// A place in a source file, packed into one number so that a million of them stay small.

declare const tag: unique symbol;

/** Line (1-based) and column (0-based, in bytes) of a place: `line * 4096 + min(column, 4095)`. */
export type Position = number & { readonly [tag]: 'Position' };

const columns = 4096;

export function positionAt(line: number, column: number): Position {
  return (line * columns + Math.min(column, columns - 1)) as Position;
}

export const lineOf = (position: Position): number => Math.floor(position / columns);

export const columnOf = (position: Position): number => position % columns;
