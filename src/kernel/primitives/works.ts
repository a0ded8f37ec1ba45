// works.ts
// Work items, workqueues and threads: what runs later in process context.

import { primitiveTable } from '../primitive.ts';

// prettier-ignore
export const workPrimitives = primitiveTable({ kind: 'work' }, [
  { name: 'DECLARE_DEFERRABLE_WORK',             effect: 'init', handlerArgument: 1 },
  { name: 'DECLARE_DELAYED_WORK',                effect: 'init', handlerArgument: 1 },
  { name: 'DECLARE_WORK',                        effect: 'init', handlerArgument: 1 },
  { name: 'INIT_DEFERRABLE_WORK',                effect: 'init', handlerArgument: 1 },
  { name: 'INIT_DEFERRABLE_WORK_ONSTACK',        effect: 'init', handlerArgument: 1 },
  { name: 'INIT_DELAYED_WORK',                   effect: 'init', handlerArgument: 1 },
  { name: 'INIT_DELAYED_WORK_ONSTACK',           effect: 'init', handlerArgument: 1 },
  { name: 'INIT_RCU_WORK',                       effect: 'init', handlerArgument: 1 },
  { name: 'INIT_RCU_WORK_ONSTACK',               effect: 'init', handlerArgument: 1 },
  { name: 'INIT_WORK',                           effect: 'init', handlerArgument: 1 },
  { name: 'INIT_WORK_ONSTACK',                   effect: 'init', handlerArgument: 1 },
  { name: 'INIT_WORK_ONSTACK_KEY',               effect: 'init', handlerArgument: 1 },
  { name: 'alloc_ordered_workqueue',             kind: 'workqueue', effect: 'init', objectArgument: -1, object: 'workqueue', sleeps: 'yes' },
  { name: 'alloc_ordered_workqueue_lockdep_map', kind: 'workqueue', effect: 'init', objectArgument: -1, object: 'workqueue', sleeps: 'yes', only: '6.12' },
  { name: 'alloc_workqueue',                     kind: 'workqueue', effect: 'init', objectArgument: -1, object: 'workqueue', sleeps: 'yes' },
  { name: 'alloc_workqueue_lockdep_map',         kind: 'workqueue', effect: 'init', objectArgument: -1, object: 'workqueue', sleeps: 'yes', only: '6.12' },
  { name: 'create_freezable_workqueue',          kind: 'workqueue', effect: 'init', objectArgument: -1, object: 'workqueue', sleeps: 'yes' },
  { name: 'create_singlethread_workqueue',       kind: 'workqueue', effect: 'init', objectArgument: -1, object: 'workqueue', sleeps: 'yes' },
  { name: 'create_workqueue',                    kind: 'workqueue', effect: 'init', objectArgument: -1, object: 'workqueue', sleeps: 'yes' },
  { name: 'destroy_workqueue',                   kind: 'workqueue', effect: 'unregister', sleeps: 'yes', waitsFor: 'workqueue' },
  { name: 'enable_and_queue_work',               effect: 'queue', objectArgument: 1, queueArgument: 0, only: '6.12' },
  { name: 'execute_in_process_context',          effect: 'queue', objectArgument: 1, sleeps: 'flags', handlerArgument: 0 },
  { name: 'kblockd_schedule_work',               effect: 'queue', queue: 'kblockd_workqueue' },
  { name: 'queue_rcu_work',                      effect: 'queue', objectArgument: 1, queueArgument: 0 },
  { name: 'queue_work',                          effect: 'queue', objectArgument: 1, queueArgument: 0 },
  { name: 'queue_work_node',                     effect: 'queue', objectArgument: 2, queueArgument: 1 },
  { name: 'queue_work_on',                       effect: 'queue', objectArgument: 2, queueArgument: 1 },
  { name: 'schedule_work',                       effect: 'queue', queue: 'system_wq' },
  { name: 'schedule_work_on',                    effect: 'queue', objectArgument: 1, queue: 'system_wq' },
  { name: 'kblockd_mod_delayed_work_on',         effect: 'arm', objectArgument: 1, queue: 'kblockd_workqueue' },
  { name: 'mod_delayed_work',                    effect: 'arm', objectArgument: 1, queueArgument: 0 },
  { name: 'mod_delayed_work_on',                 effect: 'arm', objectArgument: 2, queueArgument: 1 },
  { name: 'queue_delayed_work',                  effect: 'arm', objectArgument: 1, queueArgument: 0 },
  { name: 'queue_delayed_work_on',               effect: 'arm', objectArgument: 2, queueArgument: 1 },
  { name: 'schedule_delayed_work',               effect: 'arm', queue: 'system_wq' },
  { name: 'schedule_delayed_work_on',            effect: 'arm', objectArgument: 1, queue: 'system_wq' },
  { name: 'cancel_delayed_work',                 effect: 'cancel' },
  { name: 'cancel_delayed_work_sync',            effect: 'cancel', sleeps: 'yes', waitsFor: 'work' },
  { name: 'cancel_work',                         effect: 'cancel' },
  { name: 'cancel_work_sync',                    effect: 'cancel', sleeps: 'yes', waitsFor: 'work' },
  { name: '__flush_workqueue',                   kind: 'workqueue', effect: 'wait', sleeps: 'yes' },
  { name: 'drain_workqueue',                     kind: 'workqueue', effect: 'wait', sleeps: 'yes' },
  { name: 'flush_delayed_work',                  effect: 'wait', sleeps: 'yes' },
  { name: 'flush_rcu_work',                      effect: 'wait', sleeps: 'yes' },
  { name: 'flush_scheduled_work',                kind: 'workqueue', effect: 'wait', objectArgument: -1, object: 'system_wq', sleeps: 'yes' },
  { name: 'flush_work',                          effect: 'wait', sleeps: 'yes' },
  { name: 'flush_workqueue',                     kind: 'workqueue', effect: 'wait', sleeps: 'yes' },
  { name: 'schedule_on_each_cpu',                effect: 'wait', objectArgument: -1, object: 'system_wq', sleeps: 'yes', handlerArgument: 0 },
  { name: 'work_on_cpu',                         effect: 'wait', objectArgument: -1, object: 'system_wq', sleeps: 'yes', handlerArgument: 1 },
  { name: 'work_on_cpu_safe',                    effect: 'wait', objectArgument: -1, object: 'system_wq', sleeps: 'yes', handlerArgument: 1 },
  { name: 'disable_delayed_work',                effect: 'disable', only: '6.12' },
  { name: 'disable_delayed_work_sync',           effect: 'disable', sleeps: 'yes', waitsFor: 'work', only: '6.12' },
  { name: 'disable_work',                        effect: 'disable', only: '6.12' },
  { name: 'disable_work_sync',                   effect: 'disable', sleeps: 'yes', waitsFor: 'work', only: '6.12' },
  { name: 'enable_delayed_work',                 effect: 'enable', only: '6.12' },
  { name: 'enable_work',                         effect: 'enable', only: '6.12' },
]);

