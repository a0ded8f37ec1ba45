// events.ts
// Completions, wait queues, wait bits and fences: waiting until somebody says so.

import { primitiveTable } from '../primitive.ts';

// prettier-ignore
export const completionPrimitives = primitiveTable({ kind: 'completion' }, [
  { name: 'DECLARE_COMPLETION',                        effect: 'init' },
  { name: 'DECLARE_COMPLETION_ONSTACK',                effect: 'init' },
  { name: 'init_completion',                           effect: 'init' },
  { name: 'init_completion_map',                       effect: 'init' },
  { name: 'reinit_completion',                         effect: 'init' },
  { name: 'try_wait_for_completion',                   effect: 'try', success: 'nonzero' },
  { name: 'wait_for_completion',                       effect: 'wait', sleeps: 'yes' },
  { name: 'wait_for_completion_interruptible',         effect: 'wait', sleeps: 'yes', success: 'zero', endedBy: 'signal' },
  { name: 'wait_for_completion_interruptible_timeout', effect: 'wait', sleeps: 'yes', success: 'positive', endedBy: 'signal or timeout' },
  { name: 'wait_for_completion_io',                    effect: 'wait', sleeps: 'yes' },
  { name: 'wait_for_completion_io_timeout',            effect: 'wait', sleeps: 'yes', success: 'nonzero', endedBy: 'timeout' },
  { name: 'wait_for_completion_killable',              effect: 'wait', sleeps: 'yes', success: 'zero', endedBy: 'fatal signal' },
  { name: 'wait_for_completion_killable_timeout',      effect: 'wait', sleeps: 'yes', success: 'positive', endedBy: 'signal or timeout' },
  { name: 'wait_for_completion_state',                 effect: 'wait', sleeps: 'yes', success: 'zero' },
  { name: 'wait_for_completion_timeout',               effect: 'wait', sleeps: 'yes', success: 'nonzero', endedBy: 'timeout' },
  { name: 'complete',                                  effect: 'signal' },
  { name: 'complete_all',                              effect: 'signal' },
  { name: 'complete_on_current_cpu',                   effect: 'signal', only: '6.12' },
  { name: 'kthread_complete_and_exit',                 effect: 'signal' },
]);

