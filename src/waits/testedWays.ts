// testedWays.ts
// Whether the tests on the way of a thread let it come there at all.

import { itself } from '../effects/tests.ts';
import type { Effects, Held, Tested, TestedValue, Trail, Want } from '../effects/results.ts';

/** How the subject of a test begins that asks which handler the thread is. */
export const threadTest = 'runs ';

export const untested: Tested = { values: new Map(), changed: new Map(), contrary: [] };

export class TestedWays {
  readonly #testedOn: (trail: Trail) => Tested;
  readonly #queuedOn: (work: string) => readonly Trail[] | undefined;
  readonly #begun = new Map<string, ReadonlyMap<string, TestedValue>>();
  /** What some thread is. */
  readonly #running: ReadonlySet<string>;

  constructor({ testedOn, queuedOn, wants }: Effects) {
    this.#testedOn = testedOn ?? (() => untested);
    this.#queuedOn = queuedOn ?? (() => undefined);
    this.#running = new Set(wants.flatMap(({ held }) => held.flatMap(runningKey)));
  }

  on(trail: Trail): Tested {
    return this.#testedOn(trail);
  }

  /** What the way says, with the roles that let the thread begin. */
  of({ trail, held }: Want): Tested {
    const tested = this.on(trail);
    const begun = held.flatMap(runningKey).flatMap((key) => [...this.#rolesAtBegin(key)]);
    if (begun.length === 0) return tested;
    return { ...tested, values: new Map([...begun, ...tested.values]) };
  }

  /** Two tests exclude each other, or it is the way of another handler. */
  excludes({ trail, held }: Want): boolean {
    const { contrary, values } = this.on(trail);
    if (contrary.length > 0) return true;
    const own = held.flatMap(runningKey);
    const isContrary = own.some((key) =>
      [...this.#rolesAtBegin(key)].some(([subject, { mask }]) => {
        const later = values.get(subject);
        return later !== undefined && (later.mask & mask) === 0;
      }),
    );
    if (isContrary) return true;
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

  /** On the way somebody asked whether this is the thread that a variable names, and it was not: the owner of a lock. */
  asksForOwner({ trail }: Pick<Want, 'trail'>): boolean {
    return [...this.on(trail).values].some(
      ([subject, { mask }]) =>
        subject.startsWith(`${threadTest}kthread`) &&
        mask === zero &&
        !this.#running.has(subject.slice(threadTest.length)),
    );
  }

  /** Roles that were tested on every way on which a work is queued. */
  #rolesAtBegin(work: string): ReadonlyMap<string, TestedValue> {
    let roles = this.#begun.get(work);
    if (!roles) {
      const [first, ...rest] = (this.#queuedOn(work) ?? []).map((trail) => this.on(trail).values);
      roles = new Map(
        [...(first ?? [])].flatMap(([subject, value]) => {
          if (!value.isRole || subject.startsWith(threadTest)) return [];
          const others = rest.map((values) => values.get(subject)?.mask ?? anyValue);
          const mask = others.reduce((all, one) => all | one, value.mask);
          return mask === anyValue ? [] : [[subject, { ...value, mask }] as const];
        }),
      );
      this.#begun.set(work, roles);
    }
    return roles;
  }

  #isOfOther(subject: string, { mask }: TestedValue, own: readonly string[]): boolean {
    if (!subject.startsWith(threadTest)) return false;
    const key = subject.slice(threadTest.length);
    if (own.includes(key) || (key === itself && own.length > 0)) return mask === zero;
    return (mask & zero) === 0 && this.#running.has(key);
  }
}

const zero = 1;
const anyValue = 7;

const runningKey = ({ origin, waitable }: Held): readonly string[] =>
  origin === 'running' ? [waitable.key] : [];
