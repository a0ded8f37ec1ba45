// heldReader.ts
// What bodies hold by themselves, with what the functions and macros that they call take or let go for them: wrappers
// of locks, and wrappers of those.

import { isLeaf } from '../program/leaf.ts';
import type { Bodies, CallStep, ReadBody } from './bodies.ts';
import { changesHeld, heldInside } from './heldInside.ts';
import type { HeldInside, NetWay } from './heldInside.ts';

// A wrapper of a wrapper of a lock.
const deepestWrapper = 2;

/** Over the facts that are loaded at this moment. */
export class HeldReader {
  readonly #bodies: Bodies;
  readonly #held = new Map<string, HeldInside>();
  // Of what is called the end alone, for what holds where inside of it is large and nobody asks.
  readonly #nets = new Map<string, readonly NetWay[] | undefined>();
  readonly #leaving = new Map<string, boolean>();

  constructor(bodies: Bodies) {
    this.#bodies = bodies;
  }

  ofFunction(path: string, name: string, read: ReadBody): HeldInside {
    const key = `${path}:${name}`;
    let held = this.#held.get(key);
    if (!held) {
      held = this.#read(key, read, deepestWrapper);
      this.#held.set(key, held);
    }
    return held;
  }

  #read(key: string, read: ReadBody, wrappers: number): HeldInside {
    return heldInside(read, (step) => this.#netOf(step, key, read, wrappers));
  }

  #netOf(step: CallStep, key: string, read: ReadBody, wrappers: number): readonly NetWay[] | undefined {
    const called = this.#called(step, key, read, wrappers);
    if (!called || !this.#mayLeaveHeld(called, wrappers - 1)) return undefined;
    const known = `${wrappers} ${called.key}`;
    if (this.#nets.has(known)) return this.#nets.get(known);
    const { net } = this.#read(called.key, called.read, wrappers - 1);
    const told = net.length === 0 ? undefined : net;
    this.#nets.set(known, told);
    return told;
  }

  /** Most of what is called takes and lets go of nothing, and need not be followed way by way. */
  #mayLeaveHeld({ key, read }: Called, wrappers: number): boolean {
    const known = `${wrappers} ${key}`;
    let may = this.#leaving.get(known);
    may ??= read.steps.some((step) => {
      if (step.kind !== 'call') return changesHeld(step);
      const called = this.#called(step, key, read, wrappers);
      return called !== undefined && this.#mayLeaveHeld(called, wrappers - 1);
    });
    this.#leaving.set(known, may);
    return may;
  }

  /** `undefined`: deeper than anybody looks, or nothing that can be read. */
  #called(step: CallStep, key: string, { body }: ReadBody, wrappers: number): Called | undefined {
    if (wrappers === 0 || isLeaf(step.target.path)) return undefined;
    const called = this.#bodies.ofCall(step, body);
    if (!called) return undefined;
    const { definition, name, isMacro } = called;
    // A macro speaks of its arguments: each use is another one.
    const place = isMacro ? `${key}@${step.op}:` : '';
    return { key: `${place}${definition.path}:${name}`, read: called };
  }
}

interface Called {
  readonly key: string;
  readonly read: ReadBody;
}
