// tableCalls.ts
// Calls through tables of functions: how many different functions the ways of all threads show behind each of them.

import type { Effects, Hop } from '../effects/results.ts';
import type { Ways } from './ways.ts';

export const isNotifierChain = (via: string): boolean => via === 'notifier chain';

export class TableCalls {
  readonly #ways: Ways;
  /** By table and member, and by that and the file in which the thread begins. */
  readonly #behind = new Map<string, Set<string>>();
  readonly #called = new Set<string>();

  constructor({ wants, sleeps }: Effects, ways: Ways) {
    this.#ways = ways;
    const seen = new Map<string, Set<Hop>>();
    for (const { root, trail } of [...wants, ...sleeps]) {
      let known = seen.get(root.path);
      if (!known) {
        known = new Set();
        seen.set(root.path, known);
      }
      for (const hop of ways.of(trail)) {
        if (hop.via === undefined || known.has(hop)) continue;
        known.add(hop);
        this.#see(hop, hop.via, root.path);
      }
    }
  }

  #see({ target, path }: Hop, via: string, root: string): void {
    this.#add(via, target);
    this.#add(`${root} ${via}`, target);
    if (this.#ways.isOwn(path)) this.#called.add(via);
  }

  /** The driver itself calls through it: what the caller holds is known only for those calls. */
  isCalledHere(via: string): boolean {
    return this.#called.has(via);
  }

  /** The most functions that may stand in the place of one that is called on the way; 1: all are known. */
  mostBehind(root: string, steps: readonly Hop[]): number {
    let most = 1;
    for (let i = 0; i < steps.length; i++)
      if (steps[i]!.via !== undefined)
        most = Math.max(most, this.#countBehind(root, steps[i]!, steps[i + 1]));
    return most;
  }

  #countBehind(root: string, { via }: Hop, next: Hop | undefined): number {
    if (via === undefined) return 1;
    // Of drivers that lie side by side each has its own function in the table. In another file than that in which
    // the thread began, which driver's it is depends on the object.
    const isElsewhere = next !== undefined && next.path !== root && this.#ways.isOwn(next.path);
    const seen = this.#behind.get(isElsewhere ? via : `${root} ${via}`)?.size ?? 1;
    // A callback of a chain acts on some of its events: as if one of several were meant.
    return isNotifierChain(via) ? Math.max(2, seen) : seen;
  }

  #add(key: string, target: string): void {
    const known = this.#behind.get(key);
    if (known) known.add(target);
    else this.#behind.set(key, new Set([target]));
  }
}
