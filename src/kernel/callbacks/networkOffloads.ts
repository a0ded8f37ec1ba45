// networkOffloads.ts
// What network devices do for others: devlink, IPsec, TLS, MACsec, clocks, generic netlink.

import { callbackTable } from '../callback.ts';
import type { Callback, CallbackLock } from '../callback.ts';
import { deviceLock, devlinkLock, lockOf, rtnl } from './locks.ts';

const devlink = devlinkLock(0);
const someDevlink: CallbackLock = { kind: 'mutex', type: 'devlink', member: 'lock' };
const families: CallbackLock = { kind: 'rwsem', mode: 'read', object: 'cb_lock' };
const devlinkOfPort = devlinkLock(0, 'devlink');

// In 6.12 a reload also locks the device, before it locks devlink.
// prettier-ignore
export const devlinkOps = callbackTable('devlink_ops', { holds: [devlink] }, [
  { member: 'reload_down', only: '6.1' },
  { member: 'reload_up',   only: '6.1' },
  { member: 'reload_down', holds: [deviceLock(0, 'dev'), devlink], only: '6.12' },
  { member: 'reload_up',   holds: [deviceLock(0, 'dev'), devlink], only: '6.12' },
  'sb_pool_get', 'sb_pool_set', 'sb_occ_snapshot', 'sb_occ_max_clear', 'eswitch_mode_get', 'eswitch_mode_set', 'eswitch_inline_mode_get',
  'eswitch_inline_mode_set', 'eswitch_encap_mode_get', 'eswitch_encap_mode_set', 'info_get', 'flash_update', 'trap_init', 'trap_fini',
  'trap_action_set', 'trap_group_init', 'trap_group_set', 'trap_group_action_set', 'trap_drop_counter_get', 'trap_policer_init',
  'trap_policer_fini', 'trap_policer_set', 'trap_policer_counter_get', 'port_new', 'selftest_check', 'selftest_run',
  { member: 'sb_port_pool_get',        holds: [devlinkOfPort] },
  { member: 'sb_port_pool_set',        holds: [devlinkOfPort] },
  { member: 'sb_tc_pool_bind_get',     holds: [devlinkOfPort] },
  { member: 'sb_tc_pool_bind_set',     holds: [devlinkOfPort] },
  { member: 'sb_occ_port_pool_get',    holds: [devlinkOfPort] },
  { member: 'sb_occ_tc_port_bind_get', holds: [devlinkOfPort] },
  { member: 'rate_leaf_tx_share_set',  holds: [devlinkOfPort] },
  { member: 'rate_leaf_tx_max_set',    holds: [devlinkOfPort] },
  { member: 'rate_node_tx_share_set',  holds: [devlinkOfPort] },
  { member: 'rate_node_tx_max_set',    holds: [devlinkOfPort] },
  { member: 'rate_node_new',           holds: [devlinkOfPort] },
  { member: 'rate_node_del',           holds: [devlinkOfPort] },
  { member: 'rate_leaf_parent_set',    holds: [devlinkOfPort] },
  { member: 'rate_node_parent_set',    holds: [devlinkOfPort] },
  { member: 'port_type_set',               holds: [devlinkOfPort], only: '6.1' },
  { member: 'port_function_hw_addr_get',   holds: [devlinkOfPort], only: '6.1' },
  { member: 'port_function_hw_addr_set',   holds: [devlinkOfPort], only: '6.1' },
  { member: 'port_fn_state_get',           holds: [devlinkOfPort], only: '6.1' },
  { member: 'port_fn_state_set',           holds: [devlinkOfPort], only: '6.1' },
  { member: 'port_split',   only: '6.1' },
  { member: 'port_unsplit', only: '6.1' },
  { member: 'port_del',     only: '6.1' },
]);

// prettier-ignore
export const devlinkPortOps = callbackTable('devlink_port_ops', { holds: [devlinkOfPort], only: '6.12' }, [
  { member: 'port_split',   holds: [devlink] },
  { member: 'port_unsplit', holds: [devlink] },
  { member: 'port_del',     holds: [devlink] },
  'port_type_set', 'port_fn_hw_addr_get', 'port_fn_hw_addr_set', 'port_fn_roce_get', 'port_fn_roce_set', 'port_fn_migratable_get',
  'port_fn_migratable_set', 'port_fn_state_get', 'port_fn_state_set', 'port_fn_ipsec_crypto_get', 'port_fn_ipsec_crypto_set',
  'port_fn_ipsec_packet_get', 'port_fn_ipsec_packet_set', 'port_fn_max_io_eqs_get', 'port_fn_max_io_eqs_set',
]);

