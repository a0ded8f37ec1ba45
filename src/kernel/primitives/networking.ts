// networking.ts
// Locks of the network stack that are reached through a call of their own.

import { primitiveTable } from '../primitive.ts';

// prettier-ignore
export const rtnlPrimitives = primitiveTable({ kind: 'mutex', objectArgument: -1, object: 'rtnl_mutex' }, [
  { name: 'rtnl_lock',                  effect: 'acquire', sleeps: 'yes' },
  { name: 'rtnl_lock_killable',         effect: 'acquire', sleeps: 'yes', success: 'zero', endedBy: 'fatal signal' },
  { name: 'rtnl_net_lock',              effect: 'acquire', sleeps: 'yes', only: '6.12' },
  { name: 'refcount_dec_and_rtnl_lock', effect: 'try', sleeps: 'yes', success: 'nonzero' },
  { name: 'rtnl_net_trylock',           effect: 'try', success: 'nonzero', only: '6.12' },
  { name: 'rtnl_trylock',               effect: 'try', success: 'nonzero' },
  { name: '__rtnl_unlock',              effect: 'release' },
  { name: 'rtnl_net_unlock',            effect: 'release', sleeps: 'yes', only: '6.12' },
  { name: 'rtnl_unlock',                effect: 'release', sleeps: 'yes' },
  { name: 'ASSERT_RTNL',                effect: 'assert' },
  { name: 'lockdep_rtnl_is_held',       effect: 'assert' },
  { name: 'rtnl_is_locked',             effect: 'assert' },
]);

// prettier-ignore
export const devlinkPrimitives = primitiveTable({ kind: 'mutex', type: 'devlink', member: 'lock' }, [
  { name: 'devl_lock',          effect: 'acquire', sleeps: 'yes' },
  { name: 'devl_trylock',       effect: 'try', success: 'nonzero' },
  { name: 'devl_unlock',        effect: 'release' },
  { name: 'devl_assert_locked', effect: 'assert' },
  { name: 'devl_lock_is_held',  effect: 'assert' },
]);

// prettier-ignore
export const wiphyPrimitives = primitiveTable({ kind: 'mutex', type: 'wiphy', member: 'mtx' }, [
  { name: 'wiphy_lock',           effect: 'acquire', sleeps: 'yes' },
  { name: 'wiphy_unlock',         effect: 'release' },
  { name: 'lockdep_assert_wiphy', effect: 'assert' },
]);

// prettier-ignore
export const genlPrimitives = primitiveTable({ kind: 'mutex', sleeps: 'yes' }, [
  { name: 'genl_lock',              effect: 'acquire', objectArgument: -1, object: 'genl_mutex' },
  { name: 'genl_unlock',            effect: 'release', objectArgument: -1, object: 'genl_mutex', sleeps: 'no' },
  { name: 'genl_register_family',   kind: 'callbacks', effect: 'register', takesInside: 'cb_lock' },
  { name: 'genl_unregister_family', kind: 'callbacks', effect: 'unregister', waitsFor: 'callbacks', takesInside: 'cb_lock' },
]);

