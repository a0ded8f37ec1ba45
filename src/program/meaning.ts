// meaning.ts
// What the calls in a body mean once names, types and pointers are resolved: the contract between linking a program
// and following its control flow.

import type { Position } from '../base/position.ts';
import type { OpIndex } from '../facts/flow.ts';
import type { ExprId } from '../facts/terms.ts';
import type { ObjectKind, OperationEffect, Primitive } from '../kernel/primitive.ts';
import type { ChosenLock } from './lockPointers.ts';
import type { PlaceId, PlaceTable } from './places.ts';
import type { StructTable } from './structs.ts';
import type { Body } from './types.ts';

declare const tag: unique symbol;
/** A function, a stub, or one use of a macro. */
export type FnId = number & { readonly [tag]: 'FnId' };

export interface ProgramFunction {
  readonly id: FnId;
  readonly name: string;
  readonly path: string;
  readonly at: Position;
  readonly body: Body;
  readonly parameters: number;
  readonly isStatic: boolean;
  /** One use of a macro: its places are those of the function that uses it, and nothing is to be substituted. */
  readonly isMacro: boolean;
  /** What the use of a macro gives that is an expression. */
  readonly value: ExprId | undefined;
  /** From a stub file: the function is told by hand because its source cannot be read well enough. */
  readonly isStub: boolean;
  /** Lies in the folders that the question is about. */
  readonly inScope: boolean;
}

/** What one call does to one object. */
export interface Act {
  readonly primitive: Primitive;
  /** As in the table; at the end of a guard's scope what undoes it. */
  readonly effect: OperationEffect;
  /** `undefined`: an object without identity (`rcu_read_lock()`), or one that nothing is known of. */
  readonly place: PlaceId | undefined;
  /** The workqueue, where the call names one. */
  readonly queue: PlaceId | undefined;
  /** The function given as handler: of `INIT_WORK`, `timer_setup`, `kthread_run`. */
  readonly handler: FnId | undefined;
  /** The lock that is let go for as long as the call waits. */
  readonly letsGo: PlaceId | undefined;
}

export interface Argument {
  readonly place: PlaceId | undefined;
  /** A function given by name. */
  readonly fn: FnId | undefined;
  /** A number, `true`, `false` or `NULL`. */
  readonly constant: number | undefined;
  /** The caller passes its own parameter of this index on as it is. */
  readonly parameter: number | undefined;
}

/** A table of functions and the member called: `net_device_ops.ndo_stop`. */
export interface Slot {
  readonly struct: string;
  readonly member: string;
}

export type Meaning =
  | { readonly kind: 'act'; readonly act: Act }
  | { readonly kind: 'call'; readonly target: FnId; readonly args: readonly Argument[] }
  /** Through a pointer in a struct. */
  | { readonly kind: 'slot'; readonly slot: Slot; readonly args: readonly Argument[] }
  /** Through a parameter of the function. */
  | { readonly kind: 'parameter'; readonly index: number; readonly args: readonly Argument[] }
  /** Nobody knows where it leads; `text` as written. */
  | { readonly kind: 'unresolved'; readonly text: string };

/** Why code runs without being called by name, and what is held or going on while it runs. */
export type EntryKind =
  /** Nobody in scope calls it, or its address is taken. */
  | 'function'
  /** A member of an operations table. */
  | 'callback'
  | 'work'
  | 'timer'
  | 'hrtimer'
  | 'tasklet'
  | 'irq'
  | 'threaded irq'
  | 'napi'
  | 'kthread'
  | 'notifier'
  | 'rcu callback'
  | 'attribute'
  /** Called when a module is loaded, while somebody waits for that. */
  | 'module';

/** `any`: nothing is known. */
export type Context = 'process' | 'softirq' | 'hardirq' | 'any';

export interface EntryHold {
  readonly kind: ObjectKind;
  readonly place: PlaceId;
  readonly mode: 'exclusive' | 'read';
}

export interface Entry {
  readonly fn: FnId;
  readonly kind: EntryKind;
  readonly context: Context;
  /** `net_device_ops.ndo_open`, `work mlx4_en_bond.work`: how it is entered, for people. Empty for a plain function. */
  readonly via: string;
  /** What its parameters point at, where the binding tells: the work inside its struct. */
  readonly args: readonly (PlaceId | undefined)[];
  /** What is held, or going on until it returns: the locks of the core, the work itself. */
  readonly holds: readonly EntryHold[];
  /** It runs while the object is not yet, or no longer, known to others: `probe`, `module_init`, `remove`. */
  readonly phase: 'setup' | 'running' | 'teardown';
  /** The context is not one, and in some of them interrupts are on. */
  readonly interrupts?: 'on';
}

export interface Program {
  readonly places: PlaceTable;
  readonly structs: StructTable;
  /** All functions that a question reaches, macros' uses included; ids count from 0. */
  readonly functions: readonly ProgramFunction[];
  /** Of a `call`, `guard` or `leave` operation; `undefined`: nothing that matters. */
  meaningOf(fn: FnId, op: OpIndex): Meaning | undefined;
  /** What a name means where that function calls it, also of functions that do nothing that matters. */
  functionNamed(name: string, from: FnId): ProgramFunction | undefined;
  /** The object that an expression of its body means. */
  placeOf(fn: FnId, expr: ExprId): PlaceId | undefined;
  /** The number that an expression of its body stands for. */
  numberOf(fn: FnId, expr: ExprId): number | undefined;
  /** Where threads of control begin in scope, in order of path and place. */
  readonly entries: readonly Entry[];
  /** Who can stand behind a slot when the path began in scope. `first` is what the first argument points at. */
  implementers(slot: Slot, first: PlaceId | undefined): readonly FnId[];
  /** The same for any first argument: what may come of it in one function or another that calls this one. */
  everyImplementer(slot: Slot): readonly FnId[];
  /** Who is called when that notifier chain is. */
  notified(chain: PlaceId): readonly FnId[];
  /** Pointers to locks of the core that drivers set, each to a lock of its own. */
  readonly chosenLocks: readonly ChosenLock[];
  /** What could not be resolved: texts with how often. */
  readonly unresolved: ReadonlyMap<string, number>;
}
