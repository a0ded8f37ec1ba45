// netdevices.ts
// Network devices: net_device_ops, rtnetlink and ethtool.

import { callbackTable } from '../callback.ts';
import type { CallbackLock } from '../callback.ts';
import { lockOf, rtnl } from './locks.ts';

// HARD_TX_LOCK takes nothing for devices that say that they lock for themselves.
const txLock: CallbackLock = {
  kind: 'spinlock',
  type: 'netdev_queue',
  member: '_xmit_lock',
  unless: ['NETIF_F_LLTX', 'lltx'],
};
// Registration takes it for writing, a new namespace for reading.
const pernet: CallbackLock = { kind: 'rwsem', mode: 'read', object: 'pernet_ops_rwsem' };
const watchdogLock = lockOf('spinlock', 'net_device', 'tx_global_lock');
const addressLock = lockOf('spinlock', 'net_device', 'addr_list_lock');

// prettier-ignore
export const netDeviceOps = callbackTable('net_device_ops', { holds: [rtnl] }, [
  { member: 'ndo_init',   phase: 'setup' },
  { member: 'ndo_uninit', phase: 'teardown' },
  'ndo_open', 'ndo_stop', 'ndo_change_mtu', 'ndo_set_mac_address', 'ndo_validate_addr', 'ndo_change_rx_flags', 'ndo_set_config',
  'ndo_fix_features', 'ndo_set_features', 'ndo_vlan_rx_add_vid', 'ndo_vlan_rx_kill_vid', 'ndo_eth_ioctl', 'ndo_siocbond', 'ndo_siocwandev',
  'ndo_siocdevprivate', 'ndo_set_vf_mac', 'ndo_set_vf_vlan', 'ndo_set_vf_rate', 'ndo_set_vf_spoofchk', 'ndo_get_vf_config',
  'ndo_set_vf_link_state', 'ndo_get_vf_stats', 'ndo_set_vf_trust', 'ndo_set_vf_rss_query_en', 'ndo_set_vf_port', 'ndo_get_vf_port',
  'ndo_set_vf_guid', 'ndo_get_vf_guid', 'ndo_bpf', 'ndo_netpoll_setup', 'ndo_netpoll_cleanup', 'ndo_add_slave', 'ndo_del_slave',
  'ndo_fdb_add', 'ndo_fdb_del', 'ndo_fdb_del_bulk', 'ndo_fdb_dump', 'ndo_fdb_get', 'ndo_bridge_setlink', 'ndo_bridge_getlink',
  'ndo_bridge_dellink', 'ndo_set_tx_maxrate', 'ndo_change_carrier', 'ndo_get_phys_port_name', 'ndo_get_port_parent_id',
  'ndo_get_phys_port_id', 'ndo_dfwd_add_station', 'ndo_dfwd_del_station',
  { member: 'ndo_hwtstamp_get', only: '6.12' },
  { member: 'ndo_hwtstamp_set', only: '6.12' },
  { member: 'ndo_setup_tc',           holds: [] },
  { member: 'ndo_do_ioctl',           holds: [] },
  { member: 'ndo_start_xmit',         holds: [txLock], context: 'softirq', sleeps: false, masked: 'bh' },
  { member: 'ndo_tx_timeout',         holds: [watchdogLock], context: 'softirq', sleeps: false, masked: 'bh' },
  { member: 'ndo_set_rx_mode',        holds: [addressLock], context: 'any', sleeps: false, masked: 'bh' },
  { member: 'ndo_get_stats64',        holds: [], sleeps: false },
  { member: 'ndo_get_stats',          holds: [], sleeps: false },
  { member: 'ndo_select_queue',       holds: [], context: 'any', sleeps: false, masked: 'bh' },
  { member: 'ndo_features_check',     holds: [], context: 'any', sleeps: false, masked: 'bh' },
  { member: 'ndo_xdp_xmit',           holds: [], context: 'softirq', sleeps: false, masked: 'bh' },
  { member: 'ndo_xsk_wakeup',         holds: [], context: 'any', sleeps: false },
  { member: 'ndo_poll_controller',    holds: [], context: 'any', sleeps: false, masked: 'irq' },
  { member: 'ndo_rx_flow_steer',      holds: [], context: 'softirq', sleeps: false, masked: 'bh' },
  { member: 'ndo_neigh_setup',        holds: [], context: 'any', sleeps: false },
  { member: 'ndo_neigh_construct',    holds: [], context: 'any', sleeps: false },
  { member: 'ndo_neigh_destroy',      holds: [], context: 'any', sleeps: false },
  { member: 'ndo_get_iflink',         holds: [], context: 'any', sleeps: false },
  { member: 'ndo_get_xmit_slave',     holds: [], context: 'any', sleeps: false },
  { member: 'ndo_sk_get_lower_dev',   holds: [], context: 'any', sleeps: false },
  { member: 'ndo_fill_forward_path',  holds: [], context: 'any', sleeps: false },
  { member: 'ndo_fill_metadata_dst',  holds: [], context: 'any', sleeps: false },
  { member: 'ndo_xdp_get_xmit_slave', holds: [], context: 'softirq', sleeps: false, masked: 'bh' },
]);