// prettier-ignore
export const sockPrimitives = primitiveTable({ kind: 'lock' }, [
  { name: 'bh_lock_sock',           effect: 'acquire', type: 'sock', member: 'sk_lock.slock' },
  { name: 'bh_lock_sock_nested',    effect: 'acquire', type: 'sock', member: 'sk_lock.slock' },
  { name: 'lock_sock',              effect: 'acquire', type: 'sock', member: 'sk_lock', sleeps: 'yes' },
  { name: 'lock_sock_fast',         effect: 'acquire', type: 'sock', member: 'sk_lock', sleeps: 'yes' },
  { name: 'lock_sock_fast_nested',  effect: 'acquire', type: 'sock', member: 'sk_lock', sleeps: 'yes' },
  { name: 'lock_sock_nested',       effect: 'acquire', type: 'sock', member: 'sk_lock', sleeps: 'yes' },
  { name: 'sockopt_lock_sock',      effect: 'acquire', type: 'sock', member: 'sk_lock', sleeps: 'yes' },
  { name: 'bh_unlock_sock',         effect: 'release', type: 'sock', member: 'sk_lock.slock' },
  { name: 'release_sock',           effect: 'release', type: 'sock', member: 'sk_lock', sleeps: 'yes' },
  { name: 'sockopt_release_sock',   effect: 'release', type: 'sock', member: 'sk_lock' },
  { name: 'unlock_sock_fast',       effect: 'release', type: 'sock', member: 'sk_lock' },
  { name: 'lockdep_sock_is_held',   effect: 'assert', type: 'sock', member: 'sk_lock' },
  { name: 'sock_owned_by_me',       effect: 'assert', type: 'sock', member: 'sk_lock' },
  { name: 'sock_owned_by_user',     effect: 'assert', type: 'sock', member: 'sk_lock' },
  { name: 'sock_hold',              kind: 'references', effect: 'get', type: 'sock' },
  { name: '__sock_put',             kind: 'references', effect: 'put', type: 'sock' },
  { name: 'sock_gen_put',           kind: 'references', effect: 'put' },
  { name: 'sock_put',               kind: 'references', effect: 'put', type: 'sock' },
  { name: 'sk_stream_wait_connect', kind: 'wait queue', effect: 'wait', sleeps: 'yes', takesInside: 'sock.sk_lock' },
  { name: 'sk_stream_wait_memory',  kind: 'wait queue', effect: 'wait', sleeps: 'yes', takesInside: 'sock.sk_lock' },
  { name: 'sk_wait_data',           kind: 'wait queue', effect: 'wait', sleeps: 'yes', takesInside: 'sock.sk_lock' },
  { name: 'sk_wait_event',          kind: 'wait queue', effect: 'wait', sleeps: 'yes', success: 'nonzero', takesInside: 'sock.sk_lock' },
]);

// prettier-ignore
export const netifTxPrimitives = primitiveTable({ kind: 'spinlock' }, [
  { name: 'HARD_TX_LOCK',         effect: 'acquire', objectArgument: 1, type: 'netdev_queue', member: '_xmit_lock' },
  { name: '__netif_tx_lock',      effect: 'acquire', type: 'netdev_queue', member: '_xmit_lock' },
  { name: '__netif_tx_lock_bh',   effect: 'acquire', type: 'netdev_queue', member: '_xmit_lock', disables: 'bh' },
  { name: 'netif_tx_lock',        effect: 'acquire', type: 'net_device', member: 'tx_global_lock' },
  { name: 'netif_tx_lock_bh',     effect: 'acquire', type: 'net_device', member: 'tx_global_lock', disables: 'bh' },
  { name: '__netif_tx_trylock',   effect: 'try', type: 'netdev_queue', member: '_xmit_lock', success: 'nonzero' },
  { name: 'HARD_TX_UNLOCK',       effect: 'release', objectArgument: 1, type: 'netdev_queue', member: '_xmit_lock' },
  { name: '__netif_tx_unlock',    effect: 'release', type: 'netdev_queue', member: '_xmit_lock' },
  { name: '__netif_tx_unlock_bh', effect: 'release', type: 'netdev_queue', member: '_xmit_lock', disables: 'bh' },
  { name: 'netif_tx_unlock',      effect: 'release', type: 'net_device', member: 'tx_global_lock' },
  { name: 'netif_tx_unlock_bh',   effect: 'release', type: 'net_device', member: 'tx_global_lock', disables: 'bh' },
  { name: 'netif_tx_disable',     kind: 'callbacks', effect: 'disable' },
]);

// prettier-ignore
export const netifAddrPrimitives = primitiveTable({ kind: 'spinlock', type: 'net_device', member: 'addr_list_lock' }, [
  { name: 'netif_addr_lock',      effect: 'acquire' },
  { name: 'netif_addr_lock_bh',   effect: 'acquire', disables: 'bh' },
  { name: 'netif_addr_unlock',    effect: 'release' },
  { name: 'netif_addr_unlock_bh', effect: 'release', disables: 'bh' },
]);