// 6.1 asks a health reporter for a dump under a lock of the reporter and without that of devlink.
// prettier-ignore
export const devlinkCallbacks: readonly Callback[] = [
  ...callbackTable('devlink_param', { holds: [devlink] }, ['get', 'set', 'validate']),
  ...callbackTable('devlink_health_reporter_ops', { holds: [someDevlink] }, [
    'recover', 'diagnose', 'test',
    { member: 'dump', only: '6.12' },
    { member: 'dump', holds: [], only: '6.1' },
  ]),
  ...callbackTable('devlink_region_ops', { holds: [devlink] }, [
    'snapshot',
    { member: 'read', only: '6.12' },
    { member: 'destructor', holds: [], phase: 'teardown' },
  ]),
];

// prettier-ignore
export const xfrmdevOps = callbackTable('xfrmdev_ops', {}, [
  'xdo_dev_state_add',
  { member: 'xdo_dev_state_delete', holds: [lockOf('spinlock', 'xfrm_state', 'lock')], context: 'any', sleeps: false, masked: 'bh' },
  { member: 'xdo_dev_state_free',        context: 'any', phase: 'teardown' },
  { member: 'xdo_dev_offload_ok',        context: 'softirq', sleeps: false, masked: 'bh' },
  { member: 'xdo_dev_state_advance_esn', holds: [lockOf('spinlock', 'xfrm_state', 'lock')], context: 'softirq', sleeps: false, masked: 'bh' },
  { member: 'xdo_dev_policy_add',    only: '6.12' },
  { member: 'xdo_dev_policy_delete', context: 'any', only: '6.12' },
  { member: 'xdo_dev_policy_free',   context: 'any', phase: 'teardown', only: '6.12' },
]);

// prettier-ignore
export const tlsdevOps = callbackTable('tlsdev_ops', {}, [
  { member: 'tls_dev_add', holds: [lockOf('lock', 'sock', 'sk_lock', 1), { kind: 'rwsem', mode: 'read', object: 'device_offload_lock' }] },
  'tls_dev_del',
  { member: 'tls_dev_resync', context: 'any' },
]);

// prettier-ignore
export const macsecOps = callbackTable('macsec_ops', { holds: [rtnl] }, [
  'mdo_dev_open', 'mdo_dev_stop', 'mdo_add_secy', 'mdo_upd_secy', 'mdo_del_secy', 'mdo_add_rxsc', 'mdo_upd_rxsc', 'mdo_del_rxsc',
  'mdo_add_rxsa', 'mdo_upd_rxsa', 'mdo_del_rxsa', 'mdo_add_txsa', 'mdo_upd_txsa', 'mdo_del_txsa', 'mdo_get_dev_stats', 'mdo_get_tx_sc_stats',
  'mdo_get_tx_sa_stats', 'mdo_get_rx_sc_stats', 'mdo_get_rx_sa_stats',
  { member: 'mdo_insert_tx_tag', holds: [], context: 'softirq', sleeps: false, masked: 'bh', only: '6.12' },
]);

// prettier-ignore
export const ptpClockInfo = callbackTable('ptp_clock_info', {}, [
  'adjfine', 'adjphase', 'adjtime', 'gettime64', 'gettimex64', 'settime64', 'getcrosststamp', 'enable', 'verify', 'do_aux_work',
]);

// Families choose with their flags whether genl_mutex is taken. A dump goes on in later reads, without cb_lock.
// prettier-ignore
export const genericNetlink: readonly Callback[] = [
  ...callbackTable('genl_ops', {}, [{ member: 'doit', holds: [families] }, 'start', 'dumpit', 'done']),
  ...callbackTable('genl_small_ops', {}, [{ member: 'doit', holds: [families] }, 'dumpit']),
  ...callbackTable('genl_split_ops', { only: '6.12' }, [
    { member: 'pre_doit',  holds: [families] },
    { member: 'doit',      holds: [families] },
    { member: 'post_doit', holds: [families] },
    'start', 'dumpit', 'done',
  ]),
];
