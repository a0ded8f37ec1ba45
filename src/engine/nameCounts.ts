// nameCounts.ts
// Names with how often they came up, in the order in which people want to see them.

import type { NameCount } from './results.ts';

export function mostFrequentFirst(counts: ReadonlyMap<string, number>): readonly NameCount[] {
  return [...counts]
    .map(([name, count]) => ({ name, count }))
    .sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1));
}
