// acts.ts
// What one call of a primitive does to the state of a function, and what it makes known to the function's callers.

import { ownCallbacks } from '../kernel/primitive.ts';
import type { ObjectKind, Primitive, Success } from '../kernel/primitive.ts';
import type { Act } from '../program/meaning.ts';
import type { PlaceId } from '../program/places.ts';
import type { Mask } from './conditions.ts';
import { anyValue, negative, nonzero, positive, zero } from './conditions.ts';
import type { Item, ItemId } from './held.ts';
import type { HopAction } from './results.ts';
import { withPassed } from './state.ts';
import type { State } from './state.ts';
import type { Target } from './summary.ts';
import type { EffectTables } from './tables.ts';
import { atomicKinds, lockKinds } from './tables.ts';
import type { Way } from './way.ts';

/** A state after the act, and what the call gives there. */
export interface Outcome {
  readonly state: State;
  readonly result: Mask;
}

export interface ActSite {
  readonly act: Act;
  /** `SINGLE_DEPTH_NESTING`, as written. */
  readonly subclass: string;
  /** Whether the function gives the processor away itself. */
  readonly isScheduling: () => boolean;
  /** The step for what the act does. */
  trail(action: HopAction): Way;
  emit(target: Target, state: State, trail: Way): void;
}

/** The subclass of what its holder may take again. */
export const nesting = 'nests';

export class Acts {
  readonly #tables: EffectTables;

  constructor(tables: EffectTables) {
    this.#tables = tables;
  }