// prettier-ignore
export const waitqueuePrimitives = primitiveTable({ kind: 'wait queue', sleeps: 'yes' }, [
  { name: 'DECLARE_WAIT_QUEUE_HEAD',                       effect: 'init', sleeps: 'no' },
  { name: 'DECLARE_WAIT_QUEUE_HEAD_ONSTACK',               effect: 'init', sleeps: 'no' },
  { name: 'init_waitqueue_head',                           effect: 'init', sleeps: 'no' },
  { name: 'finish_wait',                                   effect: 'cancel', sleeps: 'no' },
  { name: 'remove_wait_queue',                             effect: 'cancel', sleeps: 'no' },
  { name: 'add_wait_queue',                                effect: 'wait', sleeps: 'no', announces: true },
  { name: 'add_wait_queue_exclusive',                      effect: 'wait', sleeps: 'no', announces: true },
  { name: 'io_wait_event',                                 effect: 'wait' },
  { name: 'prepare_to_wait',                               effect: 'wait', sleeps: 'no', announces: true },
  { name: 'prepare_to_wait_event',                         effect: 'wait', sleeps: 'no', announces: true },
  { name: 'prepare_to_wait_exclusive',                     effect: 'wait', sleeps: 'no', announces: true },
  { name: 'wait_event',                                    effect: 'wait' },
  { name: 'wait_event_cmd',                                effect: 'wait' },
  { name: 'wait_event_exclusive_cmd',                      effect: 'wait' },
  { name: 'wait_event_freezable',                          effect: 'wait', success: 'zero', endedBy: 'signal' },
  { name: 'wait_event_freezable_exclusive',                effect: 'wait', success: 'zero', endedBy: 'signal' },
  { name: 'wait_event_freezable_timeout',                  effect: 'wait', success: 'positive', endedBy: 'signal or timeout' },
  { name: 'wait_event_hrtimeout',                          effect: 'wait', success: 'zero', endedBy: 'timeout' },
  { name: 'wait_event_idle',                               effect: 'wait' },
  { name: 'wait_event_idle_exclusive',                     effect: 'wait' },
  { name: 'wait_event_idle_exclusive_timeout',             effect: 'wait', success: 'nonzero', endedBy: 'timeout' },
  { name: 'wait_event_idle_timeout',                       effect: 'wait', success: 'nonzero', endedBy: 'timeout' },
  { name: 'wait_event_interruptible',                      effect: 'wait', success: 'zero', endedBy: 'signal' },
  { name: 'wait_event_interruptible_exclusive',            effect: 'wait', success: 'zero', endedBy: 'signal' },
  { name: 'wait_event_interruptible_exclusive_locked',     effect: 'wait', success: 'zero', endedBy: 'signal', letsGoMember: 'lock' },
  { name: 'wait_event_interruptible_exclusive_locked_irq', effect: 'wait', success: 'zero', endedBy: 'signal', letsGoMember: 'lock' },
  { name: 'wait_event_interruptible_hrtimeout',            effect: 'wait', success: 'zero', endedBy: 'signal or timeout' },
  { name: 'wait_event_interruptible_lock_irq',             effect: 'wait', success: 'zero', endedBy: 'signal', letsGoArgument: 2 },
  { name: 'wait_event_interruptible_lock_irq_cmd',         effect: 'wait', success: 'zero', endedBy: 'signal', letsGoArgument: 2 },
  { name: 'wait_event_interruptible_lock_irq_timeout',     effect: 'wait', success: 'positive', endedBy: 'signal or timeout', letsGoArgument: 2 },
  { name: 'wait_event_interruptible_locked',               effect: 'wait', success: 'zero', endedBy: 'signal', letsGoMember: 'lock' },
  { name: 'wait_event_interruptible_locked_irq',           effect: 'wait', success: 'zero', endedBy: 'signal', letsGoMember: 'lock' },
  { name: 'wait_event_interruptible_timeout',              effect: 'wait', success: 'positive', endedBy: 'signal or timeout' },
  { name: 'wait_event_killable',                           effect: 'wait', success: 'zero', endedBy: 'fatal signal' },
  { name: 'wait_event_killable_exclusive',                 effect: 'wait', success: 'zero', endedBy: 'fatal signal' },
  { name: 'wait_event_killable_timeout',                   effect: 'wait', success: 'positive', endedBy: 'signal or timeout' },
  { name: 'wait_event_lock_irq',                           effect: 'wait', letsGoArgument: 2 },
  { name: 'wait_event_lock_irq_cmd',                       effect: 'wait', letsGoArgument: 2 },
  { name: 'wait_event_lock_irq_timeout',                   effect: 'wait', success: 'positive', endedBy: 'timeout', letsGoArgument: 2 },
  { name: 'wait_event_state',                              effect: 'wait', success: 'zero', endedBy: 'fatal signal' },
  { name: 'wait_event_timeout',                            effect: 'wait', success: 'nonzero', endedBy: 'timeout' },
  { name: 'wake_up',                                       effect: 'signal', sleeps: 'no' },
  { name: 'wake_up_all',                                   effect: 'signal', sleeps: 'no' },
  { name: 'wake_up_all_locked',                            effect: 'signal', sleeps: 'no' },
  { name: 'wake_up_interruptible',                         effect: 'signal', sleeps: 'no' },
  { name: 'wake_up_interruptible_all',                     effect: 'signal', sleeps: 'no' },
  { name: 'wake_up_interruptible_nr',                      effect: 'signal', sleeps: 'no' },
  { name: 'wake_up_interruptible_poll',                    effect: 'signal', sleeps: 'no' },
  { name: 'wake_up_interruptible_sync',                    effect: 'signal', sleeps: 'no' },
  { name: 'wake_up_locked',                                effect: 'signal', sleeps: 'no' },
  { name: 'wake_up_locked_poll',                           effect: 'signal', sleeps: 'no' },
  { name: 'wake_up_nr',                                    effect: 'signal', sleeps: 'no' },
  { name: 'wake_up_poll',                                  effect: 'signal', sleeps: 'no' },
  { name: 'wake_up_pollfree',                              effect: 'signal', sleeps: 'no' },
  { name: 'wake_up_sync',                                  effect: 'signal', sleeps: 'no' },
]);

