// wireless.ts
// Wireless devices: cfg80211_ops and, one layer below, ieee80211_ops.

import { callbackTable } from '../callback.ts';
import type { CallbackLock } from '../callback.ts';
import { rtnl, wiphyLock } from './locks.ts';

const wiphy: CallbackLock = wiphyLock(0);
const wiphyOfHw: CallbackLock = wiphyLock(0, 'wiphy');

// The dumps of wiphys and interfaces ask with rtnl_mutex alone.
// prettier-ignore
export const cfg80211Ops = callbackTable('cfg80211_ops', { holds: [wiphy] }, [
  'add_intf_link', 'del_intf_link', 'add_key', 'get_key', 'del_key', 'set_default_key', 'set_default_mgmt_key', 'set_default_beacon_key',
  'start_ap', 'change_beacon', 'stop_ap', 'add_station', 'del_station', 'change_station', 'get_station', 'dump_station', 'add_mpath',
  'del_mpath', 'change_mpath', 'get_mpath', 'dump_mpath', 'get_mpp', 'dump_mpp', 'get_mesh_config', 'update_mesh_config', 'join_mesh',
  'leave_mesh', 'join_ocb', 'leave_ocb', 'change_bss', 'set_txq_params', 'libertas_set_mesh_channel', 'set_monitor_channel', 'scan',
  'abort_scan', 'auth', 'assoc', 'deauth', 'disassoc', 'connect', 'update_connect_params', 'disconnect', 'join_ibss', 'leave_ibss',
  'set_mcast_rate', 'set_wiphy_params', 'set_tx_power', 'rfkill_poll', 'testmode_cmd', 'set_bitrate_mask', 'dump_survey', 'set_pmksa',
  'del_pmksa', 'flush_pmksa', 'remain_on_channel', 'cancel_remain_on_channel', 'mgmt_tx', 'mgmt_tx_cancel_wait', 'set_power_mgmt',
  'set_cqm_rssi_config', 'set_cqm_rssi_range_config', 'set_cqm_txe_config', 'update_mgmt_frame_registrations', 'set_antenna',
  'sched_scan_start', 'sched_scan_stop', 'set_rekey_data', 'tdls_mgmt', 'tdls_oper', 'probe_client', 'set_noack_map', 'start_p2p_device',
  'stop_p2p_device', 'set_mac_acl', 'start_radar_detection', 'end_cac', 'update_ft_ies', 'crit_proto_start', 'crit_proto_stop',
  'set_coalesce', 'channel_switch', 'set_qos_map', 'set_ap_chanwidth', 'add_tx_ts', 'del_tx_ts', 'tdls_channel_switch',
  'tdls_cancel_channel_switch', 'start_nan', 'stop_nan', 'add_nan_func', 'del_nan_func', 'nan_change_conf', 'set_multicast_to_unicast',
  'set_pmk', 'del_pmk', 'external_auth', 'tx_control_port', 'get_ftm_responder_stats', 'start_pmsr', 'abort_pmsr', 'update_owe_info',
  'probe_mesh_link', 'set_tid_config', 'reset_tid_config', 'set_sar_specs', 'color_change', 'set_fils_aad', 'set_radar_background',
  'add_link_station', 'mod_link_station', 'del_link_station', 'set_hw_timestamp',
  { member: 'add_virtual_intf', holds: [rtnl, wiphy], phase: 'setup' },
  { member: 'del_virtual_intf', holds: [rtnl, wiphy], phase: 'teardown' },
  { member: 'change_virtual_intf', holds: [rtnl, wiphy] },
  { member: 'suspend', holds: [rtnl, wiphy] },
  { member: 'resume', holds: [rtnl, wiphy] },
  { member: 'get_antenna', holds: [] },
  { member: 'get_channel', holds: [] },
  { member: 'get_tx_power', holds: [] },
  { member: 'get_txq_stats', holds: [] },
  { member: 'set_wakeup', holds: [] },
  { member: 'testmode_dump', holds: [rtnl] },
  { member: 'inform_bss', holds: [], context: 'any', sleeps: false, masked: 'bh', only: '6.12' },
  { member: 'set_ttlm', only: '6.12' },
  { member: 'get_radio_mask', holds: [], only: '6.12' },
]);

