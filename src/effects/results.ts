// results.ts
// What following the control flow of a program brings out: for every entry the waits, with all that is held at that
// moment, and the ways on which waits end. Findings are built from these and from nothing else.

import type { Position } from '../base/position.ts';
import type { ObjectKind, Primitive } from '../kernel/primitive.ts';
import type { Context, EntryKind } from '../program/meaning.ts';

/** Something that code can hold or wait for. Equal keys are the same class. */
export interface Waitable {
  readonly kind: ObjectKind;
  /** `intf_mutex`, `mlx4_priv.bond_mutex`, `net_device references`. */
  readonly name: string;
  /** `drivers/.../intf.c:intf_mutex`, `work:mlx4_en_bond.work`, `refs:net_device`. */
  readonly key: string;
}

export type HopAction =
  'acquire' | 'call' | 'indirect-call' | 'callback' | 'get' | 'put' | 'queue' | 'wait' | 'signal' | 'release';

/** One step of a way through the code. */
export interface Hop {
  readonly path: string;
  readonly at: Position;
  /** The function in which the step is made. */
  readonly fn: string;
  readonly action: HopAction;
  /** What is called: a primitive or a function. */
  readonly target: string;
  /** Of an indirect call: the slot, `net_device_ops.ndo_stop`. */
  readonly via?: string;
}

/** A way into the code, the outermost step first. Ways share their tails. */
export interface Trail {
  readonly hop: Hop;
  readonly inner: Trail | undefined;
}

/** Where a thread of control begins. */
export interface Root {
  readonly path: string;
  readonly at: Position;
  readonly fn: string;
  readonly kind: EntryKind;
  readonly context: Context;
  /** How it is entered, for people: `work mlx4_en_bond.work`, `net_device_ops.ndo_open`; empty for a plain function. */
  readonly via: string;
  readonly phase: 'setup' | 'running' | 'teardown';
  /** The function itself sleeps: whoever calls it has interrupts on, though nothing else tells in which context. */
  readonly sleeps?: true;
  /** It is called in more than one context, and in some of them interrupts are on. */
  readonly interrupts?: 'on';
}

export interface Held {
  readonly waitable: Waitable;
  readonly mode: 'exclusive' | 'read';
  /**
   * `taken`: by code of this thread; `tried`: with a trylock; `caller`: by the core that calls the entry; `running`:
   * the thread is itself what others wait for (a work handler "holds" its work until it returns); `given`: a
   * reference that was taken for the handler before it was queued; `asserted`: the code says that it is held.
   */
  readonly origin: 'taken' | 'tried' | 'caller' | 'running' | 'given' | 'asserted';
  /** Which object of the class: equal texts are the same object, empty is unknown. Only comparable within one root. */
  readonly instance: string;
  /** A subclass given at the call: `SINGLE_DEPTH_NESTING`. Held and wanted with different ones are ordered by hand. */
  readonly subclass: string;
  /** From the root to where it was taken; `given`: from the root that queued to where it was taken. */
  readonly trail: Trail | undefined;
  /** `given`: the root that queued. */
  readonly giver?: Root;
}

/** That a call through a table leads to this one of the functions that can stand there. */
export interface Assumption {
  /** `net_device_ops.ndo_stop` */
  readonly slot: string;
  readonly fn: string;
  /** How many it can be, this one included. */
  readonly among: number;
}

/** The same for equal ones. */
export const assumptionName = ({ slot, fn, among }: Assumption): string => `${slot} ${fn} ${among}`;

export interface Want {
  readonly root: Root;
  readonly waitable: Waitable;
  readonly mode: 'exclusive' | 'read';
  readonly instance: string;
  readonly subclass: string;
  /** `acquire` of a lock, or `wait` for something to end or to happen. */
  readonly action: 'acquire' | 'wait';
  /** A wait that something else can end too. */
  readonly endedBy?: NonNullable<Primitive['endedBy']>;
  /** At the moment of wanting; never what this thread let go before. Sorted by key. */
  readonly held: readonly Held[];
  /** Interrupts or softirqs are off here. */
  readonly masked: 'irq' | 'bh' | undefined;
  readonly trail: Trail;
  /** What had to be taken for granted on the way; sorted. */
  readonly assumptions: readonly Assumption[];
  /** Class of the pointer of the core by which the lock was meant: the driver lets it point there. */
  readonly pointer?: string;
}

