// testedWays.ts
// Whether the tests on the way of a thread let it come there at all.

import { itself } from '../effects/tests.ts';
import type { Effects, Held, Tested, TestedValue, Trail, Want } from '../effects/results.ts';

/** How the subject of a test begins that asks which handler the thread is. */
export const threadTest = 'runs ';

export const untested: Tested = { values: new Map(), changed: new Map(), contrary: [] };

export class TestedWays {
  readonly #testedOn: (trail: Trail) => Tested;
  /** What some thread is. */
  readonly #running: ReadonlySet<string>;

  constructor({ testedOn, wants }: Effects) {
    this.#testedOn = testedOn ?? (() => untested);
    this.#running = new Set(wants.flatMap(({ held }) => held.flatMap(runningKey)));
  }

  on(trail: Trail): Tested {
    return this.#testedOn(trail);
  }

  /** Two tests exclude each other, or it is the way of another handler. */
  excludes({ trail, held }: Want): boolean {
    const { contrary, values } = this.on(trail);
    if (contrary.length > 0) return true;
    const own = held.flatMap(runningKey);
    return [...values].some(([subject, value]) => this.#isOfOther(subject, value, own));
  }

  /** It was taken where a test said otherwise than on the way to the want. */
  differ(held: Held, want: Pick<Want, 'trail'>): boolean {
    if (held.trail === undefined || held.origin === 'given') return false;
    const { values, changed } = this.on(want.trail);
    return [...this.on(held.trail).values].some(([subject, { mask, base }]) => {
      const now = values.get(subject);
      return now !== undefined && (now.mask & mask) === 0 && !changed.has(base);
    });
  }

  #isOfOther(subject: string, { mask }: TestedValue, own: readonly string[]): boolean {
    if (!subject.startsWith(threadTest)) return false;
    const key = subject.slice(threadTest.length);
    if (own.includes(key) || (key === itself && own.length > 0)) return mask === zero;
    return (mask & zero) === 0 && this.#running.has(key);
  }
}

const zero = 1;

const runningKey = ({ origin, waitable }: Held): readonly string[] =>
  origin === 'running' ? [waitable.key] : [];