// prettier-ignore
export const qdiscPrimitives = primitiveTable({ kind: 'spinlock' }, [
  { name: 'sch_tree_lock',   effect: 'acquire', type: 'qdisc_skb_head', member: 'lock', disables: 'bh' },
  { name: 'sch_tree_unlock', effect: 'release', type: 'qdisc_skb_head', member: 'lock', disables: 'bh' },
]);

// prettier-ignore
export const mdioPrimitives = primitiveTable({ kind: 'mutex', type: 'mii_bus', member: 'mdio_lock' }, [
  { name: 'phy_lock_mdio_bus',   effect: 'acquire', sleeps: 'yes' },
  { name: 'phy_select_page',     effect: 'acquire', sleeps: 'yes' },
  { name: 'phy_restore_page',    effect: 'release' },
  { name: 'phy_unlock_mdio_bus', effect: 'release' },
]);

// prettier-ignore
export const phyPrimitives = primitiveTable({ kind: 'callbacks' }, [
  { name: 'phy_detach',              effect: 'unregister', sleeps: 'yes' },
  { name: 'phy_disconnect',          effect: 'unregister', sleeps: 'yes', waitsFor: 'work', takesInside: 'phy_device.lock' },
  { name: 'phy_mac_interrupt',       effect: 'queue' },
  { name: 'phy_queue_state_machine', effect: 'queue' },
  { name: 'phy_trigger_machine',     effect: 'queue' },
  { name: 'phy_stop',                effect: 'wait', sleeps: 'yes', waitsFor: 'work', takesInside: 'phy_device.lock' },
]);

// prettier-ignore
export const phylinkPrimitives = primitiveTable({ kind: 'work', sleeps: 'yes' }, [
  { name: 'phylink_destroy',        effect: 'wait' },
  { name: 'phylink_disconnect_phy', effect: 'wait' },
  { name: 'phylink_stop',           effect: 'wait' },
]);

// prettier-ignore
export const bluetoothPrimitives = primitiveTable({ kind: 'mutex' }, [
  { name: 'hci_dev_lock',        effect: 'acquire', type: 'hci_dev', member: 'lock', sleeps: 'yes' },
  { name: 'hci_req_sync_lock',   effect: 'acquire', type: 'hci_dev', member: 'req_lock', sleeps: 'yes' },
  { name: 'l2cap_chan_lock',     effect: 'acquire', type: 'l2cap_chan', member: 'lock', sleeps: 'yes' },
  { name: 'hci_dev_unlock',      effect: 'release', type: 'hci_dev', member: 'lock' },
  { name: 'hci_req_sync_unlock', effect: 'release', type: 'hci_dev', member: 'req_lock' },
  { name: 'l2cap_chan_unlock',   effect: 'release', type: 'l2cap_chan', member: 'lock' },
]);

// prettier-ignore
export const rdmaPrimitives = primitiveTable({ kind: 'callbacks', sleeps: 'yes' }, [
  { name: 'rdma_lock_handler',    kind: 'mutex', effect: 'acquire', type: 'rdma_id_private', member: 'handler_mutex' },
  { name: 'rdma_unlock_handler',  kind: 'mutex', effect: 'release', type: 'rdma_id_private', member: 'handler_mutex', sleeps: 'no' },
  { name: 'rdma_create_id',       effect: 'register', objectArgument: -1, object: 'rdma_cm_id', handlerArgument: 1 },
  { name: 'ib_unregister_device', effect: 'unregister', waitsFor: 'callbacks', takesInside: 'devices_rwsem' },
  { name: 'ib_destroy_cm_id',     effect: 'wait' },
  { name: 'ib_drain_qp',          effect: 'wait', waitsFor: 'transfer' },
  { name: 'ib_drain_rq',          effect: 'wait', waitsFor: 'transfer' },
  { name: 'ib_drain_sq',          effect: 'wait', waitsFor: 'transfer' },
  { name: 'rdma_destroy_id',      effect: 'wait' },
]);