// prettier-ignore
export const swaitPrimitives = primitiveTable({ kind: 'wait queue', sleeps: 'yes' }, [
  { name: 'swait_event_exclusive',                       effect: 'wait' },
  { name: 'swait_event_idle_exclusive',                  effect: 'wait' },
  { name: 'swait_event_idle_timeout_exclusive',          effect: 'wait', success: 'positive', endedBy: 'timeout' },
  { name: 'swait_event_interruptible_exclusive',         effect: 'wait', success: 'zero', endedBy: 'signal' },
  { name: 'swait_event_interruptible_timeout_exclusive', effect: 'wait', success: 'positive', endedBy: 'signal or timeout' },
  { name: 'swait_event_timeout_exclusive',               effect: 'wait', success: 'positive', endedBy: 'timeout' },
  { name: 'swake_up_all',                                effect: 'signal', sleeps: 'no' },
  { name: 'swake_up_one',                                effect: 'signal', sleeps: 'no' },
]);

// prettier-ignore
export const rcuwaitPrimitives = primitiveTable({ kind: 'wait queue' }, [
  { name: 'rcuwait_wait_event', effect: 'wait', sleeps: 'yes', success: 'zero' },
  { name: 'rcuwait_wake_up',    effect: 'signal' },
]);

// prettier-ignore
export const waitBitPrimitives = primitiveTable({ kind: 'wait queue', sleeps: 'yes' }, [
  { name: 'wait_on_bit_lock',        effect: 'acquire', success: 'zero' },
  { name: 'wait_on_bit_lock_action', effect: 'acquire', success: 'zero' },
  { name: 'wait_on_bit_lock_io',     effect: 'acquire', success: 'zero' },
  { name: 'clear_and_wake_up_bit',   effect: 'release', objectArgument: 1, sleeps: 'no' },
  { name: 'wait_on_bit',             effect: 'wait', success: 'zero' },
  { name: 'wait_on_bit_action',      effect: 'wait', success: 'zero' },
  { name: 'wait_on_bit_io',          effect: 'wait', success: 'zero' },
  { name: 'wait_on_bit_timeout',     effect: 'wait', success: 'zero', endedBy: 'timeout' },
  { name: 'wake_up_bit',             effect: 'signal', sleeps: 'no' },
]);

// prettier-ignore
export const waitVarPrimitives = primitiveTable({ kind: 'wait queue', sleeps: 'yes' }, [
  { name: 'wait_var_event',               effect: 'wait' },
  { name: 'wait_var_event_interruptible', effect: 'wait', success: 'zero', endedBy: 'signal' },
  { name: 'wait_var_event_killable',      effect: 'wait', success: 'zero', endedBy: 'fatal signal' },
  { name: 'wait_var_event_timeout',       effect: 'wait', success: 'nonzero', endedBy: 'timeout' },
  { name: 'wake_up_var',                  effect: 'signal', sleeps: 'no' },
]);

// prettier-ignore
export const dmaFencePrimitives = primitiveTable({ kind: 'fence' }, [
  { name: 'dma_fence_add_callback',     effect: 'register', handlerArgument: 2 },
  { name: 'dma_fence_remove_callback',  effect: 'cancel' },
  { name: 'dma_fence_wait',             effect: 'wait', sleeps: 'yes' },
  { name: 'dma_fence_wait_any_timeout', effect: 'wait', sleeps: 'yes', endedBy: 'timeout' },
  { name: 'dma_fence_wait_timeout',     effect: 'wait', sleeps: 'yes', endedBy: 'timeout' },
  { name: 'dma_fence_signal',           effect: 'signal' },
  { name: 'dma_fence_signal_locked',    effect: 'signal' },
]);
