// threadWords.ts
// How a thread came to hold what it holds, and what becomes of it at the end, as words around the two names.

import type { Waitable } from '../effects/results.ts';
import { lockKinds } from '../effects/tables.ts';
import type { Edge, Rule } from '../waits/finding.ts';
import { isInterrupted } from './steps.ts';
import { waitableWords } from './words.ts';

/** `acme_suspend() holds (mutex) acme.lock`. */
export function beginning({ root, holds, origin }: Edge): string {
  const what = waitableWords(holds);
  const via = root.via === '' || isSameAs(root.via, what) ? '' : ` (${root.via})`;
  const after = origin === 'caller' && holds.kind !== 'cpu' ? ' held by its caller' : '';
  return `${root.fn}()${via} ${holdingWords(origin, holds)} ${what}${after}`;
}

/** `waits for (work) acme.reset`. */
export function ending(rule: Rule, edge: Edge): string {
  const words = wantingWords(rule, edge);
  return namesWanted(rule) ? `${words} ${waitableWords(edge.wants)}` : words;
}

/** `holds`, `runs as`. */
export function holdingWords(origin: Edge['origin'], holds: Waitable): string {
  switch (origin) {
    case 'taken':
    case 'tried':
    case 'asserted':
      return 'holds';
    case 'caller':
      return holds.kind === 'cpu' ? 'runs in a' : 'runs with';
    case 'running':
      return 'runs as';
    case 'given':
      return 'was given';
  }
}

/** `waits for`, `wants`; of a rule that is no cycle all that there is to say. */
export function wantingWords(rule: Rule, edge: Edge): string {
  switch (rule) {
    case 'lock-cycle':
    case 'wait-cycle':
      return edge.steps.at(-1)?.action === 'wait' ? 'waits for' : 'wants';
    case 'irq-deadlock':
      return isInterrupted(rule, edge) ? 'can be interrupted by' : 'wants';
    case 'self-deadlock':
      return 'wants it again';
    case 'sleep-in-atomic':
      return 'may sleep';
    case 'lock-leak':
      return 'returns with it';
  }
}

/** What is wanted stands behind the words; where it is what is held, or a fault of its own, they say all. */
export function namesWanted(rule: Rule): boolean {
  switch (rule) {
    case 'lock-cycle':
    case 'wait-cycle':
    case 'irq-deadlock':
      return true;
    case 'self-deadlock':
    case 'sleep-in-atomic':
    case 'lock-leak':
      return false;
  }
}

/** Locks that are held at the end besides what makes the cycle: `(mutex) rtnl_mutex`. */
export function alsoHeld({ held, holds, wants }: Edge): readonly string[] {
  const isOther = ({ key, kind }: Waitable): boolean =>
    lockKinds.has(kind) && key !== holds.key && key !== wants.key;
  return [...new Set(held.filter(isOther).map(waitableWords))];
}

/** `work acme.reset` is how `(work) acme.reset` is entered. */
export const isSameAs = (via: string, what: string): boolean => via === what.replace(/[()]/g, '');