// The destructor runs in netdev_run_todo, after rtnl_mutex was let go.
// prettier-ignore
export const netDeviceMembers = callbackTable('net_device', {}, [
  { member: 'priv_destructor', phase: 'teardown' },
]);

// prettier-ignore
export const napiMembers = callbackTable('napi_struct', { context: 'softirq', sleeps: false, masked: 'bh' }, ['poll']);

// prettier-ignore
export const headerOps = callbackTable('header_ops', { context: 'any', sleeps: false }, [
  'create', 'parse', 'cache', 'cache_update', 'validate', 'parse_protocol',
]);

// prettier-ignore
export const rtnlLinkOps = callbackTable('rtnl_link_ops', { holds: [rtnl] }, [
  { member: 'setup',    phase: 'setup' },
  { member: 'validate', phase: 'setup' },
  { member: 'alloc',    phase: 'setup' },
  { member: 'newlink',  phase: 'setup' },
  { member: 'dellink',  phase: 'teardown' },
  'changelink', 'slave_changelink', 'get_size', 'fill_info', 'get_num_tx_queues', 'get_num_rx_queues', 'get_link_net', 'fill_xstats',
  'fill_linkxstats', 'fill_slave_info',
]);

// prettier-ignore
export const rtnlAfOps = callbackTable('rtnl_af_ops', { holds: [rtnl] }, ['set_link_af', 'validate_link_af', 'fill_link_af']);

// prettier-ignore
export const pernetOperations = callbackTable('pernet_operations', { holds: [pernet] }, [
  { member: 'init',       phase: 'setup' },
  { member: 'pre_exit',   phase: 'teardown' },
  { member: 'exit',       phase: 'teardown' },
  { member: 'exit_batch', phase: 'teardown' },
  { member: 'exit_batch_rtnl', holds: [pernet, rtnl], phase: 'teardown' },
  { member: 'exit_rtnl',  holds: [pernet, rtnl], phase: 'teardown', only: '6.12' },
]);

// The module flash work of 6.12 reads and writes module memory without rtnl_mutex.
// prettier-ignore
export const ethtoolOps = callbackTable('ethtool_ops', { holds: [rtnl] }, [
  'get_drvinfo', 'get_link_ksettings', 'set_link_ksettings', 'get_coalesce', 'set_coalesce', 'get_per_queue_coalesce', 'set_per_queue_coalesce',
  'get_ringparam', 'set_ringparam', 'get_channels', 'set_channels', 'get_pauseparam', 'set_pauseparam', 'get_pause_stats', 'get_ethtool_stats',
  'get_strings', 'get_sset_count', 'get_regs', 'get_regs_len', 'get_wol', 'set_wol', 'get_msglevel', 'set_msglevel', 'nway_reset', 'get_link',
  'get_link_ext_state', 'get_eeprom', 'get_eeprom_len', 'set_eeprom', 'get_rxnfc', 'set_rxnfc', 'get_rxfh', 'set_rxfh', 'get_rxfh_key_size',
  'get_rxfh_indir_size', 'self_test', 'get_ts_info', 'get_eee', 'set_eee', 'get_fecparam', 'set_fecparam', 'get_fec_stats', 'get_module_info',
  'get_module_eeprom', 'get_priv_flags', 'set_priv_flags', 'get_dump_flag', 'get_dump_data', 'set_dump', 'begin', 'complete', 'reset',
  'flash_device', 'get_tunable', 'set_tunable', 'get_phy_tunable', 'set_phy_tunable', 'get_ethtool_phy_stats', 'get_eth_mac_stats',
  'get_eth_phy_stats', 'get_eth_ctrl_stats', 'get_rmon_stats', 'get_module_power_mode', 'set_module_power_mode', 'set_phys_id',
  { member: 'get_mm',              only: '6.12' },
  { member: 'set_mm',              only: '6.12' },
  { member: 'get_mm_stats',        only: '6.12' },
  { member: 'get_link_ext_stats',  only: '6.12' },
  { member: 'create_rxfh_context', only: '6.12' },
  { member: 'modify_rxfh_context', only: '6.12' },
  { member: 'remove_rxfh_context', only: '6.12' },
  { member: 'get_rxfh_context',    only: '6.1' },
  { member: 'set_rxfh_context',    only: '6.1' },
  { member: 'get_module_eeprom_by_page', holds: [] },
  { member: 'set_module_eeprom_by_page', holds: [], only: '6.12' },
]);
