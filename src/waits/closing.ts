// closing.ts
// Which pairs of classes can be part of a cycle at all: a coarse look at all that is held and wanted, before any
// evidence is weighed. Nearly all pairs go here.

import { circlesFirst } from '../effects/circles.ts';
import type { Effects } from '../effects/results.ts';

export type MayClose = (held: string, wanted: string) => boolean;

export function closingPairs({ wants, signals }: Effects): MayClose {
  const indexes = new Map<string, number>();
  const edges: Set<number>[] = [];
  const indexOf = (key: string): number => {
    const known = indexes.get(key);
    if (known !== undefined) return known;
    indexes.set(key, edges.length);
    return edges.push(new Set()) - 1;
  };
  for (const { held, waitable } of wants) {
    const to = indexOf(waitable.key);
    for (const one of held) edges[indexOf(one.waitable.key)]?.add(to);
  }
  for (const { waitable, needs, held } of signals) {
    const from = indexOf(waitable.key);
    for (const one of [...needs, ...held]) edges[from]?.add(indexOf(one.waitable.key));
  }
  const circles: number[] = [];
  circlesFirst(edges.map((targets) => [...targets])).forEach((circle, index) => {
    for (const node of circle) circles[node] = index;
  });
  const circleOf = (key: string): number | undefined => circles[indexes.get(key) ?? -1];
  return (held, wanted) => circleOf(held) === circleOf(wanted);
}
