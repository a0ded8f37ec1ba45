// takings.ts
// Where locks are taken, seen over all threads: in functions that are there to lock, that let go a lock of their
// caller for a while, or that come back with a lock in a way that was not understood.

import { throwIfCancelled } from '../base/cancel.ts';
import type { Token } from '../base/cancel.ts';
import type { Effects, Held, Hop, Root, Trail, Waitable, Want } from '../effects/results.ts';
import type { Doubt } from './link.ts';
import { comesBefore, sharedSteps } from './ways.ts';
import type { Ways } from './ways.ts';

// Functions of the core that lie between the call and the taking of a lock. Those that are there to lock take it
// themselves, rarely in the next one; what comes back with a lock from farther inside has let it go in a way that was
// not understood.
const deepInside = 3;

type Thread = Pick<Want, 'root' | 'trail'>;

export class Takings {
  readonly #ways: Ways;
  /** By thread and lock. */
  readonly #byThread = new Map<string, Map<string, Want[]>>();
  readonly #locks = new Map<Root, Map<string, Want[]>>();
  /** Places where a lock is taken that a caller had taken before, and what was off then. */
  readonly #again = new Map<string, Want['masked']>();
  readonly #takenBack = new Map<Held, boolean>();
  readonly #leaking: ReadonlySet<string>;
  readonly #isKeptUnsurely: NonNullable<Effects['isKeptUnsurely']>;

  constructor({ wants, leaks, isKeptUnsurely }: Effects, ways: Ways, token: Token) {
    this.#ways = ways;
    this.#isKeptUnsurely = isKeptUnsurely ?? (() => false);
    this.#leaking = new Set(leaks.map((leak) => `${leak.fn} ${leak.waitable.key}`));
    const takings = wants.filter((want) => want.action === 'acquire');
    for (const want of takings) {
      const locks = this.#locksOf(want.root);
      const known = locks.get(want.waitable.key);
      if (known) known.push(want);
      else locks.set(want.waitable.key, [want]);
    }
    for (const want of takings) {
      throwIfCancelled(token);
      const first = this.#firstTaking(want, want.waitable, want.trail);
      if (!first) continue;
      const place = this.#placeOf(want.trail, want.waitable);
      this.#again.set(place, this.#again.get(place) ?? first.masked);
    }
  }

  /** A function takes a lock that its caller has taken: it has let it go itself, and gives it back. */
  isGivenBack(taken: Trail, lock: Waitable): boolean {
    return this.#again.has(this.#placeOf(taken, lock));
  }

  /** What was off when a caller took the same lock: it is let go on the way, and taken again with that still off. */
  maskBefore({ trail, waitable }: Want): Want['masked'] {
    return this.#again.get(this.#placeOf(trail, waitable));
  }

  /** The same where this thread is the one that has taken it. */
  maskOnWay(want: Want): Want['masked'] {
    return this.#firstTaking(want, want.waitable, want.trail)?.masked;
  }

  /** Given back to a caller that never had it: the function is there for others. */
  isGivenToNobody(held: Held, thread: Thread): boolean {
    const { trail, waitable } = held;
    if (trail === undefined || held.origin === 'given' || !this.#isTakenBack(held, trail)) return false;
    return this.#ways.ownPart(trail, thread.trail).length > 1 && !this.#firstTaking(thread, waitable, trail);
  }

  #isTakenBack(held: Held, taken: Trail): boolean {
    let isBack = this.#takenBack.get(held);
    if (isBack === undefined) {
      isBack = this.isGivenBack(taken, held.waitable);
      this.#takenBack.set(held, isBack);
    }
    return isBack;
  }

  /** How a lock came back from a function, where that makes it doubtful that it is still held. */
  doubtsOfReturn(held: Held, wanted: Trail): readonly Doubt[] {
    if (held.trail === undefined || held.origin === 'given') return [];
    const steps = this.#ways.of(held.trail);
    const first = sharedSteps(steps, this.#ways.of(wanted));
    const length = steps.length - first;
    // What a callee switches on again is not known to its caller.
    if (held.waitable.kind === 'cpu') return length > 1 ? ['left'] : [];
    let inside = 0;
    for (let i = first; i < steps.length; i++) if (!this.#ways.isOwn(steps[i]!.path)) inside++;
    const isUnsure = this.#isUnsure(steps, this.#firstOwn(steps, this.#ways.of(wanted)), held.waitable);
    if (inside >= deepInside || isUnsure) return ['left'];
    const isOneOfSeveral = held.instance === '' || held.subclass !== '';
    return inside === deepInside - 1 || (isOneOfSeveral && length > 1) ? ['handed'] : [];
  }

  #isUnsure(steps: readonly Hop[], first: number, lock: Waitable): boolean {
    for (let i = first; i < steps.length - 1; i++)
      if (this.#isKeptUnsurely(steps[i]!.target, lock)) return true;
    return false;
  }

  /** The lock came back from a function that is said to leak it: it is told there. */
  isLeaked(held: Held, wanted: Trail): boolean {
    if (this.#leaking.size === 0 || held.trail === undefined || held.origin === 'given') return false;
    const steps = this.#ways.of(held.trail);
    return steps
      .slice(this.#firstOwn(steps, this.#ways.of(wanted)))
      .some(({ action, target }) => action === 'call' && this.#leaking.has(`${target} ${held.waitable.key}`));
  }

  /** Where the very same step is made again, in a loop, the lock has come back from any of the functions on the way. */
  #firstOwn(taken: readonly Hop[], wanted: readonly Hop[]): number {
    const first = sharedSteps(taken, wanted);
    const isSame = first === taken.length - 1 && first === wanted.length - 1;
    return isSame && taken[first] === wanted[first] ? 0 : first;
  }

  /** Of a lock that is taken in a callee: where the function that calls on the same way has taken it before. */
  #firstTaking(thread: Thread, lock: Waitable, trail: Trail): Want | undefined {
    const all = this.#locksOf(thread.root).get(lock.key) ?? [];
    if (all.length === 0) return undefined;
    const steps = this.#ways.of(trail);
    return all.find((other) => {
      const first = this.#ways.of(other.trail);
      if (first.length >= steps.length || !comesBefore(first, steps)) return false;
      return sharedSteps(first, steps) === first.length - 1;
    });
  }

  #locksOf(root: Root): Map<string, Want[]> {
    let locks = this.#locks.get(root);
    if (!locks) {
      const thread = `${root.path}:${root.fn}:${root.via}`;
      locks = this.#byThread.get(thread) ?? new Map<string, Want[]>();
      this.#byThread.set(thread, locks);
      this.#locks.set(root, locks);
    }
    return locks;
  }

  #placeOf(trail: Trail, lock: Waitable): string {
    const last = this.#ways.of(trail).at(-1);
    return `${last?.path ?? ''}:${last?.at ?? 0} ${lock.key}`;
  }
}
