// heldReader.ts
// What bodies hold by themselves, with what the functions and macros that they call take or let go for them: wrappers
// of locks, and wrappers of those.

import { isLeaf } from '../program/leaf.ts';
import type { Step } from '../program/operations.ts';
import type { Bodies, ReadBody } from './bodies.ts';
import { heldInside, mayLeaveHeld } from './heldInside.ts';
import type { HeldInside, NetWay } from './heldInside.ts';

// A wrapper of a wrapper of a lock.
const deepestWrapper = 2;

/** Over the facts that are loaded at this moment. */
export class HeldReader {
  readonly #bodies: Bodies;
  readonly #held = new Map<string, HeldInside>();

  constructor(bodies: Bodies) {
    this.#bodies = bodies;
  }

  ofFunction(path: string, name: string, read: ReadBody): HeldInside {
    return this.#read(`${path}:${name}`, read, deepestWrapper);
  }

  #read(key: string, read: ReadBody, wrappers: number): HeldInside {
    const known = this.#held.get(`${wrappers} ${key}`);
    if (known) return known;
    const held = heldInside(read, (step) => this.#netOf(step, key, read, wrappers));
    this.#held.set(`${wrappers} ${key}`, held);
    return held;
  }

  #netOf(
    step: Extract<Step, { kind: 'call' }>,
    key: string,
    { body }: ReadBody,
    wrappers: number,
  ): readonly NetWay[] | undefined {
    if (wrappers === 0 || isLeaf(step.target.path)) return undefined;
    const called = this.#bodies.ofCall(step, body);
    if (!called || !called.steps.some(mayLeaveHeld)) return undefined;
    const { definition, name, isMacro } = called;
    // A macro speaks of its arguments: each use is another one.
    const place = isMacro ? `${key}@${step.op}:` : '';
    const { net } = this.#read(`${place}${definition.path}:${name}`, called, wrappers - 1);
    return net.length === 0 ? undefined : net;
  }
}
