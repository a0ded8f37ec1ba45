// sockets.ts
// Protocols: what a system call asks of a socket, and what the stack asks of it from below.

import { callbackTable } from '../callback.ts';
import { lockOf } from './locks.ts';

const owned = lockOf('lock', 'sock', 'sk_lock');

// prettier-ignore
export const protoOps = callbackTable('proto_ops', {}, [
  'bind', 'connect', 'socketpair', 'accept', 'getname', 'poll', 'ioctl', 'compat_ioctl', 'listen', 'shutdown', 'setsockopt', 'getsockopt',
  'sendmsg', 'recvmsg', 'mmap',
  { member: 'release', phase: 'teardown' },
  { member: 'sendmsg_locked', holds: [owned] },
]);

// prettier-ignore
export const protoMethods = callbackTable('proto', {}, [
  'connect', 'disconnect', 'accept', 'ioctl', 'init', 'shutdown', 'setsockopt', 'getsockopt', 'sendmsg', 'recvmsg', 'bind',
  { member: 'close', phase: 'teardown' },
  { member: 'backlog_rcv', context: 'any', sleeps: false },
  { member: 'release_cb',  context: 'any', sleeps: false, masked: 'bh' },
]);

// prettier-ignore
export const sockMembers = callbackTable('sock', { context: 'any', sleeps: false }, [
  'sk_state_change', 'sk_data_ready', 'sk_write_space', 'sk_error_report', 'sk_backlog_rcv',
  { member: 'sk_destruct', phase: 'teardown' },
]);
