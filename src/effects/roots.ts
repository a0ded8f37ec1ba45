// roots.ts
// From summaries to threads: each entry runs with what its caller holds and what others wait for, and everything
// that it wants is said with all that is held then.

import { primitives } from '../kernel/knowledge.ts';
import type { ObjectKind } from '../kernel/primitive.ts';
import { throwIfCancelled } from '../base/cancel.ts';
import type { Token } from '../base/cancel.ts';
import type { Entry } from '../program/meaning.ts';
import type { PlaceId } from '../program/places.ts';
import { anyValue } from './conditions.ts';
import { queuedBy } from './handed.ts';
import type { Handed } from './handed.ts';
import { emptySet } from './held.ts';
import type { Item } from './held.ts';
import { Holdings } from './holdings.ts';
import type { Holding } from './holdings.ts';
import { PairMap } from './pairMap.ts';
import type { Held, Need, Root, Signal, Sleep, Trail, Waitable, Want } from './results.ts';
import { Slots } from './slots.ts';
import { startState } from './state.ts';
import type { Passed } from './state.ts';
import { EventSet } from './summary.ts';
import type { Event, Target } from './summary.ts';
import type { Summaries } from './summaries.ts';
import type { EffectTables } from './tables.ts';
import { lockKinds } from './tables.ts';
import { lastHop, trailOf } from './way.ts';

const sleeps = true;
const sleepingKinds: ReadonlySet<ObjectKind> = new Set(['mutex', 'rt mutex', 'ww mutex', 'rwsem']);

/** Other things that sleep are often on a condition that is not understood. */
const sleepingLocks: ReadonlySet<string> = new Set(
  primitives.flatMap(({ name, kind, effect, sleeps: may }) =>
    sleepingKinds.has(kind) && effect === 'acquire' && may === 'yes' ? [name] : [],
  ),
);

/** A thread, and what its code does by itself. */
export interface Thread {
  readonly entry: Entry;
  readonly root: Root;
  readonly events: readonly Event[];
}

export interface Threads {
  /** By key of a work: all ways on which it is queued, as far as they are few. */
  readonly queued: Map<string, readonly Trail[] | undefined>;
  readonly wants: Want[];
  readonly signals: Signal[];
  readonly sleeps: Sleep[];
}

export class Roots {
  readonly #tables: EffectTables;
  readonly #summaries: Summaries;
  readonly slots: Slots;
  readonly #holdings: Holdings;
  readonly #result: Threads = { wants: [], signals: [], sleeps: [], queued: new Map() };

  constructor(tables: EffectTables, summaries: Summaries) {
    this.#tables = tables;
    this.#summaries = summaries;
    this.#holdings = new Holdings(tables);
    this.slots = new Slots(tables, summaries, summaries.units);
  }

