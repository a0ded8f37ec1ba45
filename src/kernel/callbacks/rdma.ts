// rdma.ts
// InfiniBand and RDMA devices, their users and their queues.

import { callbackTable } from '../callback.ts';
import type { Callback } from '../callback.ts';

// prettier-ignore
export const ibDeviceOps = callbackTable('ib_device_ops', {}, [
  { member: 'post_send',     context: 'any', sleeps: false, interrupts: 'on' },
  { member: 'post_recv',     context: 'any', sleeps: false, interrupts: 'on' },
  { member: 'post_srq_recv', context: 'any', sleeps: false, interrupts: 'on' },
  { member: 'poll_cq',       context: 'any', sleeps: false, interrupts: 'on' },
  { member: 'req_notify_cq', context: 'any', sleeps: false, interrupts: 'on' },
  { member: 'create_ah',     context: 'any' },
  { member: 'destroy_ah',    context: 'any' },
  'create_qp', 'modify_qp', 'query_qp', 'destroy_qp', 'create_cq', 'destroy_cq', 'resize_cq', 'create_srq', 'modify_srq', 'destroy_srq',
  'reg_user_mr', 'rereg_user_mr', 'dereg_mr', 'alloc_mr', 'get_dma_mr', 'alloc_pd', 'dealloc_pd', 'alloc_ucontext', 'dealloc_ucontext', 'mmap',
  'query_port', 'modify_port', 'query_device', 'modify_device', 'query_gid', 'query_pkey', 'add_gid', 'del_gid', 'attach_mcast',
  'detach_mcast', 'process_mad', 'create_flow', 'destroy_flow',
]);

// prettier-ignore
export const rdmaEvents: readonly Callback[] = [
  ...callbackTable('ib_cq', { context: 'any', sleeps: false }, ['comp_handler', 'event_handler']),
  ...callbackTable('ib_qp', { context: 'any', sleeps: false }, ['event_handler']),
  ...callbackTable('ib_srq', { context: 'any', sleeps: false }, ['event_handler']),
  ...callbackTable('ib_event_handler', { context: 'any' }, ['handler']),
  ...callbackTable('ib_client', {}, [
    { member: 'add',    phase: 'setup' },
    { member: 'remove', phase: 'teardown' },
  ]),
];
