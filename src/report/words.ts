// words.ts
// The words for effects and objects, the same in every output.

import { grouped } from '../base/grouped.ts';
import type { HopAction, Waitable } from '../effects/results.ts';
import type { OperationEffect, OperationRow } from '../engine/results.ts';

// prettier-ignore
export const effectWords: Readonly<Record<OperationEffect, string>> = {
  init: 'sets up', acquire: 'takes', try: 'tries', release: 'releases', downgrade: 'downgrades', assert: 'needs',
  wait: 'waits for', signal: 'signals', get: 'gets', put: 'puts', queue: 'queues', arm: 'arms', cancel: 'cancels',
  disable: 'disables', enable: 'enables', register: 'registers', unregister: 'unregisters', notify: 'calls',
};

/** `(rwsem, read) mlx4_dev.sem`, in lockdep's manner. A kind that the object's name repeats is left out. */
export function objectWords(row: Pick<OperationRow, 'objectKind' | 'object' | 'mode'>): string {
  const saysNothing = row.objectKind === 'cpu' || row.objectKind === 'lock';
  if (saysNothing || ` ${row.object}`.endsWith(` ${row.objectKind}`)) return row.object;
  const details: string[] = [row.objectKind];
  if (row.mode === 'read' && row.objectKind !== 'rcu' && row.objectKind !== 'srcu') details.push('read');
  return `(${details.join(', ')}) ${row.object}`;
}

export const waitableWords = ({ kind, name }: Waitable): string =>
  objectWords({ objectKind: kind, object: name });

// prettier-ignore
export const hopWords: Readonly<Record<HopAction, string>> = {
  acquire: 'takes', call: 'calls', 'indirect-call': 'calls', callback: 'runs', get: 'gets', put: 'puts',
  queue: 'queues', wait: 'waits for', signal: 'signals', release: 'releases',
};

/** `1 file`, `1,066 functions`. */
export function counted(count: number, noun: string): string {
  const plural = noun === 'more' ? noun : `${noun}s`;
  return `${grouped(count)} ${count === 1 ? noun : plural}`;
}

/** Where a place would stand, and there is none. */
export const notInTree = 'not in this tree';

/** `a, b and c`. */
export const enumerated = (parts: readonly string[]): string =>
  parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
