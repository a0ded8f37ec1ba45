// lockTree.ts
// The rows of the Locks view: each lock with the places that take it, the locks that it is taken under, and those that
// are taken under it. Of the editor it knows the language alone.

import { l10n } from 'vscode';
import { fileName } from '../media/shared/paths.ts';
import type { FileLocks, LockOrderRow, LockStep, SourcePlace, UsedLock } from '../src/server/protocol.ts';
import { placeCount, stepWords } from './lockWords.ts';

export const lockSortings = ['name', 'places', 'orders'] as const;
/** By name, the one taken at most places first, or those that are taken in both orders first. */
export type LockSorting = (typeof lockSortings)[number];

export interface LockTreeRow {
  /** The same for the same row of the next answer, so that what is open and selected stays so. */
  readonly id: string;
  readonly label: string;
  readonly description: string;
  /** Below the label and the description. */
  readonly details: string;
  readonly icon: LockIcon;
  /** Of a lock, and of the other lock of an order: for those who copy it or go there. */
  readonly lock?: { readonly id: string; readonly name: string };
  /** Those that tell of it. */
  readonly findings: readonly string[];
  /** What a click opens where no finding tells of it. */
  readonly place?: SourcePlace;
  readonly isOpen: boolean;
  readonly children: () => readonly LockTreeRow[];
}

export type LockIcon = 'lock' | 'bothOrders' | 'found' | 'places' | 'under' | 'over' | 'place' | 'more';

// What fills the view alone is opened by whoever wants it.
const mostOpenPlaces = 8;

/** Rows of the locks whose names hold the filter. */
export function lockTree(
  { locks, orders, steps }: FileLocks,
  sorting: LockSorting,
  filter: string,
): readonly LockTreeRow[] {
  const all = new Rows(locks, orders, steps);
  const wanted = filter.trim().toLowerCase();
  const shown = locks.flatMap((lock, index) => (lock.name.toLowerCase().includes(wanted) ? [index] : []));
  return all.sorted(shown, sorting).map((index) => all.lock(index));
}

class Rows {
  readonly #locks: readonly UsedLock[];
  readonly #orders: readonly LockOrderRow[];
  readonly #steps: readonly LockStep[];
  readonly #ids: readonly string[];
  readonly #pairs: ReadonlySet<string>;

