// lockPointers.ts
// Locks that a driver chooses for the core: `queue->lock = &foo->mutex`. What the core holds when it calls the driver is
// then that mutex, and for each driver another one.

import type { Linking } from './linking.ts';
import { classNameOf, detached } from './placeNames.ts';
import type { PlaceId } from './places.ts';
import { folderOf } from './unitFiles.ts';

const lockStructs: ReadonlySet<string> = new Set(['mutex', 'rw_semaphore', 'spinlock', 'raw_spinlock']);

export interface ChosenLock {
  /** Class of the member that points: `vb2_queue.lock`. */
  readonly pointer: string;
  /** The file, or the folder, of which the driver is. */
  readonly path: string;
  readonly lock: PlaceId;
}

/** Chosen in one place: by name of the class, so that two spellings of one lock are one choice. */
type Choices = Map<string, PlaceId>;

export class LockPointers {
  readonly #linking: Linking;
  /** By the member that points, and the file or the folder in which it is given a value. */
  readonly #chosen = new Map<string, Choices>();
  readonly #read = new Set<string>();

  constructor(linking: Linking) {
    this.#linking = linking;
  }

  /** The lock that the file, or else its folder, chooses; `undefined` where it chooses none, or more than one. */
  chosen(struct: string, member: string, path: string): PlaceId | undefined {
    const key = `${struct}.${member}`;
    if (!this.#read.has(key)) this.#readAll(key, member);
    for (const where of [path, folderOf(path)]) {
      const choices = this.#chosen.get(`${key} ${where}`);
      if (choices) return choices.size === 1 ? [...choices.values()][0] : undefined;
    }
    return undefined;
  }

  /** Every member that was asked for, where it points at one lock and no other. */
  all(): readonly ChosenLock[] {
    return [...this.#chosen].flatMap(([name, choices]) => {
      const [pointer = '', path = ''] = name.split(' ');
      const [lock, other] = choices.values();
      return lock === undefined || other !== undefined ? [] : [{ pointer, path, lock }];
    });
  }

  #readAll(key: string, member: string): void {
    this.#read.add(key);
    const { places, structs, functions } = this.#linking;
    for (const { id, path, inScope, isMacro } of functions) {
      if (!inScope || isMacro) continue;
      const body = this.#linking.body(id);
      const { terms } = body.scope.facts;
      for (let i = 0; i < body.flow.count; i++) {
        const op = body.flow.op(i);
        const target = op.kind === 'assign' ? terms.expr(op.target) : undefined;
        if (op.kind !== 'assign' || target?.kind !== 'field' || target.name !== member) continue;
        const pointer = this.#linking.placeOf(op.target, body);
        if (pointer === undefined || classNameOf(pointer, places, structs) !== key) continue;
        this.#choose(key, path, this.#linking.placeOf(op.value, body));
      }
    }
  }

  #choose(key: string, path: string, lock: PlaceId | undefined): void {
    const { places, structs } = this.#linking;
    const struct = lock === undefined ? undefined : places.get(lock).struct;
    const name = lock === undefined ? undefined : classNameOf(lock, places, structs);
    if (lock === undefined || name === undefined || struct === undefined) return;
    if (!lockStructs.has(structs.name(struct).tag)) return;
    for (const where of [path, folderOf(path)]) {
      const choices = this.#chosen.get(`${key} ${where}`) ?? new Map<string, PlaceId>();
      this.#chosen.set(`${key} ${where}`, choices.set(name, detached(lock, places)));
    }
  }
}
