// gadgets.ts
// USB from the other side: controllers of devices, the functions of a gadget, and who is host. Read in 6.1 and 6.12:
// udc/core.c, composite.c, roles/class.c.

import { callbackTable } from '../callback.ts';
import { lockOf } from './locks.ts';

const anywhere = { context: 'any', sleeps: false } as const;

// prettier-ignore
export const endpointOps = callbackTable('usb_ep_ops', { ...anywhere, interrupts: 'on' }, [
  'enable', 'disable', 'queue', 'dequeue', 'set_halt', 'set_wedge', 'fifo_status', 'fifo_flush',
]);

// prettier-ignore
export const gadgetOps = callbackTable('usb_gadget_ops', { holds: [lockOf('mutex', 'usb_udc', 'connect_lock', 0, 'udc')] }, [
  'pullup',
  { member: 'udc_start', phase: 'setup' },
  { member: 'udc_stop',  phase: 'teardown' },
  { member: 'get_frame', holds: [], ...anywhere },
  { member: 'wakeup',    holds: [], ...anywhere },
]);

// One that is removed alone is disabled without the lock.
// prettier-ignore
export const usbFunction = callbackTable('usb_function', {}, [
  { member: 'set_alt', holds: [lockOf('spinlock', 'usb_composite_dev', 'lock', 0, 'config', 'cdev')], masked: 'irq', ...anywhere },
  { member: 'disable', ...anywhere },
  { member: 'setup',   ...anywhere },
  { member: 'suspend', ...anywhere },
  { member: 'resume',  ...anywhere },
  { member: 'bind',    phase: 'setup' },
  { member: 'unbind',  phase: 'teardown' },
]);

const roleLock = lockOf('mutex', 'usb_role_switch', 'lock');

// prettier-ignore
export const roleSwitch = callbackTable('usb_role_switch_desc', { holds: [roleLock] }, ['set', 'get']);
