// flow.ts
// The body of a function as a flow graph: a list of operations in order of evaluation, each followed by the next
// one unless it says otherwise. Conditions are taken apart at `&&`, `||`, `!` and `?:`, loops and `goto` are jumps,
// both arms of an `#if` are branches on a `config` expression, and a guard leaves on every way out of its scope.

import type { Position } from '../base/position.ts';
import type { ExprId } from './terms.ts';

/** Index into the operations of one flow. `flow.count` stands for the end of the body. */
export type OpIndex = number;

export type Op =
  /** `call` is an expression of kind `call`. Its value, where used later, is the same expression. */
  | { readonly kind: 'call'; readonly call: ExprId; readonly at: Position }
  /** Also `+=` and `++` (the value is then a `binary`), and the initialiser of a local. */
  | { readonly kind: 'assign'; readonly target: ExprId; readonly value: ExprId; readonly at: Position }
  | {
      readonly kind: 'branch';
      readonly condition: ExprId;
      readonly whenTrue: OpIndex;
      readonly whenFalse: OpIndex;
      readonly at: Position;
    }
  /** `list_for_each_entry(...)` and its kind: the body runs any number of times. */
  | {
      readonly kind: 'each';
      readonly call: ExprId;
      readonly body: OpIndex;
      readonly exit: OpIndex;
      readonly at: Position;
    }
  | {
      readonly kind: 'switch';
      readonly value: ExprId;
      readonly cases: readonly SwitchCase[];
      readonly at: Position;
    }
  | { readonly kind: 'jump'; readonly target: OpIndex; readonly at: Position }
  | { readonly kind: 'return'; readonly value: ExprId | undefined; readonly at: Position }
  /** `guard(mutex)(&x)`, `scoped_guard(mutex, &x)`, `CLASS(name, v)(x)`: `name` is the class; `free`: a local marked `__free(name)`. */
  | {
      readonly kind: 'guard';
      readonly form: 'guard' | 'class' | 'free';
      readonly name: string;
      readonly args: readonly ExprId[];
      readonly at: Position;
    }
  /** The scope of that guard ends here, on this way. */
  | { readonly kind: 'leave'; readonly guard: OpIndex; readonly at: Position };

export interface SwitchCase {
  /** `undefined` for `default`, and for the way around a switch that has no default. */
  readonly value: ExprId | undefined;
  readonly target: OpIndex;
}

/** Read side of one flow. */
export interface Flow {
  readonly count: number;
  op(index: OpIndex): Op;
}
