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

/** A call of a function that has operations of its own, or whose callees have. */
export interface CallRow extends Place {
  readonly kind: 'call';
  readonly callee: string;
  /** Where the callee is defined. */
  readonly definition: Place;
  readonly rows: readonly Row[];
  /** Of a call through a pointer: the table and its member, `net_device_ops.ndo_open`. */
  readonly via?: string;
  /** `above`: its rows stand where it was first called. `cycle`: the call leads back into a function that is running. */
  readonly repeats?: 'above' | 'cycle';
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
  /** The same in the functions that it calls, the most frequent first. */
  readonly unresolvedBelow?: readonly NameCount[];
  /** Functions that lie deeper than was asked for. */
  readonly notEntered?: number;
  /** How it comes to run, and what is held then. Only where it was asked for. */
  readonly callers?: readonly CallerRow[];
  /** Ways up that are not shown, because there are too many. */
  readonly moreCallers?: number;
}

export interface NameCount {
  readonly name: string;
  readonly count: number;
}

/** Something that the caller holds when it calls. */
export interface HeldRow {
  readonly objectKind: ObjectKind;
  readonly object: string;
  readonly mode?: NonNullable<Primitive['mode']>;
}

/** One step up: who makes the function run. The place is where that is written. */
export type CallerRow = Place & {
  readonly holds: readonly HeldRow[];
} & (
    | {
        readonly kind: 'caller';
        readonly caller: string;
        /** Where the caller is defined. */
        readonly definition: Place;
        readonly callers: readonly CallerRow[];
        /** Other places in it that do the same, with the same held. */
        readonly also?: readonly Place[];
        /** What its own callers may hold and it has let go when it calls. */
        readonly letGo?: readonly Pick<HeldRow, 'objectKind' | 'object'>[];
        readonly repeats?: 'above' | 'cycle';
      }
    /** Named in a table: `net_device_ops.ndo_open`. */
    | { readonly kind: 'table'; readonly via: string }
    /** Given as handler: of `(work) acme.reset`. */
    | {
        readonly kind: 'handler';
        readonly objectKind: ObjectKind;
        readonly object: string;
        readonly queuedBy: readonly (Place & { readonly caller: string })[];
      }
  );

/** How far a report goes. */
export interface Reach {
  /** Levels of calls below the function, and of callers above it. */
  readonly depth: number;
  readonly callers: boolean;
}

/** The line above a function. Functions with nothing to say get none. */
export interface Lens {
  readonly functionName: string;
  readonly path: string;
  readonly at: Position;
  /** `takes intf_mutex · waits for net_device references`. */
  readonly title: string;
}

/** What is held at a place in the text. */
export interface HeldHere {
  readonly functionName: string;
  readonly holds: readonly HeldItem[];
}

export interface HeldItem extends HeldRow {
  /** `asserted`: the code says that it is held. `caller`: by whoever calls the function. */
  readonly origin: 'taken' | 'asserted' | 'caller';
  /** On every way to the place; else on some. */
  readonly isSure: boolean;
  /** Where the function itself takes it. */
  readonly taken?: Place;
}

/** Lines of one function on which it holds something that it took. */
export interface HeldSection {
  /** 1-based; both belong to it. */
  readonly firstLine: number;
  readonly lastLine: number;
  readonly holds: readonly HeldRow[];
  /** On every way; else on some. */
  readonly isSure: boolean;
}

/** A lock, work, completion: who uses it in the files around it. */
export interface ObjectReport {
  readonly objectKind: ObjectKind;
  readonly object: string;
  readonly declared?: Place;
  readonly uses: readonly ObjectUse[];
  /** What is taken or waited for while it is held. */
  readonly over: readonly OrderRow[];
  /** What is held when it is taken. */
  readonly under: readonly OrderRow[];
  /** Works, timers and interrupts that come to use it. */
  readonly contexts: readonly HandlerContext[];
  /** How many files were looked through. */
  readonly files: number;
}

export interface ObjectUse extends Place {
  readonly effect: OperationEffect;
  readonly primitive: string;
  readonly functionName: string;
}

/** The place is where the one is held and the other is taken, for the first time. */
export interface OrderRow extends HeldRow, Place {
  readonly functionName: string;
}

/** The place is where the handler is given. */
export interface HandlerContext extends Place {
  readonly objectKind: ObjectKind;
  readonly object: string;
  readonly functionName: string;
}

/** A function, or what stands for one, in a tree of calls. */
export interface CallItem extends Place {
  /** `table`: the place in which a table names the function. `lost`: all calls that lead nobody knows where. */
  readonly kind: 'function' | 'table' | 'lost';
  readonly name: string;
  readonly start: Position;
  readonly end: Position;
  /** Of a table: what one calls to get there. */
  readonly slot?: { readonly struct: string; readonly member: string };
}

export type CallHow =
  /** `holds`: what the caller holds at the call; known on the way up only. */
  | { readonly kind: 'call'; readonly holds: readonly HeldRow[] }
  | { readonly kind: 'table'; readonly via: string; readonly holds: readonly HeldRow[] }
  | {
      readonly kind: 'handler';
      /** What the caller does to the work, timer or interrupt. */
      readonly word: 'queues' | 'arms' | 'sets up';
      readonly objectKind: ObjectKind;
      readonly object: string;
    }
  | { readonly kind: 'lost'; readonly texts: readonly string[] };

export interface CallEdge {
  readonly item: CallItem;
  readonly how: CallHow;
  /** Where the caller does it. */
  readonly places: readonly Place[];
}

/** One level of a tree of calls. */
export interface CallLevel {
  readonly edges: readonly CallEdge[];
  /** How many are missing, because nobody looked into so many files. */
  readonly more: number;
}

/** The place is where it is declared. */
export interface LockClass extends Place {
  readonly objectKind: ObjectKind;
  readonly object: string;
  /** Functions that take it, in the files that were looked through. */
  readonly takers: number;
}