  apply(state: State, site: ActSite): readonly Outcome[] {
    const { primitive, effect } = site.act;
    const place = this.#placeOf(site.act);
    if (primitive.sleeps === 'yes' && effect === primitive.effect && effect !== 'try')
      site.emit({ kind: 'sleep' }, this.#during(state, site.act), site.trail('wait'));
    const before = effect === primitive.effect ? this.#waits(state, site, place) : state;
    switch (effect) {
      case 'acquire':
        if (primitive.passes === true && place !== undefined) {
          this.#passes(before, site, place);
          return same(before);
        }
        return this.#acquire(before, site, place);
      case 'try':
        return this.#acquire(before, site, place);
      case 'release':
        return same(this.#release(before, site, place));
      case 'downgrade':
        return same(this.#downgrade(before, primitive, place));
      case 'assert':
        return same(this.#assert(before, site, place));
      case 'signal':
        this.#signal(before, site, place);
        return same(before);
      case 'get':
        return this.#get(before, site, place);
      case 'put':
        return same(this.#put(before, site, place));
      case 'queue':
      case 'arm':
        this.#queue(before, site, place);
        return same(before);
      case 'disable':
        return same(this.#disable(before, site));
      case 'enable':
        return same(this.#enable(before, primitive));
      case 'notify':
        if (place !== undefined) site.emit({ kind: 'notify', chain: place }, before, site.trail('callback'));
        return same(before);
      case 'cancel':
        return same(this.#cancel(before, primitive, place));
      case 'init':
      case 'wait':
      case 'register':
      case 'unregister':
        return same(before);
    }
  }

  #placeOf({ primitive, place }: Act): PlaceId | undefined {
    if (place !== undefined) return this.#tables.classes.canonical(place);
    const name = primitive.object ?? primitive.kind;
    return primitive.objectArgument < 0 ? this.#tables.program.places.global(name, name) : undefined;
  }

  /** The state while the call waits. */
  #during(state: State, { letsGo }: Act): State {
    return letsGo === undefined ? state : this.drop(state, this.#tables.held.markOf('lock', letsGo));
  }

  #waits(state: State, site: ActSite, place: PlaceId | undefined): State {
    const { primitive } = site.act;
    if (primitive.takesInside !== undefined) this.#takesInside(state, site, primitive.takesInside);
    const object = primitive.waitsFor ?? (primitive.effect === 'wait' ? primitive.kind : undefined);
    if (object === undefined) return state;
    const places = this.#tables.program.places;
    const awaited =
      object === 'rcu' ? places.global('RCU readers', 'rcu') : this.#awaited(object, primitive, place);
    if (awaited === undefined) return state;
    const trail = site.trail('wait');
    if (primitive.announces === true && site.isScheduling())
      return this.add(state, this.#tables.held.markOf(object, awaited), trail);
    const { endedBy } = primitive;
    site.emit(
      { kind: 'wait', object, place: awaited, mode: 'exclusive', subclass: '', endedBy, off: undefined },
      this.#during(state, site.act),
      trail,
    );
    return withPassed(state, [{ item: this.#tables.held.markOf(object, awaited), trail }]);
  }

  /** Gives the processor away: what was announced before is waited for now, with what is held now. */
  schedule(state: State, site: ActSite): State {
    const { held } = this.#tables;
    const endedBy = site.act.primitive.name.includes('timeout') ? 'timeout' : undefined;
    const trail = site.trail('wait');
    return held.items(state.held).reduce((after, id) => {
      const { kind: object, place } = held.item(id);
      if (object !== 'wait queue') return after;
      site.emit(
        { kind: 'wait', object, place, mode: 'exclusive', subclass: '', endedBy, off: undefined },
        state,
        trail,
      );
      return withPassed(after, [{ item: id, trail }]);
    }, state);
  }

  /** `finish_wait()`: nothing is announced any more. */
  #cancel(state: State, { kind }: Primitive, place: PlaceId | undefined): State {
    if (kind !== 'wait queue' || place === undefined) return state;
    const index = this.#tables.held.matching(state.held, this.#tables.held.markOf(kind, place));
    return index < 0 ? state : this.#remove(state, index);
  }

  // References are counted by type: which of all net devices is not known where they are dropped.
  #awaited(object: ObjectKind, primitive: Primitive, place: PlaceId | undefined): PlaceId | undefined {
    if (object !== 'references' || primitive.type === undefined) return place;
    return this.#tables.program.places.global(primitive.type, primitive.type);
  }

  #takesInside(state: State, site: ActSite, name: string): void {
    if (name.includes('.')) return;
    const place = this.#tables.program.places.global(name, name);
    emitTaking(state, site, { object: name.endsWith('rwsem') ? 'rwsem' : 'mutex', place, mode: 'exclusive' });
  }

  #passes(state: State, site: ActSite, place: PlaceId): void {
    const { primitive } = site.act;
    emitTaking(state, site, { object: primitive.kind, place, mode: modeOf(primitive) });
  }

  #acquire(state: State, site: ActSite, place: PlaceId | undefined): readonly Outcome[] {
    const { primitive, effect } = site.act;
    if (primitive.kind === 'token') return this.#test(state, place);
    if (place === undefined || !lockKinds.has(primitive.kind) || this.#isCounted(primitive, place))
      return same(state);
    const item = this.#tables.held.itemOf(this.#itemOf(site, place));
    const trail = site.trail('acquire');
    const mode = modeOf(primitive);
    if (effect === 'acquire') {
      const subclass = primitive.kind === 'ww mutex' ? 'ww' : subclassOf(site);
      const { endedBy } = primitive;
      const off = offOf(primitive);
      site.emit(
        { kind: 'acquire', object: primitive.kind, place, mode, subclass, endedBy, off },
        state,
        trail,
      );
    }
    const taken = withPassed(this.add(state, item, trail), [
      { item: this.#tables.held.markOf(primitive.kind, place), trail },
    ]);
    const success = primitive.success;
    if (success === undefined) return same(taken);
    return [
      { state: taken, result: successMasks[success] },
      { state, result: failureMasks[success] },
    ];
  }

  /** A semaphore that starts with more than one: whoever takes it keeps nobody out. */
  #isCounted(primitive: Primitive, place: PlaceId): boolean {
    const key = primitive.kind === 'semaphore' ? this.#tables.classes.keyOf(place) : undefined;
    return key !== undefined && this.#tables.counted.has(key);
  }

  /** Whether a token is set; where only the caller can know, both ways are followed, one of them on that condition. */
  #test(state: State, token: PlaceId | undefined): readonly Outcome[] {
    if (token === undefined) return same(state);
    const { held } = this.#tables;
    const mark = held.markOf('token', token);
    if (held.matching(state.held, mark) >= 0) return [{ state, result: positive }];
    const unset = { state, result: zero };
    if (held.items(state.released).includes(mark)) return [unset];
    const requires = held.setOf([...held.items(state.requires), mark]);
    return [{ state: { ...state, requires }, result: positive }, unset];
  }

  #itemOf(site: ActSite, place: PlaceId): Item {
    const { primitive, effect } = site.act;
    // One that is a mutex for some objects and a spinlock for others tells nothing of where it may be slept.
    const isAtomic =
      (atomicKinds.has(primitive.kind) && primitive.sleeps !== 'flags') ||
      (primitive.kind === 'lock' && primitive.sleeps === 'no');
    return {
      kind: primitive.kind,
      place,
      mode: modeOf(primitive),
      origin: effect === 'try' ? 'tried' : 'taken',
      subclass: subclassOf(site),
      off: offOf(primitive),
      isAtomic,
    };
  }

  #release(state: State, site: ActSite, place: PlaceId | undefined): State {
    const { primitive } = site.act;
    if (place === undefined || !lockKinds.has(primitive.kind) || this.#isCounted(primitive, place))
      return state;
    const mark = this.#tables.held.markOf(primitive.kind, place);
    const index = this.#tables.held.matching(state.held, mark);
    const released = this.drop(state, mark);
    const wasOff = index >= 0 && this.#tables.held.item(this.#tables.held.items(state.held)[index]!).off;
    // `local_irq_save(flags); spin_lock(l); ... spin_unlock_irqrestore(l, flags);`
    return offOf(primitive) !== undefined && wasOff === undefined
      ? this.#enable(released, primitive)
      : released;
  }

  #downgrade(state: State, primitive: Primitive, place: PlaceId | undefined): State {
    if (place === undefined) return state;
    const { held } = this.#tables;
    const index = held.matching(state.held, held.markOf(primitive.kind, place));
    const id = held.items(state.held)[index];
    if (id === undefined) return state;
    const trail = state.trails[index];
    const rest = this.#remove(state, index);
    return trail ? this.add(rest, held.itemOf({ ...held.item(id), mode: 'read' }), trail) : rest;
  }

  #assert(state: State, site: ActSite, place: PlaceId | undefined): State {
    const { primitive } = site.act;
    const { held } = this.#tables;
    if (place === undefined || !lockKinds.has(primitive.kind)) return state;
    const mark = held.markOf(primitive.kind, place);
    const isHeld = held.items(state.held).some((id) => this.#isOf(held.item(id).place, place));
    const isGone = held.items(state.released).includes(mark);
    if (isHeld || isGone) return state;
    const mode = primitive.mode === 'write' || primitive.mode === undefined ? 'exclusive' : 'read';
    const item: Item = { ...held.item(mark), mode, origin: 'asserted' };
    return this.add(state, held.itemOf(item), site.trail('acquire'));
  }

  #isOf(a: PlaceId, b: PlaceId): boolean {
    if (a === b) return true;
    const key = this.#tables.classes.keyOf(a);
    return key !== undefined && key === this.#tables.classes.keyOf(b);
  }

  #signal(state: State, site: ActSite, place: PlaceId | undefined): void {
    if (place === undefined) return;
    const object = site.act.primitive.kind;
    site.emit({ kind: 'signal', object, place }, state, site.trail('signal'));
  }

  #get(state: State, site: ActSite, place: PlaceId | undefined): readonly Outcome[] {
    const counted = this.#counted(site.act.primitive, place);
    if (counted === undefined) return same(state);
    const mark = this.#tables.held.markOf(site.act.primitive.kind, counted);
    return same(this.add(state, mark, site.trail('get')));
  }

