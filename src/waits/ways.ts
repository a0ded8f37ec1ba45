// ways.ts
// Ways of threads through the code, as lists of steps, and what two of them have in common.

import type { Effects, Hop, Trail } from '../effects/results.ts';

export class Ways {
  readonly #ownFolders: ReadonlySet<string>;
  readonly #isOwn = new Map<string, boolean>();
  readonly #steps = new Map<Trail, readonly Hop[]>();

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
    let isOwn = this.#isOwn.get(path);
    if (isOwn === undefined) {
      isOwn = this.#ownFolders.has(folderOf(path));
      this.#isOwn.set(path, isOwn);
    }
    return isOwn;
  }

  /** The last steps of the way lie in code that is not the driver's. */
  endsInside(trail: Trail | undefined): boolean {
    const steps = trail ? this.of(trail) : [];
    const [last, before] = [steps.at(-1), steps.at(-2)];
    return last !== undefined && before !== undefined && !this.isOwn(last.path) && !this.isOwn(before.path);
  }

  /** The way to `taken` after it has parted from the way to `wanted`. */
  ownPart(taken: Trail, wanted: Trail): readonly Hop[] {
    const steps = this.of(taken);
    return steps.slice(sharedSteps(steps, this.of(wanted)));
  }

  /** Steps from where something was taken to where something is wanted. */
  lengthBetween(taken: Trail | undefined, wanted: Trail): number {
    const to = this.of(wanted);
    if (taken === undefined) return to.length;
    const from = this.of(taken);
    return from.length + to.length - 2 * sharedSteps(from, to);
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
  for (let i = 0; i < entries.length; i++) {
    const again = nextIn(entries, i);
    if (again < 0) continue;
    if (again - i >= least || entries.slice(i, again).some((one) => one.via !== undefined)) return true;
  }
  return false;
}

/** Where the same function is come to again; -1: nowhere. */
function nextIn(entries: readonly Hop[], at: number): number {
  for (let i = at + 1; i < entries.length; i++) if (isSameFunction(entries[at]!, entries[i]!)) return i;
  return -1;
}

/** A function that gives up a reference: what is in it happens only to the last one. */
export const givesUpReference = (steps: readonly Hop[]): boolean =>
  steps.some(
    ({ action, target }) => action === 'call' && target.includes('put') && /(?:^|_)put(?:_|$)/.test(target),
  );

export const isSameHop = (a: Hop, b: Hop): boolean =>
  a.path === b.path && a.at === b.at && a.target === b.target;

const isSameFunction = (a: Hop, b: Hop): boolean => a.path === b.path && a.fn === b.fn;

const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/') + 1);
