// surroundings.ts
// Which classes can lie on a cycle at all, from a coarse picture: what a function holds by itself at a call, and
// everything that the callee may ever want. Only for those few are the exact states carried through the program.

import { throwIfCancelled } from '../base/cancel.ts';
import type { Token } from '../base/cancel.ts';
import type { Argument, Entry, FnId } from '../program/meaning.ts';
import type { PlaceId } from '../program/places.ts';
import { circlesFirst } from './circles.ts';
import type { FileUnits } from './fileUnits.ts';
import type { ArgsId, SetId } from './held.ts';
import { OpenHeld, PassedUp } from './openHeld.ts';
import type { Target, TargetId } from './summary.ts';
import { lockKinds } from './tables.ts';
import type { EffectTables } from './tables.ts';

/** A call or an act of one function, with what the function itself holds there. */
export type Moment =
  | { readonly kind: 'target'; readonly held: SetId; readonly target: TargetId }
  | {
      readonly kind: 'call';
      readonly held: SetId;
      readonly callee: FnId;
      readonly args: ArgsId | undefined;
      /** The functions among the arguments, and parameters that are passed on. */
      readonly given: readonly Argument[];
    };

export interface Relevance {
  /** Keys of the classes that may lie on a cycle, or that an interrupt takes. */
  readonly cyclic: ReadonlySet<string>;
  /** Those, and what is held while one of them is wanted. */
  readonly tracked: ReadonlySet<string>;
  /** Whether it is worth while to go behind a table. */
  readonly leadsOn: (target: Extract<Target, { kind: 'slot' | 'notify' }>) => boolean;
}

type ClassIndex = number;
type Args = readonly (PlaceId | undefined)[];

/** What a function may ever want: classes, and what depends on its arguments. */
interface Reach {
  readonly classes: ReadonlySet<ClassIndex>;
  readonly open: ReadonlySet<TargetId>;
  /** Locks behind parameters that are held while something is wanted. */
  readonly openHeld: OpenHeld;
  /** By parameter: what is held while it is called. */
  readonly openCalls: ReadonlyMap<number, ReadonlySet<ClassIndex>>;
  /** Tables in which functions of many drivers stand. */
  readonly wide: ReadonlySet<TargetId>;
}

const nowhere: Reach = {
  classes: new Set(),
  open: new Set(),
  openHeld: new OpenHeld(),
  openCalls: new Map(),
  wide: new Set(),
};

export class Surroundings {
  readonly #tables: EffectTables;
  readonly #moments: readonly (readonly Moment[])[];
  readonly #reach: Reach[] = [];
  readonly #indexes = new Map<string, ClassIndex>();
  readonly #edges: Set<ClassIndex>[] = [];
  readonly #heldAtWide = new Map<TargetId, Set<ClassIndex>>();
  readonly #units: FileUnits;
  readonly #queuedOn = new Map<ClassIndex, Set<ClassIndex>>();

  constructor(tables: EffectTables, moments: readonly (readonly Moment[])[], units: FileUnits) {
    this.#tables = tables;
    this.#moments = moments;
    this.#units = units;
  }

