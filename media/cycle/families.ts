// families.ts
// What kinds of things look alike: each family has an icon, an outline and a colour of its own.

import type { CycleNode } from '../../src/report/cycleView.ts';

export type NodeFamily =
  'lock' | 'handler' | 'timer' | 'interrupt' | 'event' | 'references' | 'other' | 'return';

export function familyOf(kind: CycleNode['kind']): NodeFamily {
  switch (kind) {
    case 'mutex':
    case 'rt mutex':
    case 'ww mutex':
    case 'spinlock':
    case 'raw spinlock':
    case 'bit spinlock':
    case 'rwlock':
    case 'rwsem':
    case 'percpu rwsem':
    case 'semaphore':
    case 'seqlock':
    case 'local lock':
    case 'lock':
    case 'rcu':
    case 'srcu':
      return 'lock';
    case 'work':
    case 'workqueue':
    case 'kthread':
    case 'tasklet':
    case 'napi':
    case 'callbacks':
    case 'notifier chain':
      return 'handler';
    case 'timer':
    case 'hrtimer':
      return 'timer';
    case 'irq':
    case 'cpu':
      return 'interrupt';
    case 'completion':
    case 'wait queue':
    case 'fence':
    case 'transfer':
      return 'event';
    case 'references':
      return 'references';
    case 'device':
    case 'runtime power':
    case 'token':
      return 'other';
    case 'return':
      return 'return';
  }
}

/** Strokes on a field of 16 by 16. */
// prettier-ignore
export const icons: Readonly<Record<NodeFamily, string>> = {
  lock:       'M4.5 7h7a1 1 0 0 1 1 1v5a1 1 0 0 1-1 1h-7a1 1 0 0 1-1-1v-5a1 1 0 0 1 1-1zM5.5 7V4.8a2.5 2.5 0 0 1 5 0V7',
  handler:    'M2 8a6 6 0 1 0 12 0a6 6 0 1 0-12 0zM6.6 5.4l4 2.6l-4 2.6z',
  timer:      'M2 8a6 6 0 1 0 12 0a6 6 0 1 0-12 0zM8 4.6V8l2.4 1.6',
  interrupt:  'M9.2 1.8L3.6 9H8l-1.2 5.2L12.4 7H8z',
  event:      'M4 2.2h8M4 13.8h8M5 2.2v2.3L8 8l3-3.5V2.2M5 13.8v-2.3L8 8l3 3.5v2.3',
  references: 'M2.2 8a3.8 3.8 0 1 0 7.6 0a3.8 3.8 0 1 0-7.6 0zM6.2 8a3.8 3.8 0 1 0 7.6 0a3.8 3.8 0 1 0-7.6 0z',
  other:      'M8 1.8l5.4 3.1v6.2L8 14.2l-5.4-3.1V4.9z',
  return:     'M8.5 3H3.5v10h5M6.5 8h7.5m-3-3l3 3l-3 3',
};