// prettier-ignore
export const kthreadWorkPrimitives = primitiveTable({ kind: 'work' }, [
  { name: 'DEFINE_KTHREAD_DELAYED_WORK',      effect: 'init', handlerArgument: 1 },
  { name: 'DEFINE_KTHREAD_WORK',              effect: 'init', handlerArgument: 1 },
  { name: 'kthread_create_worker',            kind: 'workqueue', effect: 'init', objectArgument: -1, object: 'worker', sleeps: 'yes' },
  { name: 'kthread_create_worker_on_cpu',     kind: 'workqueue', effect: 'init', objectArgument: -1, object: 'worker', sleeps: 'yes' },
  { name: 'kthread_init_delayed_work',        effect: 'init', handlerArgument: 1 },
  { name: 'kthread_init_work',                effect: 'init', handlerArgument: 1 },
  { name: 'kthread_init_worker',              kind: 'workqueue', effect: 'init' },
  { name: 'kthread_destroy_worker',           kind: 'workqueue', effect: 'unregister', sleeps: 'yes', waitsFor: 'workqueue' },
  { name: 'kthread_queue_work',               effect: 'queue', objectArgument: 1, queueArgument: 0 },
  { name: 'kthread_mod_delayed_work',         effect: 'arm', objectArgument: 1, queueArgument: 0 },
  { name: 'kthread_queue_delayed_work',       effect: 'arm', objectArgument: 1, queueArgument: 0 },
  { name: 'kthread_cancel_delayed_work_sync', effect: 'cancel', sleeps: 'yes', waitsFor: 'work' },
  { name: 'kthread_cancel_work_sync',         effect: 'cancel', sleeps: 'yes', waitsFor: 'work' },
  { name: 'kthread_flush_work',               effect: 'wait', sleeps: 'yes' },
  { name: 'kthread_flush_worker',             kind: 'workqueue', effect: 'wait', sleeps: 'yes' },
]);

