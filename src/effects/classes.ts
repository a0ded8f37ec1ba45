// classes.ts
// From places to classes: which objects count as the same, in the manner of lockdep. A lock is a global, or a member
// of the innermost struct that has a name; what lies in a struct that the core embeds everywhere is told apart by the
// struct around it.

import type { ObjectKind } from '../kernel/primitive.ts';
import type { PlaceId, PlaceTable } from '../program/places.ts';
import type { StructRef, StructTable } from '../program/structs.ts';
import type { Waitable } from './results.ts';

interface ClassName {
  readonly name: string;
  readonly key: string;
}

// The lock of each `struct device` is one object of thousands: what embeds the device tells which are meant.
const embedded: ReadonlySet<string> = new Set([
  'device',
  'dev_pm_info',
  'kobject',
  'kset',
  'sk_buff_head',
  'wait_queue_head',
  'completion',
  'kref',
]);

// Users pass the outer object to some functions and the inner one to others: they are the same.
const transparent: ReadonlySet<string> = new Set([
  'delayed_work.work',
  'rcu_work.work',
  'kthread_delayed_work.work',
  'device_attribute.attr',
  'kobj_attribute.attr',
  'bin_attribute.attr',
  'driver_attribute.attr',
  'class_attribute.attr',
  'bus_attribute.attr',
  'sock_common.skc_lock',
]);

const prefixes: Readonly<Partial<Record<ObjectKind, string>>> = {
  work: 'work:',
  workqueue: 'wq:',
  kthread: 'kthread:',
  timer: 'timer:',
  hrtimer: 'hrtimer:',
  tasklet: 'tasklet:',
  irq: 'irq:',
  napi: 'napi:',
  references: 'refs:',
  callbacks: 'callbacks:',
  completion: 'completion:',
  'wait queue': 'wait:',
  'notifier chain': 'chain:',
  device: 'device:',
  'runtime power': 'power:',
  transfer: 'transfer:',
  fence: 'fence:',
  cpu: 'cpu:',
};

export class Classes {
  readonly #places: PlaceTable;
  readonly #structs: StructTable;
  readonly #names = new Map<PlaceId, ClassName | undefined>();
  readonly #canonical = new Map<PlaceId, PlaceId>();
  readonly #representatives = new Map<string, PlaceId>();
  readonly #waitables = new Map<string, Waitable>();

  constructor(places: PlaceTable, structs: StructTable) {
    this.#places = places;
    this.#structs = structs;
  }

  /** `undefined`: not known which, so never the same as anything else. */
  waitable(kind: ObjectKind, place: PlaceId): Waitable | undefined {
    const named = this.#nameOf(place);
    if (!named) return undefined;
    const key = `${prefixes[kind] ?? ''}${named.key}`;
    const memo = `${kind} ${key}`;
    let waitable = this.#waitables.get(memo);
    if (!waitable) {
      const name = kind === 'references' ? `${named.name} references` : named.name;
      waitable = { kind, name, key };
      this.#waitables.set(memo, waitable);
    }
    return waitable;
  }

  /** Equal for places of one class; `undefined` where the class is not known. */
  keyOf(place: PlaceId): string | undefined {
    return this.#nameOf(place)?.key;
  }

  /** The same text means the same object, empty means that nobody knows. */
  instanceOf(place: PlaceId): string {
    return this.#isDefinite(place) ? `${place}` : '';
  }

  /**
   * One place for all objects of a class of which nobody knows which one it is: they cannot be told apart anyway, and
   * every spelling would be a lock of its own. `undefined`: the class is not known, and no caller will know it.
   */
  canonical(place: PlaceId): PlaceId | undefined {
    if (this.keyOf(place) === undefined && this.#places.root(place).kind !== 'parameter') return undefined;
    let canonical = this.#canonical.get(place);
    if (canonical === undefined) {
      const key = this.instanceOf(place) === '' ? this.keyOf(place) : undefined;
      canonical = key === undefined ? place : (this.#representatives.get(key) ?? place);
      if (key !== undefined) this.#representatives.set(key, canonical);
      this.#canonical.set(place, canonical);
    }
    return canonical;
  }

  #nameOf(place: PlaceId): ClassName | undefined {
    if (this.#names.has(place)) return this.#names.get(place);
    const named = this.#read(place);
    this.#names.set(place, named);
    return named;
  }

  #read(id: PlaceId): ClassName | undefined {
    const place = this.#places.get(id);
    switch (place.kind) {
      case 'global':
        return { name: place.name, key: place.key };
      case 'local':
        return place.isObject ? { name: place.name, key: `${place.owner}:${place.name}` } : undefined;
      case 'member':
        return this.#member(place.base, place.name, place.owner);
      case 'element': {
        const base = this.#nameOf(place.base);
        return base && { name: `${base.name}[]`, key: `${base.key}[]` };
      }
      case 'result':
        return { name: `${place.callee}()`, key: `${place.callee}()` };
      case 'view':
        return this.#nameOf(place.of);
      case 'parameter':
      case 'container':
      case 'some':
        return undefined;
    }
  }

  #member(base: PlaceId, name: string, owner: StructRef | undefined): ClassName | undefined {
    if (owner === undefined) return undefined;
    const { tag } = this.#structs.name(owner);
    if (transparent.has(`${tag}.${name}`)) {
      const outer = this.#nameOf(base);
      if (outer) return outer;
    }
    const shown = `${tag.replaceAll('::', '.').replaceAll(/\.#\d+/g, '')}.${name}`;
    if (!embedded.has(tag)) return { name: shown, key: shown };
    const around = this.#around(base);
    return around === undefined ? undefined : { name: shown, key: `${shown}@${around}` };
  }

  /** What embeds an object of the core: `pci_dev.dev`, a global. Where that is not known, it is any of thousands. */
  #around(id: PlaceId): string | undefined {
    const place = this.#places.get(id);
    switch (place.kind) {
      case 'member':
        return this.#nameOf(id)?.key;
      case 'global':
        return place.key;
      case 'view':
        return this.#around(place.of);
      case 'element':
        return this.#around(place.base);
      case 'parameter':
      case 'local':
      case 'result':
      case 'container':
      case 'some':
        return undefined;
    }
  }

  #isDefinite(id: PlaceId): boolean {
    const place = this.#places.get(id);
    switch (place.kind) {
      case 'global':
      case 'parameter':
        return true;
      case 'local':
        return place.isObject;
      case 'member':
        return this.#isDefinite(place.base);
      case 'container':
      case 'view':
        return this.#isDefinite(place.of);
      case 'result':
        return place.args.every((arg) => this.#isDefinite(arg));
      case 'element':
      case 'some':
        return false;
    }
  }
}
