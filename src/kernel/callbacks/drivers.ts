// drivers.ts
// Drivers of every bus: the driver core holds the lock of the device around `probe`, `remove` and `shutdown`. It
// takes the parent's too where the bus asks for it; only buses that always ask say so here.

import { callbackTable } from '../callback.ts';
import type { Callback, CallbackLock } from '../callback.ts';
import { deviceLock, lockOf } from './locks.ts';

// An interface asks for the lock of the device that it is part of.
const usbDevice: CallbackLock = { kind: 'mutex', type: 'usb_device', member: 'dev.mutex' };
const serioMutex: CallbackLock = { kind: 'mutex', object: 'serio_mutex' };
const serioDriver = lockOf('mutex', 'serio', 'drv_mutex');
const serioLock = lockOf('spinlock', 'serio', 'lock');
const configLock = lockOf('spinlock', 'virtio_device', 'config_lock');

const phases: Readonly<Partial<Record<string, Callback['phase']>>> = {
  probe: 'setup',
  bind: 'setup',
  remove: 'teardown',
  remove_new: 'teardown',
  disconnect: 'teardown',
  unbind: 'teardown',
  shutdown: 'teardown',
};

// prettier-ignore
export const driverMethods: readonly Callback[] = [
  ...methods('device_driver',     [],       'probe', 'remove', 'shutdown'),
  ...methods('bus_type',          [],       'probe', 'remove', 'shutdown'),
  ...methods('pci_driver',        ['dev'],  'probe', 'remove', 'shutdown', 'suspend', 'resume', 'sriov_configure'),
  ...methods('platform_driver',   ['dev'],  'probe', 'remove', 'remove_new', 'shutdown', 'suspend', 'resume'),
  ...methods('i2c_driver',        ['dev'],  'probe', 'remove', 'shutdown', 'alert'),
  ...methods('spi_driver',        ['dev'],  'probe', 'remove', 'shutdown'),
  ...methods('auxiliary_driver',  ['dev'],  'probe', 'remove', 'shutdown'),
  ...methods('virtio_driver',     ['dev'],  'probe', 'remove'),
  ...methods('mdio_driver',       ['dev'],  'probe', 'remove', 'shutdown'),
  ...methods('phy_driver',        ['mdio', 'dev'], 'probe', 'remove'),
  ...methods('usb_device_driver', ['dev'],  'probe', 'disconnect'),
  ...methods('usb_gadget_driver', ['dev'],  'bind', 'unbind'),
  ...methods('sdio_driver',       ['dev'],  'probe', 'remove'),
  ...methods('amba_driver',       ['dev'],  'probe', 'remove', 'shutdown'),
  ...methods('mcb_driver',        ['dev'],  'probe', 'remove', 'shutdown'),
  ...methods('rpmsg_driver',      ['dev'],  'probe', 'remove'),
  ...methods('pnp_driver',        ['dev'],  'probe', 'remove', 'shutdown'),
  ...methods('pcmcia_driver',     ['dev'],  'probe', 'remove'),
  ...methods('greybus_driver',    ['dev'],  'probe', 'disconnect'),
  ...methods('slim_driver',       ['dev'],  'probe', 'remove', 'shutdown'),
  ...methods('sdw_driver',        ['dev'],  'probe', 'remove', 'shutdown'),
  ...methods('typec_altmode_driver', ['dev'], 'probe', 'remove'),
  ...methods('hv_driver',         ['device'], 'probe', 'remove', 'shutdown'),
  ...methods('xenbus_driver',     ['dev'],  'probe', 'remove'),
  ...methods('bcma_driver',       ['dev'],  'probe', 'remove', 'shutdown'),
  ...methods('mei_cl_driver',     ['dev'],  'probe', 'remove'),
  ...methods('tb_service_driver', ['dev'],  'probe', 'remove', 'shutdown'),
  ...methods('rio_driver',        ['dev'],  'probe', 'remove', 'shutdown'),
  ...methods('mhi_driver',        ['dev'],  'probe', 'remove'),
  ...methods('memstick_driver',   ['dev'],  'probe', 'remove'),
  ...methods('ishtp_cl_driver',   ['dev'],  'probe', 'remove'),
  ...methods('wmi_driver',        ['dev'],  'probe', 'remove'),
  ...methods('scmi_driver',       ['dev'],  'probe', 'remove'),
  ...methods('ulpi_driver',       ['dev'],  'probe', 'remove'),
  ...methods('vdpa_driver',       ['dev'],  'probe', 'remove'),
  ...methods('i3c_driver',        ['dev'],  'probe', 'remove'),
  ...methods('siox_driver',       ['dev'],  'probe', 'remove', 'shutdown'),
  ...methods('spmi_driver',       ['dev'],  'probe', 'remove', 'shutdown'),
  ...methods('nd_device_driver',  [],       'probe', 'remove', 'shutdown'),
  ...methods('cxl_driver',        [],       'probe', 'remove'),
  ...methods('isa_driver',        [],       'probe', 'remove', 'shutdown'),
];