  #put(state: State, site: ActSite, place: PlaceId | undefined): State {
    const { primitive } = site.act;
    if (primitive.object === ownCallbacks) return this.drop(state, this.#tables.ownCallbacks);
    const counted = this.#counted(primitive, place);
    if (counted === undefined) return state;
    if (primitive.kind === 'references')
      site.emit({ kind: 'put', object: primitive.kind, place: counted }, state, site.trail('put'));
    return this.drop(state, this.#tables.held.markOf(primitive.kind, counted));
  }

  #counted(primitive: Primitive, place: PlaceId | undefined): PlaceId | undefined {
    if (primitive.kind === 'references') return this.#awaited('references', primitive, place);
    return primitive.kind === 'token' ? place : undefined;
  }

  #queue(state: State, site: ActSite, place: PlaceId | undefined): void {
    if (place === undefined) return;
    const { primitive, queue } = site.act;
    site.emit({ kind: 'queue', object: primitive.kind, place, queue }, state, site.trail('queue'));
  }

  #disable(state: State, site: ActSite): State {
    const { primitive } = site.act;
    if (primitive.kind !== 'cpu') return state;
    return this.add(state, this.#offItem(primitive), site.trail('acquire'));
  }

  #enable(state: State, primitive: Primitive): State {
    if (primitive.disables === undefined) return state;
    const index = this.#tables.held.items(state.held).indexOf(this.#offItem(primitive));
    return index < 0 ? state : this.#remove(state, index);
  }

  #offItem(primitive: Primitive): ItemId {
    const off = offOf(primitive);
    const name = off === 'irq' ? 'interrupts' : off === 'bh' ? 'softirqs' : 'preemption';
    const place = this.#tables.program.places.global(name, name);
    const { held } = this.#tables;
    return held.itemOf({ ...held.item(held.markOf('cpu', place)), off, isAtomic: true });
  }

  add(state: State, item: ItemId, trail: Way): State {
    const items = this.#tables.held.items(state.held);
    if (items.includes(item)) return state;
    const held = this.#tables.held.setOf([...items, item]);
    const index = this.#tables.held.items(held).indexOf(item);
    const trails = [...state.trails.slice(0, index), trail, ...state.trails.slice(index)];
    return { ...state, held, trails };
  }

  /** Lets go of what `mark` names; what was not taken here is taken from the caller. */
  drop(state: State, mark: ItemId): State {
    const { held } = this.#tables;
    const index = held.matching(state.held, mark);
    const id = held.items(state.held)[index];
    const rest = id === undefined ? state : this.#remove(state, index);
    if (id !== undefined && held.item(id).origin !== 'asserted') return rest;
    return { ...rest, released: held.setOf([...held.items(rest.released), mark]) };
  }

  #remove(state: State, index: number): State {
    const items = this.#tables.held.items(state.held);
    return {
      ...state,
      held: this.#tables.held.setOf(items.filter((_, i) => i !== index)),
      trails: state.trails.filter((_, i) => i !== index),
    };
  }
}

