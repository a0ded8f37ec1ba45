// attributes.ts
// Files of sysfs, configfs and procfs, and module parameters. A reader of a sysfs file holds the file active: removing
// it waits for the reader to come back.

import { callbackTable } from '../callback.ts';
import type { Callback, CallbackLock } from '../callback.ts';
import { lockOf } from './locks.ts';

const active: CallbackLock = { kind: 'callbacks', binding: true };
const methods = ['show', 'store'];

// prettier-ignore
export const attributeMethods: readonly Callback[] = [
  ...callbackTable('device_attribute', { holds: [active] }, methods),
  ...callbackTable('kobj_attribute',   { holds: [active] }, methods),
  ...callbackTable('driver_attribute', { holds: [active] }, methods),
  ...callbackTable('bus_attribute',    { holds: [active] }, methods),
  ...callbackTable('class_attribute',  { holds: [active] }, methods),
  ...callbackTable('module_attribute', { holds: [active] }, methods),
  ...callbackTable('bin_attribute',    { holds: [active] }, ['read', 'write', 'mmap']),
];

// Parameters that can be seen in sysfs lock param_lock of their module, or the one of the kernel: which, is not known.
// prettier-ignore
export const parameterOps = callbackTable('kernel_param_ops', {}, ['set', 'get', 'free']);

// prettier-ignore
export const configfsMethods: readonly Callback[] = [
  ...callbackTable('configfs_attribute', {}, methods),
  ...callbackTable('configfs_item_operations', {}, ['release', 'allow_link', 'drop_link']),
  ...callbackTable('configfs_group_operations', {}, ['make_item', 'make_group', 'drop_item', 'disconnect_notify']),
];

// prettier-ignore
export const seqOperations = callbackTable('seq_operations', { holds: [lockOf('mutex', 'seq_file', 'lock')] }, [
  'start', 'next', 'stop', 'show',
]);

// prettier-ignore
export const procOps = callbackTable('proc_ops', {}, [
  'proc_open', 'proc_read', 'proc_read_iter', 'proc_write', 'proc_lseek', 'proc_release', 'proc_poll', 'proc_ioctl', 'proc_compat_ioctl',
  'proc_mmap',
]);
