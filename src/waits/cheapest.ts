// cheapest.ts
// The best of several ways that show the same thing, whatever order they come in.

import type { Link } from './link.ts';

export interface Priced {
  readonly cost: number;
  /** All that a reader sees of it. Long, so it is made only where costs are equal. */
  readonly text: () => string;
}

export function cheapest<Item extends Priced>(items: readonly Item[]): Item | undefined {
  const least = items.reduce((cost, item) => Math.min(cost, item.cost), Infinity);
  const equal = items.filter(({ cost }) => cost === least);
  if (equal.length < 2) return equal[0];
  return equal
    .map((item) => ({ item, text: item.text() }))
    .reduce((best, one) => (one.text < best.text ? one : best)).item;
}

export function textOf({ root, from, fromMode, toMode, held, steps }: Link): string {
  return [
    `${root.path}:${root.at} ${root.fn} ${root.kind} ${root.via} ${root.phase}`,
    `${from.key} ${fromMode} ${toMode}`,
    ...held.map(({ waitable, mode }) => `${waitable.key} ${mode}`).sort(),
    ...steps().map(({ path, at, action, target }) => `${path}:${at} ${action} ${target}`),
  ].join('\n');
}

/** Items by a text of theirs. */
export function grouped<Item>(
  items: Iterable<Item>,
  textOfItem: (item: Item) => string,
): ReadonlyMap<string, readonly Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const text = textOfItem(item);
    const group = groups.get(text);
    if (group) group.push(item);
    else groups.set(text, [item]);
  }
  return groups;
}
