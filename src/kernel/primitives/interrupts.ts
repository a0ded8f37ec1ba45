// interrupts.ts
// Interrupt lines, tasklets, NAPI, and turning interrupts or preemption off on this processor.

import { primitiveTable } from '../primitive.ts';

// prettier-ignore
export const irqlinePrimitives = primitiveTable({ kind: 'irq', sleeps: 'yes' }, [
  { name: 'devm_request_any_context_irq', effect: 'register', objectArgument: 1, handlerArgument: 2 },
  { name: 'devm_request_irq',             effect: 'register', objectArgument: 1, handlerArgument: 2 },
  { name: 'devm_request_threaded_irq',    effect: 'register', objectArgument: 1, handlerArgument: 2, threadArgument: 3 },
  { name: 'request_any_context_irq',      effect: 'register', handlerArgument: 1 },
  { name: 'request_nmi',                  effect: 'register', handlerArgument: 1 },
  { name: 'request_percpu_irq',           effect: 'register', handlerArgument: 1 },
  { name: 'irq_set_chained_handler',      effect: 'register', handlerArgument: 1 },
  { name: 'irq_set_chained_handler_and_data', effect: 'register', handlerArgument: 1 },
  { name: 'request_irq',                  effect: 'register', handlerArgument: 1 },
  { name: 'request_threaded_irq',         effect: 'register', handlerArgument: 1, threadArgument: 2 },
  { name: 'devm_free_irq',                effect: 'unregister', objectArgument: 1, waitsFor: 'irq' },
  { name: 'free_irq',                     effect: 'unregister', waitsFor: 'irq' },
  { name: 'free_nmi',                     effect: 'unregister', waitsFor: 'irq' },
  { name: 'free_percpu_irq',              effect: 'unregister', waitsFor: 'irq' },
  { name: 'irq_set_affinity_notifier',    effect: 'wait', waitsFor: 'work' },
  { name: 'synchronize_hardirq',          effect: 'wait', sleeps: 'no', success: 'nonzero' },
  { name: 'synchronize_irq',              effect: 'wait' },
  { name: 'irq_wake_thread',              effect: 'signal', sleeps: 'no' },
  { name: 'disable_hardirq',              effect: 'disable', sleeps: 'no', success: 'nonzero', waitsFor: 'irq' },
  { name: 'disable_irq',                  effect: 'disable', waitsFor: 'irq' },
  { name: 'disable_irq_nosync',           effect: 'disable', sleeps: 'no' },
  { name: 'disable_nmi_nosync',           effect: 'disable', sleeps: 'no' },
  { name: 'disable_percpu_irq',           effect: 'disable', sleeps: 'no' },
  { name: 'enable_irq',                   effect: 'enable', sleeps: 'flags' },
  { name: 'enable_nmi',                   effect: 'enable', sleeps: 'flags' },
  { name: 'enable_percpu_irq',            effect: 'enable', sleeps: 'flags' },
]);

// prettier-ignore
export const taskletPrimitives = primitiveTable({ kind: 'tasklet' }, [
  { name: 'DECLARE_TASKLET',              effect: 'init', handlerArgument: 1 },
  { name: 'DECLARE_TASKLET_DISABLED',     effect: 'init', handlerArgument: 1 },
  { name: 'DECLARE_TASKLET_DISABLED_OLD', effect: 'init', handlerArgument: 1 },
  { name: 'DECLARE_TASKLET_OLD',          effect: 'init', handlerArgument: 1 },
  { name: 'tasklet_init',                 effect: 'init', handlerArgument: 1 },
  { name: 'tasklet_setup',                effect: 'init', handlerArgument: 1 },
  { name: 'tasklet_hi_schedule',          effect: 'queue' },
  { name: 'tasklet_schedule',             effect: 'queue' },
  { name: 'tasklet_kill',                 effect: 'cancel', sleeps: 'yes', waitsFor: 'tasklet' },
  { name: 'tasklet_unlock_spin_wait',     effect: 'wait', sleeps: 'flags' },
  { name: 'tasklet_unlock_wait',          effect: 'wait', sleeps: 'flags' },
  { name: 'tasklet_disable',              effect: 'disable', sleeps: 'yes', waitsFor: 'tasklet' },
  { name: 'tasklet_disable_in_atomic',    effect: 'disable', waitsFor: 'tasklet' },
  { name: 'tasklet_disable_nosync',       effect: 'disable' },
  { name: 'tasklet_enable',               effect: 'enable' },
]);

// prettier-ignore
export const napiPrimitives = primitiveTable({ kind: 'napi' }, [
  { name: 'napi_schedule_prep',       effect: 'try', success: 'nonzero' },
  { name: 'napi_complete',            effect: 'release' },
  { name: 'napi_complete_done',       effect: 'release' },
  { name: 'netif_napi_add',           effect: 'register', objectArgument: 1, handlerArgument: 2 },
  { name: 'netif_napi_add_tx',        effect: 'register', objectArgument: 1, handlerArgument: 2 },
  { name: 'netif_napi_add_tx_weight', effect: 'register', objectArgument: 1, handlerArgument: 2 },
  { name: 'netif_napi_add_weight',    effect: 'register', objectArgument: 1, handlerArgument: 2 },
  { name: '__netif_napi_del',         effect: 'unregister', sleeps: 'yes', waitsFor: 'kthread' },
  { name: 'netif_napi_del',           effect: 'unregister', sleeps: 'yes', waitsFor: 'rcu' },
  { name: '__napi_schedule',          effect: 'queue' },
  { name: '__napi_schedule_irqoff',   effect: 'queue' },
  { name: 'napi_schedule',            effect: 'queue' },
  { name: 'napi_schedule_irqoff',     effect: 'queue' },
  { name: 'napi_synchronize',         effect: 'wait', sleeps: 'yes' },
  { name: 'napi_disable',             effect: 'disable', sleeps: 'yes', waitsFor: 'napi' },
  { name: 'napi_enable',              effect: 'enable' },
]);