  /** What the rest of the analysis needs to look at. */
  relevant(token: Token): Relevance {
    const outgoing = this.#moments.map((moments) => [
      ...new Set(moments.flatMap((one) => this.#callees(one))),
    ]);
    for (const circle of circlesFirst(outgoing)) {
      throwIfCancelled(token);
      this.#gather(circle);
    }
    for (const entry of this.#tables.program.entries) {
      throwIfCancelled(token);
      this.#begin(entry);
    }
    throwIfCancelled(token);
    this.#wideEdges();
    this.#chosenEdges();
    const interrupting = this.#interrupting();
    const names = [...this.#indexes.keys()];
    const cyclic = new Set<ClassIndex>(this.#interrupted());
    for (const index of interrupting) cyclic.add(index);
    for (const circle of circlesFirst(this.#edges.map((targets) => [...targets]))) {
      const [first] = circle;
      const isCycle = circle.length > 1 || (first !== undefined && this.#edges[first]?.has(first) === true);
      if (isCycle) for (const member of circle) cyclic.add(member);
    }
    const leading = this.#edges.flatMap((targets, from) =>
      [...targets].some((to) => cyclic.has(to)) ? [from] : [],
    );
    const keysOf = (indexes: Iterable<ClassIndex>): ReadonlySet<string> =>
      new Set([...indexes].flatMap((index) => names[index] ?? []));
    return {
      cyclic: keysOf(cyclic),
      tracked: keysOf([...cyclic, ...leading]),
      leadsOn: (target) => this.#leadsOn(target, cyclic),
    };
  }

  /** Which of these classes may be wanted at that moment; after `relevant()`. */
  wantedOf(moment: Moment, keys: ReadonlySet<string>): readonly string[] {
    const wanted = this.#wantedAt(moment, new Set());
    return [...keys].filter((key) => {
      const index = this.#indexes.get(key);
      return index !== undefined && wanted.has(index);
    });
  }

  /** Whether a table holds anybody who wants what may lie on a cycle, or who lies in scope. */
  #leadsOn(target: Extract<Target, { kind: 'slot' | 'notify' }>, cyclic: ReadonlySet<ClassIndex>): boolean {
    return this.#behind(target).some((fn) => {
      if (this.#tables.program.functions[fn]?.inScope === true) return true;
      const reach = this.#reach[fn] ?? nowhere;
      if (reach.wide.size > 0) return true;
      // Which work is queued where is wanted by nobody.
      for (const id of reach.open) if (this.#tables.targets.get(id).kind !== 'queue') return true;
      for (const index of reach.classes) if (cyclic.has(index)) return true;
      return false;
    });
  }

  #callees(moment: Moment): readonly FnId[] {
    if (moment.kind === 'call') return [moment.callee];
    const target = this.#tables.targets.get(moment.target);
    if (target.kind !== 'slot' && target.kind !== 'notify') return [];
    return this.#isWide(target) ? [] : this.#behind(target);
  }

  #behind(target: Extract<Target, { kind: 'slot' | 'notify' }>): readonly FnId[] {
    const { program } = this.#tables;
    if (target.kind === 'notify') return program.notified(target.chain);
    const first = target.args[0]?.place;
    // Only the callers know what the device lies in.
    if (first !== undefined && program.places.root(first).kind === 'parameter')
      return program.everyImplementer(target.slot);
    return program.implementers(target.slot, first);
  }

