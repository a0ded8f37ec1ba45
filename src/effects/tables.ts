// tables.ts
// What all functions of one program share while their effects are computed: classes, held sets, targets, and which
// part of a held set matters for what.

import { primitives } from '../kernel/knowledge.ts';
import { ownCallbacks } from '../kernel/primitive.ts';
import type { ObjectKind, Primitive } from '../kernel/primitive.ts';
import type { Program, ProgramFunction } from '../program/meaning.ts';
import { Classes } from './classes.ts';
import { countedSemaphores } from './semaphores.ts';
import { HeldTable, emptySet } from './held.ts';
import type { Item, ItemId, SetId } from './held.ts';
import { TargetTable } from './summary.ts';
import type { Target } from './summary.ts';

/** What one can hold by taking it. */
export const lockKinds: ReadonlySet<ObjectKind> = new Set([
  'mutex',
  'rt mutex',
  'ww mutex',
  'spinlock',
  'raw spinlock',
  'bit spinlock',
  'rwlock',
  'rwsem',
  'percpu rwsem',
  'semaphore',
  'seqlock',
  'local lock',
  'lock',
  'rcu',
  'srcu',
]);

/** Followed only in scope: outside, these come and go in every function, and nothing that a driver waits for is held. */
const innermost: ReadonlySet<ObjectKind> = new Set(['references', 'cpu', 'rcu', 'seqlock', 'local lock']);

/** References that something waits for; nobody waits for those of other types. */
const awaitedTypes: ReadonlySet<string> = new Set(
  primitives.flatMap((row) => (row.waitsFor === 'references' && row.type !== undefined ? [row.type] : [])),
);

/** Whether what a primitive takes or gives back is kept track of in that function. */
export function isFollowed(primitive: Primitive, fn: ProgramFunction): boolean {
  if (primitive.kind === 'references' && !awaitedTypes.has(primitive.type ?? '')) return false;
  return fn.inScope || fn.isStub || !innermost.has(primitive.kind);
}

/** Sleeping is forbidden under these. */
export const atomicKinds: ReadonlySet<ObjectKind> = new Set([
  'spinlock',
  'raw spinlock',
  'bit spinlock',
  'rwlock',
  'seqlock',
  'rcu',
  'cpu',
]);

/** A reference that was put ends what a handler was given, and a file removed by its own callback what that is. */
const givenBack: ReadonlySet<ObjectKind> = new Set<ObjectKind>([...lockKinds, 'references', 'callbacks']);

/** Which held items are kept for an event: fewer items are fewer different events. */
export type Part = 'locks' | 'atomic' | 'references' | 'none';

export function partOf(target: Target): Part {
  switch (target.kind) {
    case 'acquire':
    case 'wait':
    case 'slot':
    case 'parameter':
    case 'notify':
      return 'locks';
    case 'sleep':
      return 'atomic';
    case 'queue':
      return 'references';
    case 'signal':
    case 'put':
      return 'none';
  }
}

export interface Projected {
  readonly set: SetId;
  /** For each item its index in the whole set. */
  readonly from: readonly number[];
}

export class EffectTables {
  readonly program: Program;
  readonly classes: Classes;
  readonly held: HeldTable;
  readonly targets = new TargetTable();
  /** Keys of semaphores that more than one may hold. */
  readonly counted: Set<string>;
  /** What a callback lets go that removes its own file. */
  readonly ownCallbacks: ItemId;
  readonly #released: Readonly<Record<'locks' | 'atomic', (SetId | undefined)[]>> = { locks: [], atomic: [] };
  readonly #parts: Readonly<Record<Part, (Projected | undefined)[]>> = {
    locks: [],
    atomic: [],
    references: [],
    none: [],
  };

  readonly #off: ('irq' | 'bh' | 'nothing' | undefined)[] = [];

  constructor(program: Program) {
    this.program = program;
    this.classes = new Classes(program.places, program.structs);
    const { classes } = this;
    this.held = new HeldTable(
      program.places,
      (a, b) => {
        const key = classes.keyOf(a);
        return key !== undefined && key === classes.keyOf(b);
      },
      (place) => classes.canonical(place),
    );
    this.ownCallbacks = this.held.markOf('callbacks', program.places.global(ownCallbacks, ownCallbacks));
    this.counted = countedSemaphores(program, this.classes);
  }

  /** What of the things let go matters to an event: what its callers may hold and be asked for. */
  released(set: SetId, part: Part): SetId {
    if (set === emptySet || part === 'none' || part === 'references') return emptySet;
    const kinds = part === 'atomic' ? atomicKinds : givenBack;
    return (this.#released[part][set] ??= this.held.setOf(
      this.held.items(set).filter((id) => kinds.has(this.held.item(id).kind)),
    ));
  }

  /** What holding all of these switches off on this processor. */
  offIn(set: SetId): Item['off'] {
    let off = this.#off[set];
    if (off === undefined) {
      const all = this.held.items(set).map((id) => this.held.item(id).off);
      off = all.includes('irq') ? 'irq' : all.includes('bh') ? 'bh' : 'nothing';
      this.#off[set] = off;
    }
    return off === 'nothing' ? undefined : off;
  }

  part(set: SetId, part: Part): Projected {
    return (this.#parts[part][set] ??= this.#project(set, part));
  }

  #project(set: SetId, part: Part): Projected {
    const items = this.held.items(set);
    const from = items.flatMap((id, index) => (belongs(this.held.item(id), part) ? [index] : []));
    return { set: this.held.setOf(from.map((index) => items[index]!)), from };
  }
}

function belongs(item: Item, part: Part): boolean {
  switch (part) {
    case 'locks':
      return lockKinds.has(item.kind) || item.kind === 'cpu';
    case 'atomic':
      return item.isAtomic;
    case 'references':
      return item.kind === 'references';
    case 'none':
      return false;
  }
}