// prettier-ignore
export const ipiPrimitives = primitiveTable({ kind: 'callbacks', objectArgument: -1 }, [
  { name: 'smp_call_function_single_async', effect: 'queue', objectArgument: 1 },
  { name: 'kick_all_cpus_sync',             effect: 'wait', object: 'interprocessor calls' },
  { name: 'on_each_cpu',                    effect: 'wait', object: 'interprocessor calls', handlerArgument: 0 },
  { name: 'on_each_cpu_mask',               effect: 'wait', object: 'interprocessor calls', handlerArgument: 1 },
  { name: 'smp_call_function',              effect: 'wait', object: 'interprocessor calls', handlerArgument: 0 },
  { name: 'smp_call_function_any',          effect: 'wait', object: 'this processor', handlerArgument: 1 },
  { name: 'smp_call_function_many',         effect: 'wait', object: 'interprocessor calls', handlerArgument: 1 },
  { name: 'smp_call_function_single',       effect: 'wait', object: 'this processor', handlerArgument: 1 },
  { name: 'smp_call_on_cpu',                effect: 'wait', object: 'this processor', sleeps: 'yes', waitsFor: 'work', handlerArgument: 1 },
]);

// prettier-ignore
export const irqPrimitives = primitiveTable({ kind: 'cpu', objectArgument: -1, object: 'this processor' }, [
  { name: 'local_irq_disable',     effect: 'disable', disables: 'irq' },
  { name: 'local_irq_save',        effect: 'disable', disables: 'irqsave' },
  { name: 'raw_local_irq_disable', effect: 'disable', disables: 'irq' },
  { name: 'raw_local_irq_save',    effect: 'disable', disables: 'irqsave' },
  { name: 'local_irq_enable',      effect: 'enable', disables: 'irq' },
  { name: 'local_irq_restore',     effect: 'enable', disables: 'irqsave' },
  { name: 'raw_local_irq_enable',  effect: 'enable', disables: 'irq' },
  { name: 'raw_local_irq_restore', effect: 'enable', disables: 'irqsave' },
]);

// prettier-ignore
export const bhPrimitives = primitiveTable({ kind: 'cpu', objectArgument: -1, object: 'this processor' }, [
  { name: '__local_bh_disable_ip', effect: 'disable', disables: 'bh' },
  { name: 'local_bh_disable',      effect: 'disable', disables: 'bh' },
  { name: '__local_bh_enable_ip',  effect: 'enable', disables: 'bh' },
  { name: '_local_bh_enable',      effect: 'enable', disables: 'bh' },
  { name: 'local_bh_enable',       effect: 'enable', disables: 'bh' },
  { name: 'local_bh_enable_ip',    effect: 'enable', disables: 'bh' },
]);

// prettier-ignore
export const preemptPrimitives = primitiveTable({ kind: 'cpu', objectArgument: -1 }, [
  { name: 'get_cpu',                         effect: 'disable', object: 'this processor', disables: 'preemption' },
  { name: 'get_cpu_ptr',                     effect: 'disable', object: 'this processor', disables: 'preemption' },
  { name: 'get_cpu_var',                     effect: 'disable', object: 'this processor', disables: 'preemption' },
  { name: 'kmap_atomic',                     effect: 'disable', object: 'this processor', disables: 'preemption' },
  { name: 'preempt_disable',                 effect: 'disable', object: 'this processor', disables: 'preemption' },
  { name: 'preempt_disable_nested',          effect: 'disable', object: 'this processor', disables: 'preemption' },
  { name: 'preempt_disable_notrace',         effect: 'disable', object: 'this processor', disables: 'preemption' },
  { name: 'kunmap_atomic',                   effect: 'enable', object: 'this processor', disables: 'preemption' },
  { name: 'preempt_enable',                  effect: 'enable', object: 'this processor', disables: 'preemption' },
  { name: 'preempt_enable_nested',           effect: 'enable', object: 'this processor', disables: 'preemption' },
  { name: 'preempt_enable_no_resched',       effect: 'enable', object: 'this processor', disables: 'preemption' },
  { name: 'preempt_enable_notrace',          effect: 'enable', object: 'this processor', disables: 'preemption' },
  { name: 'put_cpu',                         effect: 'enable', object: 'this processor', disables: 'preemption' },
  { name: 'put_cpu_ptr',                     effect: 'enable', object: 'this processor', disables: 'preemption' },
  { name: 'put_cpu_var',                     effect: 'enable', object: 'this processor', disables: 'preemption' },
  { name: 'sched_preempt_enable_no_resched', effect: 'enable', object: 'this processor', disables: 'preemption' },
]);