  /** All functions of one circle of calls reach the same. */
  #gather(circle: readonly FnId[]): void {
    const classes = new Set<ClassIndex>();
    const open = new Set<TargetId>();
    const openHeld = new OpenHeld();
    const passed = new PassedUp();
    const openCalls = new Map<number, Set<ClassIndex>>();
    const wide = new Set<TargetId>();
    const reach: Reach = { classes, open, openHeld, openCalls, wide };
    for (const fn of circle) this.#reach[fn] = reach;
    // Once more in a circle: what one member adds, the others may hold something over.
    for (let round = circle.length > 1 ? 2 : 1; round > 0; round--) {
      for (const fn of circle) {
        for (const moment of this.#moments[fn] ?? []) {
          const wanted = this.#wantedAt(moment, open);
          for (const index of wanted) classes.add(index);
          this.#hold(moment, wanted, openHeld);
          if (moment.kind === 'call') this.#passUp(moment, passed, openHeld);
          this.#callParameters(moment, openCalls);
          this.#reachWide(moment, wide);
        }
      }
    }
  }

  #wantedAt(moment: Moment, open: Set<TargetId>): ReadonlySet<ClassIndex> {
    if (moment.kind === 'target') return this.#wantedBy(moment.target, open);
    const { classes, open: inner } = this.#reach[moment.callee] ?? nowhere;
    if (inner.size === 0) return classes;
    const wanted = new Set(classes);
    for (const id of [...inner])
      for (const index of this.#wantedBy(this.#substituted(id, this.#argsOf(moment)), open))
        wanted.add(index);
    return wanted;
  }

  #argsOf({ args }: Extract<Moment, { kind: 'call' }>): Args | undefined {
    return args === undefined ? undefined : this.#tables.held.args(args);
  }

  /** What the thread that begins there may want: a handler is given the work itself, and works on that. */
  #wantedFrom({ fn, args }: Entry): ReadonlySet<ClassIndex> {
    const { classes, open } = this.#reach[fn] ?? nowhere;
    if (open.size === 0 || args.length === 0) return classes;
    const wanted = new Set(classes);
    for (const id of open)
      for (const index of this.#wantedBy(this.#substituted(id, args), new Set())) wanted.add(index);
    return wanted;
  }

  #substituted(id: TargetId, args: Args | undefined): TargetId {
    const target = this.#tables.targets.get(id);
    if (args === undefined || !('place' in target)) return id;
    const { places } = this.#tables.program;
    const seen = (place: PlaceId): PlaceId => places.substitute(place, args);
    const place = seen(target.place);
    if (target.kind !== 'queue') return this.#tables.targets.of({ ...target, place });
    const queue = target.queue === undefined ? undefined : seen(target.queue);
    return this.#tables.targets.of({ ...target, place, queue });
  }

  #wantedBy(id: TargetId, open: Set<TargetId>): ReadonlySet<ClassIndex> {
    const target = this.#tables.targets.get(id);
    switch (target.kind) {
      case 'acquire':
      case 'wait':
      case 'signal': {
        const waitable = this.#tables.classes.waitable(target.object, target.place);
        if (waitable) return new Set([this.#indexOf(this.#prefix(target.kind) + waitable.key)]);
        if (this.#isOpen(target.place) && open.size < mostOpenTargets) open.add(id);
        return nowhere.classes;
      }
      case 'slot':
      case 'notify': {
        const wanted = new Set<ClassIndex>();
        if (this.#isWide(target)) return wanted;
        for (const fn of this.#behind(target))
          for (const index of (this.#reach[fn] ?? nowhere).classes) wanted.add(index);
        return wanted;
      }
      case 'queue':
        if (!this.#queue(target) && open.size < mostOpenTargets) open.add(id);
        return nowhere.classes;
      case 'sleep':
      case 'put':
      case 'parameter':
        return nowhere.classes;
    }
  }

  // Something near a parameter: functions that call each other in a circle would pass ever longer chains around.
  #isOpen(place: PlaceId): boolean {
    const { places } = this.#tables.program;
    return places.depthOf(place) <= mostOpen && places.root(place).kind === 'parameter';
  }

  // That something is signalled is passed up like a want, under a name of its own.
  #prefix(kind: 'acquire' | 'wait' | 'signal'): string {
    return kind === 'signal' ? signalled : '';
  }

  /** False where the callers know which work it is, or which queue. */
  #queue(target: Extract<Target, { kind: 'queue' }>): boolean {
    const { classes } = this.#tables;
    if (target.queue === undefined) return true;
    const work = classes.waitable(target.object, target.place);
    const queue = classes.waitable('workqueue', target.queue);
    if (!work || !queue)
      return !(work || this.#isOpen(target.place)) || !(queue || this.#isOpen(target.queue));
    const index = this.#indexOf(work.key);
    const queues = this.#queuedOn.get(index) ?? new Set();
    this.#queuedOn.set(index, queues.add(this.#indexOf(queue.key)));
    return true;
  }

  #hold(moment: Moment, wanted: ReadonlySet<ClassIndex>, openHeld: OpenHeld): void {
    for (const id of this.#tables.held.items(moment.held)) {
      const { kind, place } = this.#tables.held.item(id);
      this.#holdAt(this.#tables.classes.waitable(kind, place)?.key, place, wanted, openHeld);
    }
  }

  #holdAt(
    key: string | undefined,
    place: PlaceId,
    wanted: ReadonlySet<ClassIndex>,
    openHeld: OpenHeld,
  ): void {
    if (key !== undefined) this.#edge(this.#indexOf(key), wanted);
    else if (this.#isOpen(place)) openHeld.add(place, wanted);
  }

  /** A lock behind a parameter of the callee, seen from here. */
  #passUp(moment: Extract<Moment, { kind: 'call' }>, passed: PassedUp, openHeld: OpenHeld): void {
    const { places } = this.#tables.program;
    const args = moment.args === undefined ? undefined : this.#tables.held.args(moment.args);
    const callee = (this.#reach[moment.callee] ?? nowhere).openHeld;
    for (const [inner, wanted] of passed.next(callee, moment.args ?? withoutArgs)) {
      const place = args ? places.substitute(inner, args) : inner;
      this.#holdAt(this.#tables.classes.keyOf(place), place, wanted, openHeld);
    }
  }

  /** A function that is given to the callee runs under what the callee holds where it calls its parameter. */
  #callParameters(moment: Moment, openCalls: Map<number, Set<ClassIndex>>): void {
    const own = this.#heldClasses(moment.held);
    if (moment.kind === 'target') {
      const target = this.#tables.targets.get(moment.target);
      if (target.kind === 'parameter') addAll(openCalls, target.index, own);
      return;
    }
    for (const [index, held] of [...(this.#reach[moment.callee] ?? nowhere).openCalls]) {
      const arg = moment.given[index];
      if (arg?.fn !== undefined)
        for (const from of held) this.#edge(from, (this.#reach[arg.fn] ?? nowhere).classes);
      if (arg?.parameter !== undefined) addAll(openCalls, arg.parameter, [...held, ...own]);
    }
  }

  /** What many drivers do behind one table is not passed up: it only stands against what is held on the way there. */
  #reachWide(moment: Moment, wide: Set<TargetId>): void {
    const reached =
      moment.kind === 'call' ? [...(this.#reach[moment.callee] ?? nowhere).wide] : [moment.target];
    const own = reached.filter((id) => {
      const target = this.#tables.targets.get(id);
      return target.kind === 'slot' && this.#isWide(target);
    });
    for (const id of own) {
      wide.add(id);
      const held = this.#heldAtWide.get(id) ?? new Set();
      for (const index of this.#heldClasses(moment.held)) held.add(index);
      this.#heldAtWide.set(id, held);
    }
  }

  #isWide(target: Extract<Target, { kind: 'slot' | 'notify' }>): boolean {
    return this.#units.isWide(this.#behind(target));
  }

  #wideEdges(): void {
    for (const [id, held] of this.#heldAtWide) {
      const target = this.#tables.targets.get(id);
      if (target.kind !== 'slot') continue;
      for (const fn of this.#behind(target)) {
        const { classes } = this.#reach[fn] ?? nowhere;
        for (const from of held) this.#edge(from, classes);
      }
    }
  }

  /** Two names for one lock. */
  #chosenEdges(): void {
    const { program, classes } = this.#tables;
    for (const { pointer, lock } of program.chosenLocks) {
      const key = classes.keyOf(lock);
      if (key === undefined || !this.#indexes.has(pointer) || !this.#indexes.has(key)) continue;
      this.#edge(this.#indexOf(pointer), new Set([this.#indexOf(key)]));
      this.#edge(this.#indexOf(key), new Set([this.#indexOf(pointer)]));
    }
  }

  #heldClasses(held: SetId): readonly ClassIndex[] {
    return this.#tables.held.items(held).flatMap((id) => {
      const { kind, place } = this.#tables.held.item(id);
      const key = this.#tables.classes.waitable(kind, place)?.key;
      return key === undefined ? [] : [this.#indexOf(key)];
    });
  }

  #begin(entry: Entry): void {
    const wanted = this.#wantedFrom(entry);
    for (const { kind, place } of entry.holds) {
      const waitable = this.#tables.classes.waitable(kind, place);
      if (!waitable) continue;
      const index = this.#indexOf(waitable.key);
      this.#edge(index, wanted);
      for (const queue of this.#queuedOn.get(index) ?? []) this.#edge(queue, wanted);
      if (kind === 'work') for (const references of this.#references()) this.#edge(references, wanted);
    }
    this.#signals(wanted);
  }

  /** A wait for a signal is over only when its thread gets there. */
  #signals(wanted: ReadonlySet<ClassIndex>): void {
    for (const [name, index] of [...this.#indexes]) {
      if (!name.startsWith(signalled) || !wanted.has(index)) continue;
      this.#edge(this.#indexOf(name.slice(signalled.length)), wanted);
    }
  }

  #references(): readonly ClassIndex[] {
    return [...this.#indexes].flatMap(([name, index]) => (name.startsWith('refs:') ? [index] : []));
  }

  #interrupted(): readonly ClassIndex[] {
    return this.#tables.program.entries.flatMap((entry) =>
      entry.context === 'hardirq' || entry.context === 'softirq' ? [...this.#wantedFrom(entry)] : [],
    );
  }

  /** The handlers themselves: after a wait for the end of one, it comes no more. */
  #interrupting(): readonly ClassIndex[] {
    return this.#tables.program.entries.flatMap(({ context, holds }) => {
      if (context !== 'hardirq' && context !== 'softirq') return [];
      const running = holds.filter(({ kind }) => !lockKinds.has(kind));
      return running.flatMap(({ kind, place }) => {
        const waitable = this.#tables.classes.waitable(kind, place);
        return waitable ? [this.#indexOf(waitable.key)] : [];
      });
    });
  }

  #edge(from: ClassIndex, to: ReadonlySet<ClassIndex>): void {
    const edges = this.#edges[from];
    if (edges) for (const index of to) edges.add(index);
  }

  #indexOf(key: string): ClassIndex {
    const known = this.#indexes.get(key);
    if (known !== undefined) return known;
    const index = this.#edges.length;
    this.#indexes.set(key, index);
    this.#edges.push(new Set());
    return index;
  }
}

const signalled = 'signal of ';

const withoutArgs = -1;

const mostOpen = 4;

// Different objects behind parameters that one function wants. Real ones want a dozen; a circle of hundreds of
// functions that pass each other everything would come to tens of thousands.
const mostOpenTargets = 256;

function addAll(to: Map<number, Set<ClassIndex>>, index: number, classes: readonly ClassIndex[]): void {
  const known = to.get(index) ?? new Set();
  for (const one of classes) known.add(one);
  to.set(index, known);
}
