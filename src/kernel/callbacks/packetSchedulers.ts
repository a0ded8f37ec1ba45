// packetSchedulers.ts
// Queueing disciplines, their classes and classifiers.

import { callbackTable } from '../callback.ts';
import type { CallbackLock } from '../callback.ts';
import { lockOf, rtnl } from './locks.ts';

// The lock of the root is held for the whole tree, unless the root does without.
const rootLock: CallbackLock = {
  kind: 'spinlock',
  type: 'qdisc_skb_head',
  member: 'lock',
  unless: ['TCQ_F_NOLOCK'],
};
const queueing = { holds: [rootLock], context: 'softirq', sleeps: false, masked: 'bh' } as const;

// prettier-ignore
export const qdiscOps = callbackTable('Qdisc_ops', { holds: [rtnl] }, [
  { member: 'init',    phase: 'setup' },
  { member: 'destroy', phase: 'teardown' },
  { member: 'reset',   sleeps: false },
  'change', 'attach', 'change_tx_queue_len', 'change_real_num_tx', 'dump', 'dump_stats',
  { member: 'enqueue', ...queueing },
  { member: 'dequeue', ...queueing },
  { member: 'peek',    ...queueing },
]);

// Filters that need no rtnl_mutex ask for the class and its block without it.
// prettier-ignore
export const qdiscClassOps = callbackTable('Qdisc_class_ops', { holds: [rtnl] }, [
  'graft', 'leaf', 'change', 'delete', 'walk', 'bind_tcf', 'unbind_tcf', 'dump', 'dump_stats',
  { member: 'find',        holds: [], context: 'any', sleeps: false },
  { member: 'tcf_block',   holds: [] },
  { member: 'qlen_notify', holds: [], context: 'any', sleeps: false },
]);

// Which of these hold rtnl_mutex, the flags of the classifier say.
// prettier-ignore
export const tcfProtoOps = callbackTable('tcf_proto_ops', {}, [
  'init', 'destroy', 'get', 'put', 'change', 'delete', 'walk', 'dump', 'tmplt_create', 'tmplt_destroy',
  { member: 'reoffload', holds: [{ ...lockOf('rwsem', 'tcf_block', 'cb_lock', 0, 'chain', 'block'), mode: 'read' }] },
  { member: 'classify', context: 'softirq', sleeps: false, masked: 'bh' },
]);
