// inputs.ts
// Keyboards, mice and other input, and HID below it.

import { callbackTable } from '../callback.ts';
import { deviceLock, lockOf } from './locks.ts';

const events = { context: 'any', sleeps: false, masked: 'irq' } as const;
const handled = { holds: [lockOf('spinlock', 'input_dev', 'event_lock', 0, 'dev')], ...events };
const inputReports = lockOf('semaphore', 'hid_device', 'driver_input_lock');

// prettier-ignore
export const inputDevice = callbackTable('input_dev', { holds: [lockOf('mutex', 'input_dev', 'mutex')] }, [
  'open', 'close', 'flush',
  { member: 'event', holds: [lockOf('spinlock', 'input_dev', 'event_lock')], ...events },
]);

// prettier-ignore
export const inputHandler = callbackTable('input_handler', { holds: [{ kind: 'mutex', object: 'input_mutex' }] }, [
  { member: 'connect',    phase: 'setup' },
  { member: 'disconnect', phase: 'teardown' },
  { member: 'event',  ...handled },
  { member: 'events', ...handled },
  { member: 'filter', ...handled },
  { member: 'start',  holds: [] },
]);

// prettier-ignore
export const forceFeedback = callbackTable('ff_device', { holds: [lockOf('mutex', 'ff_device', 'mutex', 0, 'ff')] }, [
  'upload', 'erase',
  { member: 'playback', holds: [lockOf('spinlock', 'input_dev', 'event_lock')], ...events },
]);

// Reports wait outside until the driver lets them in, or until its probe has come back.
// prettier-ignore
export const hidDriver = callbackTable('hid_driver', { holds: [deviceLock(0, 'dev'), inputReports] }, [
  { member: 'probe',  phase: 'setup' },
  { member: 'remove', phase: 'teardown' },
  { member: 'raw_event', holds: [inputReports], context: 'any', sleeps: false },
  { member: 'event',     holds: [inputReports], context: 'any', sleeps: false },
  { member: 'report',    holds: [inputReports], context: 'any', sleeps: false },
]);

// prettier-ignore
export const hidTransport = callbackTable('hid_ll_driver', {}, [
  { member: 'open',  holds: [lockOf('mutex', 'hid_device', 'll_open_lock')] },
  { member: 'close', holds: [lockOf('mutex', 'hid_device', 'll_open_lock')] },
  'start', 'stop', 'parse', 'raw_request', 'output_report', 'power',
]);

// prettier-ignore
export const rfkillOps = callbackTable('rfkill_ops', {}, ['set_block', 'query', 'poll']);