// From 6.7 on everything that may sleep is called under the mutex of the wiphy; before, under locks of mac80211's own.
// prettier-ignore
const sleeping = [
  'abort_channel_switch', 'abort_pmsr', 'add_chanctx', 'add_interface', 'add_nan_func', 'add_twt_setup', 'ampdu_action',
  'assign_vif_chanctx', 'bss_info_changed', 'cancel_hw_scan', 'cancel_remain_on_channel', 'change_chanctx', 'change_interface',
  'change_sta_links', 'change_vif_links', 'channel_switch', 'channel_switch_beacon', 'channel_switch_rx_beacon', 'conf_tx', 'config',
  'config_iface_filter', 'configure_filter', 'del_nan_func', 'flush', 'get_antenna', 'get_ftm_responder_stats', 'get_ringparam',
  'get_stats', 'get_survey', 'get_tsf', 'get_txpower', 'hw_scan', 'join_ibss', 'leave_ibss', 'link_info_changed', 'mgd_complete_tx',
  'mgd_prepare_tx', 'mgd_protect_tdls_discover', 'nan_change_conf', 'offset_tsf', 'post_channel_switch', 'pre_channel_switch',
  'reconfig_complete', 'remain_on_channel', 'remove_chanctx', 'remove_interface', 'reset_tid_config', 'reset_tsf', 'resume',
  'rfkill_poll', 'sched_scan_start', 'sched_scan_stop', 'set_antenna', 'set_bitrate_mask', 'set_coverage_class',
  'set_default_unicast_key', 'set_frag_threshold', 'set_key', 'set_rekey_data', 'set_ringparam', 'set_rts_threshold', 'set_tid_config',
  'set_tsf', 'set_wakeup', 'sta_add', 'sta_add_debugfs', 'sta_pre_rcu_remove', 'sta_remove', 'sta_set_4addr', 'sta_set_decap_offload',
  'sta_set_txpwr', 'sta_state', 'sta_statistics', 'start', 'start_ap', 'start_nan', 'start_pmsr', 'stop', 'stop_ap', 'stop_nan',
  'suspend', 'sw_scan_complete', 'sw_scan_start', 'switch_vif_chanctx', 'sync_rx_queues', 'tdls_cancel_channel_switch',
  'tdls_channel_switch', 'twt_teardown_request', 'tx_frames_pending', 'tx_last_beacon', 'unassign_vif_chanctx', 'update_vif_offload',
  'vif_cfg_changed',
];

// prettier-ignore
export const ieee80211Ops = callbackTable('ieee80211_ops', { holds: [wiphyOfHw], only: '6.12' }, [
  ...sleeping,
  'can_activate_links', 'flush_sta', 'link_add_debugfs', 'link_sta_add_debugfs',
]);

// prettier-ignore
export const ieee80211OpsBefore = callbackTable('ieee80211_ops', { only: '6.1' }, sleeping);

// prettier-ignore
export const ieee80211AtomicOps = callbackTable('ieee80211_ops', { context: 'any', sleeps: false }, [
  { member: 'tx',                context: 'softirq', masked: 'bh' },
  { member: 'wake_tx_queue',     context: 'softirq', masked: 'bh' },
  { member: 'prepare_multicast', masked: 'bh' },
  'set_tim', 'update_tkip_key', 'get_key_seq', 'sta_notify', 'sta_rc_update', 'sta_rate_tbl_update', 'event_callback',
  'release_buffered_frames', 'allow_buffered_frames',
]);

// Works of a wiphy run one at a time, under its mutex.
// prettier-ignore
export const wiphyWork = callbackTable('wiphy_work', { holds: [wiphy] }, ['func']);