// prettier-ignore
export const irqWorkPrimitives = primitiveTable({ kind: 'work' }, [
  { name: 'DEFINE_IRQ_WORK',   effect: 'init', handlerArgument: 1 },
  { name: 'init_irq_work',     effect: 'init', handlerArgument: 1 },
  { name: 'irq_work_queue',    effect: 'queue' },
  { name: 'irq_work_queue_on', effect: 'queue' },
  { name: 'irq_work_sync',     effect: 'wait', sleeps: 'yes' },
]);

// prettier-ignore
export const wiphyWorkPrimitives = primitiveTable({ kind: 'work', objectArgument: 1 }, [
  { name: 'wiphy_delayed_work_init',   effect: 'init', objectArgument: 0, handlerArgument: 1 },
  { name: 'wiphy_hrtimer_work_init',   effect: 'init', objectArgument: 0, handlerArgument: 1, only: '6.12' },
  { name: 'wiphy_work_init',           effect: 'init', objectArgument: 0, handlerArgument: 1 },
  { name: 'wiphy_work_queue',          effect: 'queue' },
  { name: 'wiphy_delayed_work_queue',  effect: 'arm' },
  { name: 'wiphy_hrtimer_work_queue',  effect: 'arm', only: '6.12' },
  { name: 'wiphy_delayed_work_cancel', effect: 'cancel' },
  { name: 'wiphy_hrtimer_work_cancel', effect: 'cancel', only: '6.12' },
  { name: 'wiphy_work_cancel',         effect: 'cancel' },
  { name: 'wiphy_delayed_work_flush',  effect: 'wait', sleeps: 'yes' },
  { name: 'wiphy_hrtimer_work_flush',  effect: 'wait', sleeps: 'yes', only: '6.12' },
  { name: 'wiphy_work_flush',          effect: 'wait', sleeps: 'yes' },
]);

// prettier-ignore
export const taskWorkPrimitives = primitiveTable({ kind: 'work' }, [
  { name: 'init_task_work',        effect: 'init', handlerArgument: 1 },
  { name: 'task_work_add',         effect: 'queue', objectArgument: 1 },
  { name: 'task_work_cancel',      effect: 'cancel' },
  { name: 'task_work_cancel_func', effect: 'cancel' },
]);

// prettier-ignore
export const asyncPrimitives = primitiveTable({ kind: 'work', objectArgument: -1 }, [
  { name: 'async_schedule',                  effect: 'queue', object: 'async', handlerArgument: 0 },
  { name: 'async_schedule_dev',              effect: 'queue', object: 'async', handlerArgument: 0 },
  { name: 'async_schedule_dev_domain',       effect: 'queue', object: 'async', handlerArgument: 0 },
  { name: 'async_schedule_domain',           effect: 'queue', object: 'async', handlerArgument: 0 },
  { name: 'async_schedule_node',             effect: 'queue', object: 'async', handlerArgument: 0 },
  { name: 'async_schedule_node_domain',      effect: 'queue', object: 'async', handlerArgument: 0 },
  { name: 'async_synchronize_cookie',        effect: 'wait', object: 'async', sleeps: 'yes' },
  { name: 'async_synchronize_cookie_domain', effect: 'wait', object: 'async', sleeps: 'yes' },
  { name: 'async_synchronize_full',          effect: 'wait', object: 'async', sleeps: 'yes' },
  { name: 'async_synchronize_full_domain',   effect: 'wait', objectArgument: 0, sleeps: 'yes' },
]);

// prettier-ignore
export const kthreadPrimitives = primitiveTable({ kind: 'kthread', objectArgument: -1, sleeps: 'yes' }, [
  { name: 'kthread_create',         effect: 'queue', object: 'task', handlerArgument: 0 },
  { name: 'kthread_create_on_cpu',  effect: 'queue', object: 'task', handlerArgument: 0 },
  { name: 'kthread_create_on_node', effect: 'queue', object: 'task', handlerArgument: 0 },
  { name: 'kthread_run',            effect: 'queue', object: 'task', handlerArgument: 0 },
  { name: 'kthread_run_on_cpu',     effect: 'queue', object: 'task', handlerArgument: 0 },
  { name: 'kthread_park',           effect: 'wait', objectArgument: 0 },
  { name: 'kthread_stop',           effect: 'wait', objectArgument: 0 },
  { name: 'kthread_stop_put',       effect: 'wait', objectArgument: 0 },
  { name: 'kthread_unpark',         effect: 'signal', objectArgument: 0, sleeps: 'no' },
]);
