// rcu.ts
// Read sections and the waits for their end.

import { primitiveTable } from '../primitive.ts';

// prettier-ignore
export const rcuPrimitives = primitiveTable({ kind: 'rcu', objectArgument: -1 }, [
  { name: 'rcu_read_lock',                  effect: 'acquire', object: 'rcu', mode: 'read' },
  { name: 'rcu_read_lock_bh',               effect: 'acquire', object: 'rcu_bh', mode: 'read', disables: 'bh' },
  { name: 'rcu_read_lock_sched',            effect: 'acquire', object: 'rcu_sched', mode: 'read', disables: 'preemption' },
  { name: 'rcu_read_lock_sched_notrace',    effect: 'acquire', object: 'rcu_sched', mode: 'read', disables: 'preemption' },
  { name: 'rcu_read_lock_trace',            effect: 'acquire', object: 'rcu_trace', mode: 'read' },
  { name: 'rcu_read_unlock',                effect: 'release', object: 'rcu', mode: 'read' },
  { name: 'rcu_read_unlock_bh',             effect: 'release', object: 'rcu_bh', mode: 'read', disables: 'bh' },
  { name: 'rcu_read_unlock_sched',          effect: 'release', object: 'rcu_sched', mode: 'read', disables: 'preemption' },
  { name: 'rcu_read_unlock_sched_notrace',  effect: 'release', object: 'rcu_sched', mode: 'read', disables: 'preemption' },
  { name: 'rcu_read_unlock_trace',          effect: 'release', object: 'rcu_trace', mode: 'read' },
  { name: 'RCU_LOCKDEP_WARN',               effect: 'assert', object: 'rcu', mode: 'read' },
  { name: 'call_rcu',                       effect: 'queue', objectArgument: 0, handlerArgument: 1 },
  { name: 'call_rcu_hurry',                 effect: 'queue', objectArgument: 0, handlerArgument: 1, only: '6.12' },
  { name: 'call_rcu_tasks',                 effect: 'queue', objectArgument: 0, handlerArgument: 1 },
  { name: 'call_rcu_tasks_trace',           effect: 'queue', objectArgument: 0, handlerArgument: 1 },
  { name: 'kfree_rcu',                      effect: 'queue', objectArgument: 0 },
  { name: 'kfree_rcu_mightsleep',           effect: 'queue', objectArgument: 0, sleeps: 'yes', waitsFor: 'rcu' },
  { name: 'kvfree_rcu',                     effect: 'queue', objectArgument: 0 },
  { name: 'kvfree_rcu_mightsleep',          effect: 'queue', objectArgument: 0, sleeps: 'yes', waitsFor: 'rcu' },
  { name: 'cond_synchronize_rcu',           effect: 'wait', object: 'rcu', sleeps: 'yes' },
  { name: 'cond_synchronize_rcu_expedited', effect: 'wait', object: 'rcu', sleeps: 'yes' },
  { name: 'cond_synchronize_rcu_full',      effect: 'wait', object: 'rcu', sleeps: 'yes' },
  { name: 'rcu_barrier',                    effect: 'wait', object: 'rcu', sleeps: 'yes' },
  { name: 'rcu_barrier_tasks',              effect: 'wait', object: 'rcu_tasks', sleeps: 'yes' },
  { name: 'rcu_barrier_tasks_trace',        effect: 'wait', object: 'rcu_tasks', sleeps: 'yes' },
  { name: 'synchronize_net',                effect: 'wait', object: 'rcu', sleeps: 'yes' },
  { name: 'synchronize_rcu',                effect: 'wait', object: 'rcu', sleeps: 'yes' },
  { name: 'synchronize_rcu_expedited',      effect: 'wait', object: 'rcu', sleeps: 'yes' },
  { name: 'synchronize_rcu_mult',           effect: 'wait', object: 'rcu', sleeps: 'yes' },
  { name: 'synchronize_rcu_tasks',          effect: 'wait', object: 'rcu_tasks', sleeps: 'yes' },
  { name: 'synchronize_rcu_tasks_rude',     effect: 'wait', object: 'rcu_tasks', sleeps: 'yes' },
  { name: 'synchronize_rcu_tasks_trace',    effect: 'wait', object: 'rcu_tasks', sleeps: 'yes' },
]);

// prettier-ignore
export const srcuPrimitives = primitiveTable({ kind: 'srcu' }, [
  { name: 'DEFINE_SRCU',                effect: 'init' },
  { name: 'DEFINE_STATIC_SRCU',         effect: 'init' },
  { name: 'init_srcu_struct',           effect: 'init' },
  { name: 'srcu_down_read',             effect: 'acquire', mode: 'read', only: '6.12' },
  { name: 'srcu_read_lock',             effect: 'acquire', mode: 'read' },
  { name: 'srcu_read_lock_nmisafe',     effect: 'acquire', mode: 'read', only: '6.12' },
  { name: 'srcu_read_lock_notrace',     effect: 'acquire', mode: 'read' },
  { name: 'srcu_read_unlock',           effect: 'release', mode: 'read' },
  { name: 'srcu_read_unlock_nmisafe',   effect: 'release', mode: 'read', only: '6.12' },
  { name: 'srcu_read_unlock_notrace',   effect: 'release', mode: 'read' },
  { name: 'srcu_up_read',               effect: 'release', mode: 'read', only: '6.12' },
  { name: 'call_srcu',                  effect: 'queue', handlerArgument: 2 },
  { name: 'cleanup_srcu_struct',        effect: 'wait', sleeps: 'yes' },
  { name: 'srcu_barrier',               effect: 'wait', sleeps: 'yes' },
  { name: 'synchronize_srcu',           effect: 'wait', sleeps: 'yes' },
  { name: 'synchronize_srcu_expedited', effect: 'wait', sleeps: 'yes' },
]);
