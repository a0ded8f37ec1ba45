// evidence.ts
// What the ways of all threads together tell about one of them: which code is the driver's own, how many functions
// have been seen behind a call through a table, and where a lock was left behind by code that is not its own.

import type { Effects, Held, Hop, Trail, Want } from '../effects/results.ts';
import type { Doubt } from './link.ts';

// A table with as many different functions behind one call is a dispatcher: which of them runs depends on a number or a
// name that nobody has followed.
const dispatcherSize = 8;
// Functions of the core that lie between the call and the taking of a lock. Those that are there to lock take it
// themselves or in the next one; what comes back with a lock from farther inside has let it go in a way not understood.
const deepInside = 3;

export class Evidence {
  readonly #ownFolders = new Set<string>();
  readonly #behind = new Map<string, Set<string>>();
  readonly #inner = new Set<string>();
  readonly #steps = new WeakMap<Trail, readonly Hop[]>();
  readonly #waits = new Map<string, Want[]>();
  readonly #leaking: ReadonlySet<string>;
  /** Locks of devices that the core holds when it calls the driver: the devices that the driver is bound to. */
  readonly #bound: ReadonlySet<string>;

  constructor({ wants, sleeps, signals, leaks }: Effects) {
    this.#leaking = new Set(leaks.map((leak) => `${leak.fn} ${leak.waitable.key}`));
    this.#bound = new Set(
      wants.flatMap(({ held }) =>
        held.flatMap(({ origin, waitable: { key } }) =>
          origin === 'caller' && isDeviceLock(key) && !key.endsWith('@?') ? key : [],
        ),
      ),
    );
    for (const { root } of [...wants, ...sleeps, ...signals]) this.#ownFolders.add(folderOf(root.path));
    for (const want of wants) {
      if (want.action === 'wait') this.#addWait(want);
      for (const { via, target, path } of this.steps(want.trail)) {
        if (via === undefined) continue;
        const key = `${want.root.path} ${via}`;
        const known = this.#behind.get(key);
        if (known) known.add(target);
        else this.#behind.set(key, new Set([target]));
        if (this.isOwn(path)) this.#inner.add(via);
      }
    }
  }

  #addWait(want: Want): void {
    const key = keyOfRoot(want);
    const known = this.#waits.get(key);
    if (known) known.push(want);
    else this.#waits.set(key, [want]);
  }

  steps(trail: Trail): readonly Hop[] {
    let steps = this.#steps.get(trail);
    if (!steps) {
      const list: Hop[] = [];
      for (let step: Trail | undefined = trail; step; step = step.inner) list.push(step.hop);
      steps = list;
      this.#steps.set(trail, steps);
    }
    return steps;
  }

  isOwn(path: string): boolean {
    return this.#ownFolders.has(folderOf(path));
  }

  /** How much is to be doubted for the way alone, whatever is held or wanted there. */
  ofWay({ root, trail, assumptions }: Pick<Want, 'root' | 'trail' | 'assumptions'>): readonly Doubt[] {
    const most = Math.max(
      assumptions.length > 0 ? 2 : 1,
      ...this.steps(trail).map((hop) => this.#functionsBehind(root.path, hop)),
    );
    const doubts: Doubt[] = [];
    if (most >= dispatcherSize) doubts.push('dispatcher');
    else if (most > 1) doubts.push('assumed');
    if (root.kind === 'callback' && root.context === 'any' && this.#inner.has(root.via)) doubts.push('inner');
    if (root.phase === 'setup') doubts.push('setup');
    return doubts;
  }

  #functionsBehind(root: string, { via }: Hop): number {
    return via === undefined ? 1 : (this.#behind.get(`${root} ${via}`)?.size ?? 1);
  }

  /** The lock came back from far inside code that is not the driver's. */
  isLeft(held: Held, wanted: Trail): boolean {
    if (held.trail === undefined || held.origin === 'given') return false;
    const taken = this.steps(held.trail);
    const shared = sharedSteps(taken, this.steps(wanted));
    return taken.slice(shared).filter((hop) => !this.isOwn(hop.path)).length >= deepInside;
  }

  /** The core works on a device of another kind, and calls the driver as if it were bound to that. */
  isForOtherDevice({ held, trail }: Want): boolean {
    if (this.#bound.size === 0) return false;
    const foreign = held.filter(
      ({ origin, waitable: { key } }) => origin === 'taken' && isDeviceLock(key) && !this.#bound.has(key),
    );
    if (foreign.length === 0) return false;
    const steps = this.steps(trail);
    const last = steps.at(-1);
    if (last === undefined || !this.isOwn(last.path)) return false;
    return foreign.some((one) => {
      const taken = one.trail ? this.steps(one.trail) : [];
      return steps.slice(sharedSteps(taken, steps)).some((hop) => hop.via !== undefined);
    });
  }

  /** The lock came back from a function that is said to leak it: it is told there. */
  isLeaked(held: Held, wanted: Trail): boolean {
    if (this.#leaking.size === 0 || held.trail === undefined || held.origin === 'given') return false;
    const taken = this.steps(held.trail);
    return taken
      .slice(sharedSteps(taken, this.steps(wanted)))
      .some(({ action, target }) => action === 'call' && this.#leaking.has(`${target} ${held.waitable.key}`));
  }

  /** What the same thread has waited for before it comes here, as far as places in the source tell: keys, in order. */
  stoppedBefore(want: Want): readonly string[] {
    const waits = this.#waits.get(keyOfRoot(want)) ?? [];
    const before = waits.filter(
      (wait) => wait !== want && comesBefore(this.steps(wait.trail), this.steps(want.trail)),
    );
    return [...new Set(before.map((wait) => wait.waitable.key))].sort();
  }

  /** The last steps of the way lie in code that is not the driver's. */
  endsInside(trail: Trail | undefined): boolean {
    const last = trail ? this.steps(trail).slice(-2) : [];
    return last.length === 2 && last.every((hop) => !this.isOwn(hop.path));
  }
}

/** How many first steps both ways have in common; the last step of either is its own. */
export function sharedSteps(taken: readonly Hop[], wanted: readonly Hop[]): number {
  let shared = 0;
  while (
    shared < taken.length - 1 &&
    shared < wanted.length - 1 &&
    isSameHop(taken[shared]!, wanted[shared]!)
  )
    shared++;
  return shared;
}

/** In the function in which both ways part. */
function comesBefore(a: readonly Hop[], b: readonly Hop[]): boolean {
  const shared = sharedSteps(a, b);
  const [left, right] = [a[shared], b[shared]];
  return (
    left !== undefined &&
    right !== undefined &&
    left.path === right.path &&
    left.fn === right.fn &&
    left.at < right.at
  );
}

const isDeviceLock = (key: string): boolean => key.startsWith('device.mutex@');

const keyOfRoot = ({ root }: Want): string => `${root.path}:${root.fn}:${root.via}`;

const isSameHop = (a: Hop, b: Hop): boolean => a.path === b.path && a.at === b.at && a.target === b.target;

const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/') + 1);
