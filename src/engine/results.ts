// results.ts
// What the engine answers: plain data that the command line prints, the language server sends and the panel draws.

import type { Position } from '../base/position.ts';
import type { ObjectKind, OperationEffect, Primitive } from '../kernel/primitive.ts';

export type { OperationEffect } from '../kernel/primitive.ts';

export interface Place {
  /** Relative to the root of the tree, with `/`. */
  readonly path: string;
  readonly at: Position;
}

export interface OperationRow extends Place {
  readonly kind: 'operation';
  readonly effect: OperationEffect;
  /** What the object is: `mutex`, `work`. */
  readonly objectKind: ObjectKind;
  /** The function or macro that does it: `mutex_lock`. */
  readonly primitive: string;
  /** What it is done to, as a person would name it: `intf_mutex`, `mlx4_priv.bond_mutex`. */
  readonly object: string;
  /** The call as written, on one line. */
  readonly text: string;
  /** For locks that tell readers from writers. */
  readonly mode?: NonNullable<Primitive['mode']>;
  /** What is also off on this processor while the lock is held. */
  readonly disables?: NonNullable<Primitive['disables']>;
}

/** A direct call of a function that has operations of its own. */
export interface CallRow extends Place {
  readonly kind: 'call';
  readonly callee: string;
  /** Where the callee is defined. */
  readonly definition: Place;
  readonly rows: readonly Row[];
}

export type Row = OperationRow | CallRow;

/** The operations of one function and of what it calls directly, in order of evaluation. */
export interface FunctionReport {
  readonly name: string;
  readonly path: string;
  readonly start: Position;
  readonly end: Position;
  readonly rows: readonly Row[];
  /** Calls through pointers and calls of functions that no file defines: named, so that silence means something. */
  readonly unresolved: readonly string[];
}

/** The line above a function. Functions with nothing to say get none. */
export interface Lens {
  readonly functionName: string;
  readonly path: string;
  readonly at: Position;
  /** `takes intf_mutex · waits for net_device references`. */
  readonly title: string;
}
