// files.ts
// Files, inodes, super blocks and mappings, as the virtual file system calls them.

import { callbackTable } from '../callback.ts';
import type { CallbackLock } from '../callback.ts';
import { lockOf } from './locks.ts';

const read = (lock: CallbackLock): CallbackLock => ({ ...lock, mode: 'read' });
// Reading needs it for reading only, so that is all that can be relied on.
const mmapLock = lockOf('rwsem', 'mm_struct', 'mmap_lock', 0, 'vm_mm');
const mmapLockOfFault = read(lockOf('rwsem', 'mm_struct', 'mmap_lock', 0, 'vma', 'vm_mm'));
const mmapLockOfDriverFault: CallbackLock = {
  kind: 'rwsem',
  mode: 'read',
  type: 'mm_struct',
  member: 'mmap_lock',
  of: { argument: 0, members: ['vma', 'vm_mm'] },
  unless: ['map_pages', 'filemap_map_pages'],
};
const directory = lockOf('rwsem', 'inode', 'i_rwsem');
const directoryAfterIdmap = lockOf('rwsem', 'inode', 'i_rwsem', 1);
const superBlock = lockOf('rwsem', 'super_block', 's_umount');

const openOfMiscDevice: CallbackLock = {
  kind: 'mutex',
  object: 'misc_mtx',
  tableOf: { struct: 'miscdevice', member: 'fops' },
};

// prettier-ignore
export const fileOperations = callbackTable('file_operations', {}, [
  { member: 'open',    holds: [openOfMiscDevice] },
  'read', 'write', 'read_iter', 'write_iter', 'iopoll', 'poll', 'unlocked_ioctl', 'compat_ioctl', 'fsync', 'flush', 'fasync',
  'fallocate', 'copy_file_range', 'remap_file_range', 'llseek', 'setlease', 'lock', 'flock', 'splice_read', 'splice_write', 'uring_cmd',
  'show_fdinfo',
  { member: 'release', phase: 'teardown' },
  { member: 'mmap',    holds: [lockOf('rwsem', 'mm_struct', 'mmap_lock', 1, 'vm_mm')] },
  { member: 'iterate_shared', holds: [read(lockOf('rwsem', 'inode', 'i_rwsem', 0, 'f_inode'))] },
  { member: 'iterate',        holds: [lockOf('rwsem', 'inode', 'i_rwsem', 0, 'f_inode')], only: '6.1' },
]);

// In 6.12 a fault comes under the lock of the area alone only where the table can map pages around it
// (vmf_can_call_fault in mm/memory.c).
// prettier-ignore
export const vmOperations = callbackTable('vm_operations_struct', {}, [
  { member: 'open',         holds: [mmapLock] },
  { member: 'close',        holds: [read(mmapLock)] },
  { member: 'fault',        holds: [mmapLockOfFault], only: '6.1' },
  { member: 'fault',        holds: [mmapLockOfDriverFault], only: '6.12' },
  { member: 'page_mkwrite', holds: [mmapLockOfFault], only: '6.1' },
  { member: 'page_mkwrite', holds: [mmapLockOfDriverFault], only: '6.12' },
  { member: 'pfn_mkwrite',  holds: [mmapLockOfFault], only: '6.1' },
  { member: 'pfn_mkwrite',  holds: [mmapLockOfDriverFault], only: '6.12' },
  { member: 'map_pages',    sleeps: false },
  'access', 'huge_fault',
]);

// The first argument of most is the mount's user mapping, the second the directory.
// prettier-ignore
export const inodeOperations = callbackTable('inode_operations', {}, [
  { member: 'create',  holds: [directoryAfterIdmap] },
  { member: 'symlink', holds: [directoryAfterIdmap] },
  { member: 'mkdir',   holds: [directoryAfterIdmap] },
  { member: 'mknod',   holds: [directoryAfterIdmap] },
  { member: 'rename',  holds: [directoryAfterIdmap] },
  { member: 'link',    holds: [directoryAfterIdmap] },
  { member: 'unlink',  holds: [directory] },
  { member: 'rmdir',   holds: [directory] },
  { member: 'lookup',  holds: [read(directory)] },
  { member: 'atomic_open', holds: [read(directory)] },
  { member: 'setattr', holds: [lockOf('rwsem', 'inode', 'i_rwsem', 1, 'd_inode')] },
  'readlink', 'getattr', 'listxattr', 'fiemap', 'update_time', 'get_acl', 'tmpfile', 'get_link', 'permission',
]);

// prettier-ignore
export const superOperations = callbackTable('super_operations', {}, [
  { member: 'put_super',   holds: [superBlock], phase: 'teardown' },
  { member: 'freeze_fs',   holds: [superBlock] },
  { member: 'unfreeze_fs', holds: [superBlock] },
  { member: 'remount_fs',  holds: [superBlock] },
  { member: 'sync_fs',     holds: [read(superBlock)] },
  { member: 'drop_inode',  holds: [lockOf('spinlock', 'inode', 'i_lock')], context: 'any', sleeps: false },
  { member: 'free_inode',  context: 'softirq', sleeps: false, masked: 'bh', phase: 'teardown' },
  'alloc_inode', 'destroy_inode', 'dirty_inode', 'write_inode', 'evict_inode', 'umount_begin', 'statfs', 'show_options',
]);

// A folio is locked by a bit of its flags, which the table of primitives calls PG_locked.
// prettier-ignore
export const addressSpaceOperations = callbackTable('address_space_operations', {}, [
  { member: 'read_folio',       holds: [lockOf('lock', 'folio', 'PG_locked', 1)] },
  { member: 'invalidate_folio', holds: [lockOf('lock', 'folio', 'PG_locked')] },
  { member: 'release_folio',    holds: [lockOf('lock', 'folio', 'PG_locked')] },
  { member: 'launder_folio',    holds: [lockOf('lock', 'folio', 'PG_locked')] },
  { member: 'dirty_folio',      context: 'any', sleeps: false },
  { member: 'free_folio',       context: 'any', sleeps: false },
  'readahead', 'writepages', 'write_begin', 'write_end', 'direct_IO', 'bmap', 'migrate_folio', 'swap_activate',
]);

// prettier-ignore
export const dentryOperations = callbackTable('dentry_operations', {}, [
  { member: 'd_hash',    sleeps: false },
  { member: 'd_compare', sleeps: false },
  { member: 'd_delete',  sleeps: false, holds: [lockOf('spinlock', 'lockref', 'lock', 0, 'd_lockref')] },
  'd_revalidate', 'd_release', 'd_iput', 'd_manage',
]);

// prettier-ignore
export const mmuNotifierOps = callbackTable('mmu_notifier_ops', { context: 'any' }, [
  'invalidate_range_start', 'invalidate_range_end', 'release',
]);

// Reclaim asks for memory from anywhere that may sleep.
// prettier-ignore
export const shrinkers = callbackTable('shrinker', {}, ['scan_objects', 'count_objects']);
