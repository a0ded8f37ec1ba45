// links.ts
// Ports of switches, and what PPP runs over. Read in 6.1 and 6.12: net/dsa/ (ports come up and join bridges under
// rtnl_mutex only) and ppp_generic.c.

import { callbackTable } from '../callback.ts';
import type { CallbackLock } from '../callback.ts';
import { rtnl } from './locks.ts';

// prettier-ignore
export const switchOps = callbackTable('dsa_switch_ops', { holds: [rtnl] }, [
  'port_enable', 'port_disable', 'port_bridge_join', 'port_bridge_leave', 'port_change_mtu', 'get_ethtool_stats',
  { member: 'setup',    holds: [], phase: 'setup' },
  { member: 'teardown', holds: [], phase: 'teardown' },
]);

const down: CallbackLock = { kind: 'spinlock', type: 'channel', member: 'downl' };

// prettier-ignore
export const pppChannelOps = callbackTable('ppp_channel_ops', {}, [
  { member: 'start_xmit', holds: [down], context: 'any', sleeps: false, masked: 'bh' },
  'ioctl',
]);
