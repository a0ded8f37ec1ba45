// ruleCounts.ts
// How many findings of which kind, in words.

import type { Finding, Rule } from '../waits/finding.ts';
import { enumerated } from './words.ts';

// prettier-ignore
const nouns: Readonly<Record<Rule, readonly [one: string, several: string]>> = {
  'lock-cycle':      ['cycle', 'cycles'],
  'wait-cycle':      ['cycle', 'cycles'],
  'self-deadlock':   ['self-deadlock', 'self-deadlocks'],
  'irq-deadlock':    ['deadlock with an interrupt', 'deadlocks with an interrupt'],
  'sleep-in-atomic': ['sleep in atomic context', 'sleeps in atomic context'],
  'lock-leak':       ['lock left held', 'locks left held'],
};

/** `2 cycles and 1 lock left held`. */
export function ruleCounts(findings: readonly Pick<Finding, 'rule'>[]): string {
  const counts = new Map<string, { readonly words: readonly [string, string]; count: number }>();
  for (const { rule } of findings) {
    const words = nouns[rule];
    const known = counts.get(words[0]);
    if (known) known.count++;
    else counts.set(words[0], { words, count: 1 });
  }
  return enumerated([...counts.values()].map(({ words, count }) => `${count} ${words[count === 1 ? 0 : 1]}`));
}
