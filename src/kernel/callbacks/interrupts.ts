// interrupts.ts
// Interrupt chips, and functions that are put into a field of what calls them: timers, transfers, RCU heads.

import { callbackTable } from '../callback.ts';
import type { Callback, CallbackLock } from '../callback.ts';

const descriptor: CallbackLock = { kind: 'raw spinlock', type: 'irq_desc', member: 'lock' };

// prettier-ignore
export const irqChip = callbackTable('irq_chip', { holds: [descriptor], context: 'any', sleeps: false, masked: 'irq' }, [
  'irq_startup', 'irq_shutdown', 'irq_enable', 'irq_disable', 'irq_mask', 'irq_unmask', 'irq_ack', 'irq_mask_ack', 'irq_eoi', 'irq_set_type',
  'irq_set_wake', 'irq_set_affinity', 'irq_retrigger',
]);

// prettier-ignore
export const irqChipBus = callbackTable('irq_chip', {}, [
  'irq_bus_lock', 'irq_bus_sync_unlock', 'irq_request_resources', 'irq_release_resources',
]);

// A timer that is told to run in softirq context is called from there; without being told, with interrupts off.
// prettier-ignore
export const timerMembers: readonly Callback[] = [
  ...callbackTable('timer_list', { holds: [{ kind: 'timer', binding: true }], context: 'softirq', sleeps: false, masked: 'bh' }, ['function']),
  ...callbackTable('hrtimer', { holds: [{ kind: 'hrtimer', binding: true }], context: 'hardirq', sleeps: false, masked: 'irq' }, ['function']),
  ...callbackTable('work_struct', { holds: [{ kind: 'work', binding: true }] }, ['func']),
  ...callbackTable('tasklet_struct', { holds: [{ kind: 'tasklet', binding: true }], context: 'softirq', sleeps: false, masked: 'bh' }, ['func', 'callback']),
  ...callbackTable('irq_work', { context: 'hardirq', sleeps: false, masked: 'irq' }, ['func']),
];

// prettier-ignore
export const completionMembers: readonly Callback[] = [
  ...callbackTable('callback_head', { context: 'softirq', sleeps: false, masked: 'bh' }, ['func']),
  ...callbackTable('urb', { holds: [{ kind: 'transfer', binding: true }], context: 'any', sleeps: false }, ['complete']),
  ...callbackTable('usb_request', { context: 'any', sleeps: false }, ['complete']),
  ...callbackTable('dma_async_tx_descriptor', { context: 'any', sleeps: false }, ['callback', 'callback_result']),
  ...callbackTable('virtqueue', { context: 'any', sleeps: false }, ['callback']),
  // vring_interrupt() is the handler of an interrupt, or called by one.
  ...callbackTable('virtqueue_info', { context: 'hardirq', sleeps: false, masked: 'irq', only: '6.12' }, ['callback']),
  ...callbackTable('spi_message', { context: 'any', sleeps: false }, ['complete']),
];
