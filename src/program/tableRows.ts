// tableRows.ts
// What is read out of tables of functions: who stands in which member of which struct.

import type { Position } from '../base/position.ts';
import type { PlaceId } from './places.ts';

/** One function in one member of one table. */
export interface TableRow {
  /** Tag of the innermost struct that has a name; empty where the type is not known. */
  readonly struct: string;
  readonly member: string;
  /** The function's name, as the file at `path` means it. */
  readonly fn: string;
  readonly path: string;
  readonly at: Position;
  /** The struct itself: a global, a member of one, what a pointer points at. */
  readonly holder: PlaceId | undefined;
  /** The variable that is initialised; empty for an assignment. */
  readonly table: string;
  /** Names and numbers in the same initialiser: `.flags = FOO_BONDING`. */
  readonly constants: ReadonlyMap<string, string>;
}

/** A variable in a table or list: `.attrs = foo_attrs`, `&dev_attr_x.attr`. */
export interface ObjectRow {
  readonly object: PlaceId;
  /** Empty for an element of a list. */
  readonly member: string;
  readonly holder: PlaceId | undefined;
}

/** A function given to a macro outside functions: `module_init(foo_init)`, and those that the macro names itself. */
export interface MacroRow {
  readonly macro: string;
  readonly fn: string;
  readonly path: string;
  readonly at: Position;
  /** Variables that the macro defines: `DEFINE_SHOW_ATTRIBUTE(x)` makes `x_fops`. */
  readonly tables: readonly PlaceId[];
}