  constructor(locks: readonly UsedLock[], orders: readonly LockOrderRow[], steps: readonly LockStep[]) {
    this.#locks = locks;
    this.#orders = orders;
    this.#steps = steps;
    const seen = new Map<string, number>();
    this.#ids = locks.map(({ objectKind, name, within = '' }) => {
      const id = `${objectKind} ${name} ${within}`;
      const count = (seen.get(id) ?? 0) + 1;
      seen.set(id, count);
      return count === 1 ? id : `${id}#${count}`;
    });
    this.#pairs = new Set(orders.map(({ held, wanted }) => `${held} ${wanted}`));
  }

  sorted(indexes: readonly number[], sorting: LockSorting): readonly number[] {
    const weights = indexes.map((index) => [index, this.#weight(index, sorting)] as const);
    return weights.sort(([a, x], [b, y]) => y - x || a - b).map(([index]) => index);
  }

  lock(index: number): LockTreeRow {
    const lock = this.#locks[index]!;
    const id = this.#ids[index]!;
    const { objectKind, name, within, takings } = lock;
    const of = within === undefined ? '' : l10n.t('of {0}', within);
    const takenAt = takings.length === 0 ? l10n.t('held by callers') : placeCount(takings.length);
    const both = this.#bothOf(index);
    const findings = [...new Set(this.#ordersOf(index).flatMap((order) => order.findings))];
    return {
      ...{ id, label: name, lock: { id, name }, findings, isOpen: false },
      description: words(of, objectKind, this.#marks(both, findings), takenAt),
      details: this.#lockDetails(index, both),
      icon: findings.length > 0 ? 'found' : both.length > 0 ? 'bothOrders' : 'lock',
      children: () => [
        ...this.#takings(lock, id),
        ...this.#section(index, 'under', l10n.t('Taken while holding')),
        ...this.#section(index, 'over', l10n.t('Held while taking')),
      ],
    };
  }

  #weight(index: number, sorting: LockSorting): number {
    switch (sorting) {
      case 'name':
        return 0;
      case 'places':
        return this.#locks[index]?.takings.length ?? 0;
      case 'orders': {
        const own = this.#ordersOf(index);
        const told = own.some(({ findings }) => findings.length > 0) ? 2_000_000 : 0;
        return told + (this.#bothOf(index).length > 0 ? 1_000_000 : 0) + own.length;
      }
    }
  }

  #ordersOf(index: number): readonly LockOrderRow[] {
    return this.#orders.filter(({ held, wanted }) => held === index || wanted === index);
  }

  /** Names of locks that come before it here and after it there. */
  #bothOf(index: number): readonly string[] {
    return this.#orders.flatMap((order) =>
      order.wanted === index && this.#isBoth(order) ? [this.#locks[order.held]!.name] : [],
    );
  }

  #isBoth({ held, wanted }: LockOrderRow): boolean {
    return this.#pairs.has(`${wanted} ${held}`);
  }

  #marks(both: readonly unknown[], findings: readonly string[]): string {
    const orders = both.length === 0 ? '' : l10n.t('both orders');
    if (findings.length === 0) return orders;
    return words(
      orders,
      findings.length === 1 ? l10n.t('1 finding') : l10n.t('{0} findings', findings.length),
    );
  }

  #lockDetails(index: number, both: readonly string[]): string {
    const under = this.#orders.filter(({ wanted }) => wanted === index).length;
    const over = this.#orders.filter(({ held }) => held === index).length;
    const counts = l10n.t('Taken under {0} other locks; {1} are taken under it.', under, over);
    if (both.length === 0) return counts;
    return `${counts}\n${l10n.t('In both orders with {0}.', both.join(', '))}`;
  }

  #takings({ takings }: UsedLock, parent: string): readonly LockTreeRow[] {
    const id = `${parent}/at`;
    const description = takings.length === 0 ? l10n.t('nowhere here; callers hold it') : `${takings.length}`;
    const label = l10n.t('Taken at');
    return [
      {
        ...{ id, label, description, details: '', icon: 'places', findings: [] },
        isOpen: takings.length <= mostOpenPlaces,
        children: () =>
          takings.map(({ step, isReader, isTried }, i) => {
            const place = this.#steps[step]!;
            const through = place.action === 'acquire' ? '' : l10n.t('through {0}()', place.target);
            const how = [isReader ? l10n.t('to read') : '', isTried ? l10n.t('tries') : ''];
            const description = words(where(place), ...how, through);
            return { ...leaf(`${id}/${i}`, `${place.functionName}()`, description, 'place'), place };
          }),
      },
    ];
  }

  #section(index: number, side: 'under' | 'over', label: string): readonly LockTreeRow[] {
    const own = this.#orders.filter((order) => (side === 'under' ? order.wanted : order.held) === index);
    if (own.length === 0) return [];
    const id = `${this.#ids[index]}/${side}`;
    // What is suspicious stands first, then what is seen most.
    const rank = (order: LockOrderRow): number =>
      (order.findings.length > 0 ? 2_000_000 : 0) + (this.#isBoth(order) ? 1_000_000 : 0) + order.count;
    const ordered = [...own].sort((a, b) => rank(b) - rank(a));
    const description = `${own.length}`;
    return [
      {
        ...{ id, label, description, details: '', icon: side, findings: [], isOpen: true },
        children: () => ordered.map((order) => this.#order(order, side, id)),
      },
    ];
  }

  #order(order: LockOrderRow, side: 'under' | 'over', parent: string): LockTreeRow {
    const other = side === 'under' ? order.held : order.wanted;
    const { name } = this.#locks[other]!;
    const id = `${parent}/${this.#ids[other]}`;
    const { count, findings, ways } = order;
    const isBoth = this.#isBoth(order);
    const place = this.#telling(ways[0] ?? []);
    return {
      ...{ id, label: name, lock: { id: this.#ids[other]!, name }, findings, isOpen: false },
      description: words(placeCount(count), this.#marks(isBoth ? [name] : [], findings)),
      details: this.#orderDetails(order, isBoth),
      icon: findings.length > 0 ? 'found' : isBoth ? 'bothOrders' : 'lock',
      ...(place && { place }),
      children: () => [
        ...ways.map((way, i) => this.#way(order, way, `${id}/${i}`)),
        ...(count > ways.length ? [moreRow(id, count - ways.length)] : []),
      ],
    };
  }

  #orderDetails({ held, wanted, findings }: LockOrderRow, isBoth: boolean): string {
    const [first, second] = [this.#locks[held]!.name, this.#locks[wanted]!.name];
    const order = l10n.t('{0} is taken while {1} is held.', second, first);
    if (!isBoth) return order;
    const told =
      findings.length > 0
        ? l10n.t('A finding tells of it; a click opens it.')
        : l10n.t(
            'No finding tells of it: what is known keeps the two apart, or it belongs to a longer cycle.',
          );
    return `${order}\n${l10n.t('The other way round, too.')} ${told}`;
  }

  #way(order: LockOrderRow, way: readonly number[], id: string): LockTreeRow {
    const steps = way.map((number) => this.#steps[number]!);
    const [first, last] = [steps[0], steps.at(-1)];
    const ends = [first?.functionName, last?.action === 'acquire' ? last.functionName : last?.target];
    const label = [...new Set(ends)].map((name) => `${name ?? ''}()`).join(' → ');
    const place = this.#telling(way);
    const names = { held: this.#locks[order.held]!.name, wanted: this.#locks[order.wanted]!.name };
    const told = steps.map((step, i) => stepWords(step, names, i, steps.length));
    return {
      ...{ id, label, description: place ? where(place) : '', details: told.join('\n'), icon: 'place' },
      ...{ findings: [], isOpen: false },
      ...(place && { place }),
      children: () =>
        steps.map((step, i) => ({
          ...leaf(`${id}/${i}`, told[i] ?? '', where(step), 'place'),
          place: step,
        })),
    };
  }

  /** The line in the function that holds the one lock and goes for the other. */
  #telling(way: readonly number[]): LockStep | undefined {
    const number = way[1] ?? way[0];
    return number === undefined ? undefined : this.#steps[number];
  }
}

function moreRow(parent: string, count: number): LockTreeRow {
  const label = count === 1 ? l10n.t('and 1 more place') : l10n.t('and {0} more places', count);
  return leaf(`${parent}/more`, label, '', 'more');
}

const leaf = (id: string, label: string, description: string, icon: LockIcon): LockTreeRow => ({
  ...{ id, label, description, details: '', icon, findings: [], isOpen: false },
  children: () => [],
});

const where = ({ path, line }: SourcePlace): string => `${fileName(path)}:${line + 1}`;

const words = (...parts: readonly string[]): string => parts.filter((part) => part !== '').join(' · ');