const same = (state: State): readonly Outcome[] => [{ state, result: anyValue }];

const modeOf = (primitive: Primitive): 'exclusive' | 'read' =>
  primitive.mode === 'read' || primitive.kind === 'rcu' || primitive.kind === 'srcu' ? 'read' : 'exclusive';

function offOf(primitive: Primitive): 'irq' | 'bh' | undefined {
  switch (primitive.disables) {
    case 'irq':
    case 'irqsave':
      return 'irq';
    case 'bh':
      return 'bh';
    case 'preemption':
    case undefined:
      return undefined;
  }
}

export const successMasks: Readonly<Record<Success, Mask>> = {
  zero,
  nonzero,
  positive,
  'not negative': zero | positive,
  'not null': positive,
};

export const failureMasks: Readonly<Record<Success, Mask>> = {
  zero: nonzero,
  nonzero: zero,
  positive: zero | negative,
  'not negative': negative,
  'not null': zero | negative,
};

const subclassOf = ({ act, subclass }: ActSite): string =>
  act.primitive.nests === true ? nesting : subclass;

function emitTaking(
  state: State,
  site: ActSite,
  what: { readonly object: ObjectKind; readonly place: PlaceId; readonly mode: 'exclusive' | 'read' },
): void {
  const target: Target = { kind: 'acquire', ...what, subclass: '', endedBy: undefined, off: undefined };
  site.emit(target, state, site.trail('acquire'));
}