/** A place that ends waits of the kind that one end suffices for: `complete()`, `wake_up()`. */
export interface Signal {
  readonly root: Root;
  readonly waitable: Waitable;
  /** What this thread has to get before it comes here, on every way: the end of the wait needs all of it. */
  readonly needs: readonly Need[];
  /** What the root itself is: a handler that must run for the signal to come. */
  readonly held: readonly Held[];
  readonly trail: Trail;
}

export interface Need {
  readonly waitable: Waitable;
  readonly mode: 'exclusive' | 'read';
  readonly trail: Trail;
}

/** A call that may sleep where sleeping is forbidden. */
export interface Sleep {
  readonly root: Root;
  /** What forbids it: spinlocks, switched off interrupts, an atomic entry. */
  readonly held: readonly Held[];
  /** In a handler of one, or with softirqs off, which counts as one: what `in_interrupt()` says. */
  readonly inInterrupt: boolean;
  readonly trail: Trail;
  readonly assumptions: readonly Assumption[];
}

/** A lock that some ways out of a function leave held, while others with the same result do not. */
export interface Leak {
  readonly path: string;
  readonly fn: string;
  readonly waitable: Waitable;
  /** Where it was taken and where the function returns with it. */
  readonly taken: Trail;
  readonly returns: Position;
  /** A way out that lets go: the evidence that it should be released. */
  readonly releasedAt: Position;
}

/** What the tests along a way say of flags and roles: by subject, such as `acme.state & GOING`. */
export interface Tested {
  readonly values: ReadonlyMap<string, TestedValue>;
  /** Members that were assigned on the way, with the keys of locks that were held there. */
  readonly changed: Pick<ReadonlyMap<string, ReadonlySet<string>>, 'has' | 'get'>;
  /** Subjects of which two tests on the way exclude each other. */
  readonly contrary: readonly string[];
}

export interface TestedValue {
  /** What it can be at the end of the way: a sum of zero (1), positive (2) and negative (4). */
  readonly mask: number;
  /** The member that changes it; empty for a role, which an object keeps. */
  readonly base: string;
  readonly isRole: boolean;
}

/** Something that was given up, so that silence means something: named and counted. */
export interface GivenUp {
  readonly path: string;
  readonly fn: string;
  readonly reason: string;
}

/** A place at which a lock is taken. */
export interface LockTaking {
  readonly waitable: Waitable;
  /** Takes it, or calls the function or the macro that comes back with it. */
  readonly hop: Hop;
  readonly mode: Held['mode'];
  readonly isTried: boolean;
}

/** One way on which a lock is taken under another. */
export interface LockWay {
  readonly held: Waitable;
  readonly wanted: Waitable;
  /** From where the first was got to where the other is taken. */
  readonly way: Trail;
}

export interface LockSurvey {
  readonly takings: readonly LockTaking[];
  readonly orders: readonly LockWay[];
}

export interface Effects {
  readonly wants: readonly Want[];
  readonly signals: readonly Signal[];
  readonly sleeps: readonly Sleep[];
  readonly leaks: readonly Leak[];
  readonly givenUp: readonly GivenUp[];
  /** What the code in scope does with locks, also with those that lie on no cycle. */
  readonly locks?: LockSurvey;
  /** Found out when it is asked for. */
  readonly testedOn?: (trail: Trail) => Tested;
  /** Some step is made for the last user of an object alone. */
  readonly isForLast?: (trail: Trail) => boolean;
  /** The function that makes the last step has initialised what it works on itself. */
  readonly isFresh?: (trail: Trail) => boolean;
  /** The function comes to `later` without having made the step before it, on some way. */
  readonly isWayAround?: (earlier: Hop, later: Hop) => boolean;
  /** The last step sleeps in one arm of a choice whose other arm is for callers that may not. */
  readonly isChosen?: (trail: Trail) => boolean;
  /** The last step takes a spinlock for some objects, and in the other arm of the choice a mutex for others. */
  readonly isOfTwoKinds?: (taken: Trail) => boolean;
  /** Code that no thread here comes to ends the same wait. */
  readonly isEndedElsewhere?: (signal: Signal) => boolean;
  /** All ways on which a work is queued, by its key; `undefined`: not known, or too many to ask each. */
  readonly queuedOn?: (work: string) => readonly Trail[] | undefined;
  /** The function may return with the lock, which it lets go on other ways: what decides was not understood. */
  readonly isKeptUnsurely?: (fn: string, lock: Waitable) => boolean;
  /** One function of a file leads to another one there, or is the same. */
  readonly leadsWithin?: (path: string, from: string, to: string) => boolean;
  /** False for files of drivers that do not call each other. */
  readonly areRelated?: (path: string, other: string) => boolean;
}
