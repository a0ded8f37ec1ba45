// ways.ts
// Ways of threads through the code, as lists of steps, and what two of them have in common.

import type { Effects, Hop, Trail } from '../effects/results.ts';

export class Ways {
  readonly #ownFolders: ReadonlySet<string>;
  readonly #steps = new WeakMap<Trail, readonly Hop[]>();

  /** Code is the driver's own if a thread begins in its folder. */
  constructor({ wants, sleeps, signals }: Effects) {
    const threads = [...wants, ...sleeps, ...signals];
    this.#ownFolders = new Set(threads.map(({ root }) => folderOf(root.path)));
  }

  of(trail: Trail): readonly Hop[] {
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

  /** The last steps of the way lie in code that is not the driver's. */
  endsInside(trail: Trail | undefined): boolean {
    const last = trail ? this.of(trail).slice(-2) : [];
    return last.length === 2 && last.every((hop) => !this.isOwn(hop.path));
  }

  /** The way to `taken` after it has parted from the way to `wanted`. */
  ownPart(taken: Trail, wanted: Trail): readonly Hop[] {
    const steps = this.of(taken);
    return steps.slice(sharedSteps(steps, this.of(wanted)));
  }
}

/** How many first steps both ways have in common; the last step of either is its own. */
export function sharedSteps(a: readonly Hop[], b: readonly Hop[]): number {
  let shared = 0;
  while (shared < a.length - 1 && shared < b.length - 1 && isSameHop(a[shared]!, b[shared]!)) shared++;
  return shared;
}

/** In the function in which both ways part, as far as places in the source tell. */
export function comesBefore(a: readonly Hop[], b: readonly Hop[]): boolean {
  const shared = sharedSteps(a, b);
  const [left, right] = [a[shared], b[shared]];
  return left !== undefined && right !== undefined && isSameFunction(left, right) && left.at < right.at;
}

/**
 * Some function comes to itself again by way of that many calls, or through a table: there is a condition that ends it,
 * and mostly another object.
 */
export function isRecursive(steps: readonly Hop[], least: number): boolean {
  const entries = steps.filter((hop, i) => hop.fn !== steps[i - 1]?.fn || steps[i - 1]?.target === hop.fn);
  return entries.some((hop, i) => {
    const again = entries.findIndex((other, j) => j > i && isSameFunction(hop, other));
    if (again < 0) return false;
    return again - i >= least || entries.slice(i, again).some((one) => one.via !== undefined);
  });
}

/** A function that gives up a reference: what is in it happens only to the last one. */
export const givesUpReference = (steps: readonly Hop[]): boolean =>
  steps.some(({ action, target }) => action === 'call' && /(?:^|_)put(?:_|$)/.test(target));

const isSameHop = (a: Hop, b: Hop): boolean => a.path === b.path && a.at === b.at && a.target === b.target;

const isSameFunction = (a: Hop, b: Hop): boolean => a.path === b.path && a.fn === b.fn;

const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/') + 1);
