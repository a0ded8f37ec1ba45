// threads.ts
// POSIX threads, for the user space parts of the tree and for trying things out.

import { primitiveTable } from '../primitive.ts';

// prettier-ignore
export const pthreadPrimitives = primitiveTable({ kind: 'rwlock' }, [
  { name: 'pthread_mutex_lock',       kind: 'mutex', effect: 'acquire', sleeps: 'yes', success: 'zero' },
  { name: 'pthread_mutex_timedlock',  kind: 'mutex', effect: 'acquire', sleeps: 'yes', success: 'zero', endedBy: 'timeout' },
  { name: 'pthread_rwlock_rdlock',    effect: 'acquire', mode: 'read', sleeps: 'yes', success: 'zero' },
  { name: 'pthread_rwlock_wrlock',    effect: 'acquire', mode: 'write', sleeps: 'yes', success: 'zero' },
  { name: 'pthread_spin_lock',        kind: 'spinlock', effect: 'acquire', success: 'zero' },
  { name: 'pthread_mutex_trylock',    kind: 'mutex', effect: 'try', success: 'zero' },
  { name: 'pthread_rwlock_tryrdlock', effect: 'try', mode: 'read', success: 'zero' },
  { name: 'pthread_rwlock_trywrlock', effect: 'try', mode: 'write', success: 'zero' },
  { name: 'pthread_spin_trylock',     kind: 'spinlock', effect: 'try', success: 'zero' },
  { name: 'pthread_mutex_unlock',     kind: 'mutex', effect: 'release' },
  { name: 'pthread_rwlock_unlock',    effect: 'release' },
  { name: 'pthread_spin_unlock',      kind: 'spinlock', effect: 'release' },
  { name: 'pthread_create',           kind: 'kthread', effect: 'queue', handlerArgument: 2 },
  { name: 'pthread_cond_timedwait',   kind: 'wait queue', effect: 'wait', sleeps: 'yes', endedBy: 'timeout' },
  { name: 'pthread_cond_wait',        kind: 'wait queue', effect: 'wait', sleeps: 'yes' },
  { name: 'pthread_join',             kind: 'kthread', effect: 'wait', sleeps: 'yes' },
  { name: 'pthread_cond_broadcast',   kind: 'wait queue', effect: 'signal' },
  { name: 'pthread_cond_signal',      kind: 'wait queue', effect: 'signal' },
]);
