// callback.ts
// The shape of one row about a member of an operations table: who calls it is core code, so which locks the core
// holds at that moment, in which context it calls, and whether the callee may sleep, is known without the driver.

import type { ObjectKind } from './primitive.ts';

/** From an argument of the callback to the struct that holds the lock: `[0, 'dev']` of `probe(struct pci_dev *)`. */
export interface LockPath {
  readonly argument: number;
  /** Members to follow, through pointers as well; none: the argument itself. */
  readonly members: readonly string[];
}

/** A lock that the caller holds on every normal way to the callback; never one that it holds only sometimes. */
export type CallbackLock =
  /** A global. The name is the one that primitives use for it: `rtnl_mutex`. */
  | {
      readonly kind: ObjectKind;
      readonly mode?: 'read';
      readonly object: string;
      /** Held only for tables that such an object points at: `fops` of a `miscdevice`. */
      readonly tableOf?: { readonly struct: string; readonly member: string };
    }
  /** The object that holds the pointer: the attribute that is read, whose removal waits for readers. */
  | { readonly kind: ObjectKind; readonly mode?: 'read'; readonly binding: true }
  /**
   * A member of a struct, dotted where it lies in a struct inside. Without `of` the class is known, and which object
   * it is not.
   */
  | {
      readonly kind: ObjectKind;
      readonly mode?: 'read';
      readonly type: string;
      readonly member: string;
      readonly of?: LockPath;
      /**
       * The member is a pointer, and what it points at is the driver's choice. `if set`: where the driver sets it, and
       * no lock else; `or own`: where it does not, it points at one of the core's own.
       */
      readonly chosen?: 'if set' | 'or own';
      /** Not held where the file that fills in the table uses one of these names: flags that switch the lock off. */
      readonly unless?: readonly string[];
    };

export interface Callback {
  readonly struct: string;
  readonly member: string;
  /** Outermost first. */
  readonly holds: readonly CallbackLock[];
  /** `any`: from more than one, or not known. */
  readonly context: 'process' | 'softirq' | 'hardirq' | 'any';
  readonly sleeps: boolean;
  /** What the caller has switched off on this processor. */
  readonly masked?: 'bh' | 'irq';
  /** Of `any`: some of its callers have interrupts on. */
  readonly interrupts?: 'on';
  /** `setup`: before others know the object; `teardown`: when it is taken away. */
  readonly phase: 'setup' | 'running' | 'teardown';
  /** Only in this kernel is the row true. Absent: in 6.1 and in 6.12. */
  readonly only?: '6.1' | '6.12';
}

/** What all rows of a table share; a row may say otherwise. Unsaid: process context, may sleep, nothing held. */
export type CallbackDefaults = Partial<Omit<Callback, 'struct' | 'member'>>;
/** A plain name has nothing to add to what the table shares. */
export type CallbackRow = string | (CallbackDefaults & Pick<Callback, 'member'>);

/** The members of one struct. */
export function callbackTable(
  struct: string,
  shared: CallbackDefaults,
  rows: readonly CallbackRow[],
): readonly Callback[] {
  return rows.map((row) => ({
    struct,
    holds: [],
    context: 'process',
    sleeps: true,
    phase: 'running',
    ...shared,
    ...(typeof row === 'string' ? { member: row } : row),
  }));
}
