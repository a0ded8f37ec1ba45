// phys.ts
// PHYs and what drives them: phylib, phylink, MDIO buses. phylink keeps its state_mutex to itself and takes it on most
// ways only, so it is not claimed.

import { callbackTable } from '../callback.ts';
import { lockOf } from './locks.ts';

const phyLock = lockOf('mutex', 'phy_device', 'lock');
const busLock = lockOf('mutex', 'mii_bus', 'mdio_lock');

// prettier-ignore
export const phyDriver = callbackTable('phy_driver', { holds: [phyLock] }, [
  'config_aneg', 'aneg_done', 'read_status', 'resume', 'handle_interrupt', 'get_stats', 'get_strings', 'get_sset_count', 'get_tunable',
  'set_tunable', 'set_loopback', 'cable_test_start', 'cable_test_tdr_start', 'get_sqi', 'get_sqi_max',
  { member: 'get_wol', only: '6.12' },
  { member: 'set_wol', only: '6.12' },
  { member: 'get_wol', holds: [], only: '6.1' },
  { member: 'set_wol', holds: [], only: '6.1' },
  { member: 'led_brightness_set', only: '6.12' },
  { member: 'config_init', holds: [] },
  { member: 'soft_reset',  holds: [] },
  { member: 'config_intr', holds: [] },
  { member: 'suspend',     holds: [] },
  { member: 'module_info', holds: [] },
  { member: 'link_change_notify', holds: [] },
]);

// prettier-ignore
export const phyDevice = callbackTable('phy_device', { holds: [phyLock] }, [
  'phy_link_change',
  { member: 'adjust_link', holds: [lockOf('mutex', 'phy_device', 'lock', 0, 'phydev')] },
]);

// prettier-ignore
export const phylinkMacOps = callbackTable('phylink_mac_ops', {}, [
  'mac_config', 'mac_link_up', 'mac_link_down', 'mac_select_pcs', 'mac_prepare', 'mac_finish',
]);

// prettier-ignore
export const phylinkPcsOps = callbackTable('phylink_pcs_ops', {}, ['pcs_validate', 'pcs_get_state', 'pcs_config', 'pcs_an_restart', 'pcs_link_up']);

// prettier-ignore
export const miiBus = callbackTable('mii_bus', { holds: [busLock] }, [
  'read', 'write',
  { member: 'read_c45',  only: '6.12' },
  { member: 'write_c45', only: '6.12' },
  { member: 'reset',     holds: [], phase: 'setup' },
]);