// prettier-ignore
export const pciErrorHandlers = callbackTable('pci_error_handlers', { holds: [deviceLock(0, 'dev')] }, [
  'error_detected', 'mmio_enabled', 'slot_reset', 'resume', 'reset_prepare', 'reset_done',
]);

// Runtime power management suspends and resumes without these locks.
// prettier-ignore
export const usbDriver = callbackTable('usb_driver', { holds: [usbDevice, deviceLock(0, 'dev')] }, [
  { member: 'probe',          phase: 'setup' },
  { member: 'disconnect',     phase: 'teardown' },
  { member: 'pre_reset',      holds: [usbDevice] },
  { member: 'post_reset',     holds: [usbDevice] },
  { member: 'unlocked_ioctl', holds: [usbDevice] },
  { member: 'suspend',        holds: [] },
  { member: 'resume',         holds: [] },
  { member: 'reset_resume',   holds: [] },
]);

// prettier-ignore
export const usbSerialDriver = callbackTable('usb_serial_driver', { holds: [usbDevice, deviceLock(0, 'interface', 'dev')] }, [
  { member: 'probe',       phase: 'setup' },
  { member: 'attach',      phase: 'setup' },
  { member: 'disconnect',  phase: 'teardown' },
  { member: 'release',     holds: [], phase: 'teardown' },
  { member: 'open',        holds: [lockOf('mutex', 'tty_port', 'mutex', 1, 'port'), lockOf('mutex', 'usb_serial', 'disc_mutex', 1, 'serial')] },
  { member: 'close',       holds: [lockOf('mutex', 'tty_port', 'mutex', 0, 'port')] },
]);

// prettier-ignore
export const usbGadgetEvents = callbackTable('usb_gadget_driver', { context: 'any', sleeps: false }, [
  'setup', 'disconnect', 'suspend', 'resume', 'reset',
]);

// prettier-ignore
export const usbHostDriver = callbackTable('hc_driver', { context: 'any', sleeps: false, interrupts: 'on' }, ['urb_enqueue', 'urb_dequeue']);

// prettier-ignore
export const virtioEvents = callbackTable('virtio_driver', {}, [
  { member: 'config_changed', holds: [configLock], context: 'any', sleeps: false, masked: 'irq' },
  'freeze', 'restore',
]);

// prettier-ignore
export const serioDrivers = callbackTable('serio_driver', { holds: [serioMutex, deviceLock(0, 'dev'), serioDriver] }, [
  { member: 'connect',    phase: 'setup' },
  { member: 'disconnect', phase: 'teardown' },
  { member: 'interrupt',  holds: [serioLock], context: 'any', sleeps: false, masked: 'irq' },
]);

// prettier-ignore
export const interfaceMembers: readonly Callback[] = [
  ...callbackTable('class_interface', { holds: [{ kind: 'mutex', type: 'subsys_private', member: 'mutex' }] }, ['add_dev', 'remove_dev']),
  ...callbackTable('subsys_interface', { holds: [{ kind: 'mutex', type: 'subsys_private', member: 'mutex' }] }, ['add_dev', 'remove_dev']),
];

// Nothing holds on every way to these: the last put can come from anywhere.
// prettier-ignore
export const releaseMembers: readonly Callback[] = [
  ...callbackTable('device', { phase: 'teardown' }, ['release']),
  ...callbackTable('device_type', { phase: 'teardown' }, ['release']),
  ...callbackTable('class', { phase: 'teardown' }, ['dev_release']),
  ...callbackTable('kobj_type', { context: 'any', phase: 'teardown' }, ['release']),
  ...callbackTable('bus_type', {}, ['match', 'uevent']),
];

/** The methods of one kind of driver; `members` lead from its argument to the device. */
function methods(
  struct: string,
  members: readonly string[],
  ...names: readonly string[]
): readonly Callback[] {
  const holds = [deviceLock(0, ...members)];
  return callbackTable(
    struct,
    { holds },
    names.map((member) => ({ member, phase: phases[member] ?? 'running' })),
  );
}
