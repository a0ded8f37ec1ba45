// usedLocks.ts
// Lock classes of a unit in the words of the protocol, with their places as editor positions, and the findings that
// tell of an order.

import { columnOf, lineOf } from '../base/position.ts';
import type { Hop } from '../effects/results.ts';
import type { Finding } from '../waits/finding.ts';
import type { UnitLocks } from '../waits/lockOrders.ts';
import type { LockStep, SourcePlace, UsedLocks } from './protocol.ts';

export type ToPlace = (path: string, line: number, column: number) => SourcePlace;

export const hopsOfLocks = ({ classes, orders }: UnitLocks): readonly Hop[] => [
  ...classes.flatMap(({ takings }) => takings.map(({ hop }) => hop)),
  ...orders.flatMap(({ ways }) => ways.flat()),
];

export function usedLocks(
  { classes, orders }: UnitLocks,
  findings: readonly Finding[],
  toPlace: ToPlace,
): UsedLocks {
  const steps = new Steps(toPlace);
  const numbers = new Map(classes.map(({ waitable: { key } }, i) => [key, i]));
  return {
    locks: classes.map(({ waitable: { kind, name, key }, takings }) => ({
      objectKind: kind,
      name,
      ...(key.startsWith(`${name}@`) && { within: key.slice(name.length + 1) }),
      takings: takings.map(({ hop, mode, isTried }) => ({
        step: steps.of(hop),
        isReader: mode === 'read',
        isTried,
      })),
    })),
    orders: orders.flatMap(({ held, wanted, count, ways }) => {
      const [from, to] = [numbers.get(held), numbers.get(wanted)];
      if (from === undefined || to === undefined) return [];
      const told = findings.filter((finding) => isAbout(finding, held, wanted)).map(({ id }) => id);
      const numbered = ways.map((way) => way.filter(isInTree).map((hop) => steps.of(hop)));
      return [{ held: from, wanted: to, count, ways: numbered, findings: told }];
    }),
    steps: steps.all,
  };
}

/** Without a finding that need not be told any more. */
export const withoutFinding = (locks: UsedLocks, id: string): UsedLocks => ({
  ...locks,
  orders: locks.orders.map((order) => ({ ...order, findings: order.findings.filter((one) => one !== id) })),
});

const isAbout = ({ edges }: Finding, held: string, wanted: string): boolean =>
  edges.some(({ holds, wants }) => holds.key === held && wants.key === wanted);

// Some core functions are told in the product's own words, which no editor can open.
const isInTree = ({ path }: Hop): boolean => !path.startsWith('holdwait/');

class Steps {
  readonly #toPlace: ToPlace;
  readonly #numbers = new Map<string, number>();
  readonly all: LockStep[] = [];

  constructor(toPlace: ToPlace) {
    this.#toPlace = toPlace;
  }

  of({ path, at, fn: functionName, action, target, via }: Hop): number {
    const key = `${path} ${at} ${action} ${target} ${via ?? ''}`;
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    this.#numbers.set(key, this.all.length);
    const place = this.#toPlace(path, lineOf(at), columnOf(at));
    const step: LockStep = { ...place, functionName, action, target };
    return this.all.push(via === undefined ? step : { ...step, via }) - 1;
  }
}
