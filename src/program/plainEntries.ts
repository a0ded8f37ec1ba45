// plainEntries.ts
// Functions of the scope that nobody in the program calls.

import type { Linking } from './linking.ts';
import type { Entry, FnId } from './meaning.ts';

export function plainEntriesOf(linking: Linking): readonly Entry[] {
  const called = new Set<FnId>();
  for (const fn of linking.functions) {
    const { flow } = linking.body(fn.id);
    for (let op = 0; op < flow.count; op++) {
      const meaning = linking.meaningOf(fn.id, op);
      if (meaning?.kind === 'call') called.add(meaning.target);
    }
  }
  return linking.functions
    .filter((fn) => fn.inScope && !fn.isMacro && !called.has(fn.id))
    .map((fn) => ({
      fn: fn.id,
      kind: 'function',
      context: 'any',
      via: '',
      args: [],
      holds: [],
      phase: 'running',
    }));
}