  run(token: Token): Threads {
    const threads = this.#tables.program.entries.map((entry) => {
      throwIfCancelled(token);
      return this.#thread(entry, token);
    });
    const handed = queuedBy(threads, this.#tables);
    for (const [work, ways] of handed.ways) this.#result.queued.set(work, ways);
    // What a thread does is let go as soon as it is told: of a large driver it takes gigabytes.
    for (let thread = threads.shift(); thread; thread = threads.shift()) {
      throwIfCancelled(token);
      this.#emit(thread, handed);
    }
    return this.#result;
  }

  #thread(entry: Entry, token: Token): Thread {
    const { program, held } = this.#tables;
    const fn = program.functions[entry.fn];
    const events = new EventSet();
    this.#summaries.calls.events(
      startState,
      this.#summaries.of(entry.fn),
      {
        wrap: (inner) => inner,
        taken: new Map(),
        steps: 0,
        args: [],
        argsId: entry.args.some((arg) => arg !== undefined) ? held.argsOf(this.#argsOf(entry)) : undefined,
        maskOf: () => anyValue,
        assumptions: [],
        when: [],
      },
      events,
    );
    const { kind, context, via, phase, interrupts } = entry;
    const root: Root = {
      path: fn?.path ?? '',
      at: fn?.at ?? (0 as Root['at']),
      fn: fn?.name ?? '',
      kind,
      context,
      via,
      phase,
      ...(interrupts ? { interrupts } : {}),
      ...(context === 'any' && events.list(held).some((event) => this.#isOwnSleep(event)) ? { sleeps } : {}),
    };
    return { entry, root, events: this.slots.fill(events.list(held), root, token) };
  }

  /** The function takes a lock for which it sleeps, where nothing is held and whatever its arguments are. */
  #isOwnSleep({ target, held, released, requires, when, length, trail }: Event): boolean {
    if (this.#tables.targets.get(target).kind !== 'sleep' || length > 1) return false;
    if (!sleepingLocks.has(lastHop(trail).target)) return false;
    return when.length === 0 && [held, released, requires].every((set) => set === emptySet);
  }

  // A parameter that the binding tells nothing of is still one object for as long as the thread runs.
  #argsOf(entry: Entry): readonly PlaceId[] {
    const count = this.#tables.program.functions[entry.fn]?.parameters ?? 0;
    return Array.from(
      { length: Math.max(count, entry.args.length) },
      (_, index) => entry.args[index] ?? this.#tables.program.places.parameter(index),
    );
  }

  #emit(thread: Thread, handed: Handed): void {
    const base = this.#baseOf(thread, handed);
    const seen = new PairMap<true>();
    for (const event of thread.events) {
      // A token that nobody has set: what depends on it does not happen.
      if (event.requires !== emptySet) continue;
      const target = this.#tables.targets.get(event.target);
      const holdings = this.#heldAt(event, base);
      const list = this.#holdings.numberOfList(holdings);
      if (seen.get(event.target, list) === true) continue;
      seen.set(event.target, list, true);
      const held = holdings.map((one) => one.held);
      this.#add(thread, event, target, held);
    }
  }

  #add(thread: Thread, event: Event, target: Target, held: readonly Held[]): void {
    const { root } = thread;
    const { assumptions } = event;
    const trail = trailOf(event.trail);
    switch (target.kind) {
      case 'acquire':
      case 'wait': {
        const waitable = this.#tables.classes.waitable(target.object, target.place);
        if (!waitable) return;
        const { mode, subclass, endedBy } = target;
        const want: Want = {
          root,
          waitable,
          mode,
          subclass,
          instance: this.#tables.classes.instanceOf(target.place),
          action: target.kind,
          held,
          masked: this.#maskedAt(event, target.off, root),
          trail,
          assumptions,
        };
        const ended = endedBy === undefined ? want : { ...want, endedBy };
        this.#result.wants.push(ended, ...this.#asChosen(ended));
        return;
      }
      case 'signal': {
        const waitable = this.#tables.classes.waitable(target.object, target.place);
        const needs = event.needs.flatMap((passed) => this.#needOf(passed));
        if (waitable) this.#result.signals.push({ root, waitable, needs, held, trail });
        return;
      }
      case 'sleep': {
        const forbidding = [...held, ...atomicEntry(root)];
        const inInterrupt = isInterrupt(root) || this.#tables.offIn(event.held) === 'bh';
        if (forbidding.length > 0)
          this.#result.sleeps.push({ root, held: forbidding, inInterrupt, trail, assumptions });
        return;
      }
      case 'put':
      case 'queue':
      case 'slot':
      case 'parameter':
      case 'notify':
        return;
    }
  }

  /** What the core knows by a pointer is in this driver the lock at which the driver lets it point. */
  #asChosen(want: Want): readonly Want[] {
    const { program, classes } = this.#tables;
    const { path } = want.root;
    return program.chosenLocks.flatMap((one): readonly Want[] => {
      if (one.pointer !== want.waitable.key || one.path !== path) return [];
      const waitable = classes.waitable(want.waitable.kind, one.lock);
      if (!waitable) return [];
      const instance = want.held.find((held) => held.waitable.key === waitable.key)?.instance ?? '';
      return [{ ...want, waitable, instance, pointer: one.pointer }];
    });
  }

  #needOf({ item, trail }: Passed): readonly Need[] {
    const { kind, place, mode } = this.#tables.held.item(item);
    const waitable = this.#tables.classes.waitable(kind, place);
    return waitable ? [{ waitable, mode, trail: trailOf(trail) }] : [];
  }

  #heldAt(event: Event, base: readonly BaseHold[]): readonly Holding[] {
    const { held: table, targets } = this.#tables;
    const isSleep = targets.get(event.target).kind === 'sleep';
    const all: Holding[] = [];
    table.items(event.held).forEach((id, index) => {
      const holding = this.#holdings.of(id, event.trails[index]!);
      if (holding) all.push(holding);
    });
    const gone = table.items(event.released);
    const isRemoved = gone.includes(this.#tables.ownCallbacks);
    for (const { mark, item, holding } of base) {
      if (isSleep && !item.isAtomic) continue;
      if (isRemoved && item.kind === 'callbacks') continue;
      if (!gone.some((id) => table.matching(mark, id) >= 0)) all.push(holding);
    }
    return all.sort((a, b) => compare(a.held.waitable.key, b.held.waitable.key));
  }

  #baseOf(thread: Thread, handed: Handed): readonly BaseHold[] {
    const holds = thread.entry.holds.flatMap(({ kind, place, mode }) => {
      const origin = lockKinds.has(kind) ? ('caller' as const) : ('running' as const);
      const item: Item = {
        ...this.#tables.held.item(
          this.#tables.held.markOf(kind, this.#tables.classes.canonical(place) ?? place),
        ),
        mode,
        origin,
        isAtomic: spinning.has(kind),
      };
      return this.#base(item, undefined);
    });
    return [...holds, ...this.#handedTo(thread, handed)];
  }

  #base(item: Item, trail: Trail | undefined): readonly BaseHold[] {
    const { held: table } = this.#tables;
    const mark = table.setOf([table.markOf(item.kind, item.place)]);
    const holding = this.#holdings.told(item, trail);
    return holding ? [{ holding, item, mark }] : [];
  }

  /** A handler keeps its queues busy, and the references that it was given and drops itself. */
  #handedTo(thread: Thread, handed: Handed): readonly BaseHold[] {
    const { held: table, classes } = this.#tables;
    const own = thread.entry.holds.flatMap(({ kind, place }) => classes.waitable(kind, place)?.key ?? []);
    const dropped = new Set(thread.events.flatMap((event) => this.#droppedBy(event)?.key ?? []));
    return own.flatMap((key) => {
      const queues = (handed.queues.get(key) ?? []).flatMap((place) =>
        this.#base({ ...table.item(table.markOf('workqueue', place)), origin: 'running' }, undefined),
      );
      const references = (handed.references.get(key) ?? [])
        .filter(({ waitable }) => dropped.has(waitable.key))
        .flatMap(({ place, trail, giver }) =>
          this.#base({ ...table.item(table.markOf('references', place)), origin: 'given' }, trail).map(
            (base) => ({ ...base, holding: { ...base.holding, held: { ...base.holding.held, giver } } }),
          ),
        );
      return [...queues, ...references];
    });
  }

  #droppedBy(event: Event): Waitable | undefined {
    const target = this.#tables.targets.get(event.target);
    return target.kind === 'put' ? this.#tables.classes.waitable(target.object, target.place) : undefined;
  }

  #maskedAt(event: Event, own: Item['off'], root: Root): Want['masked'] {
    const offs = [own, this.#tables.offIn(event.held)];
    if (offs.includes('irq') || root.context === 'hardirq') return 'irq';
    return offs.includes('bh') || root.context === 'softirq' ? 'bh' : undefined;
  }
}

/** Whoever calls under one of these calls a function that may not sleep. */
const spinning: ReadonlySet<ObjectKind> = new Set(['spinlock', 'raw spinlock', 'rwlock']);

interface BaseHold {
  readonly holding: Holding;
  readonly item: Item;
  /** A set of this item alone. */
  readonly mark: typeof emptySet;
}

const isInterrupt = ({ context }: Root): boolean => context === 'softirq' || context === 'hardirq';

function atomicEntry(root: Root): readonly Held[] {
  if (!isInterrupt(root)) return [];
  const name = root.context === 'softirq' ? 'softirq' : 'hard interrupt';
  return [
    {
      waitable: { kind: 'cpu', name, key: `cpu:${root.context}` },
      mode: 'exclusive',
      origin: 'caller',
      instance: '',
      subclass: '',
      trail: undefined,
    },
  ];
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
