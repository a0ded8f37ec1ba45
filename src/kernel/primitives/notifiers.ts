// notifiers.ts
// Chains of callbacks, and the assertions of lockdep. Registering names the chain and the block that is put on it;
// unregistering names the block, since that is what runs and what is waited for.

import { primitiveTable } from '../primitive.ts';

// prettier-ignore
export const notifierPrimitives = primitiveTable({ kind: 'notifier chain', sleeps: 'yes' }, [
  { name: 'atomic_notifier_chain_register',      effect: 'register', blockArgument: 1, sleeps: 'no', takesInside: 'atomic_notifier_head.lock' },
  { name: 'blocking_notifier_chain_register',    effect: 'register', blockArgument: 1, takesInside: 'blocking_notifier_head.rwsem' },
  { name: 'bus_register_notifier',               effect: 'register', blockArgument: 1 },
  { name: 'raw_notifier_chain_register',         effect: 'register', blockArgument: 1, sleeps: 'no' },
  { name: 'register_inet6addr_notifier',         effect: 'register', objectArgument: -1, object: 'inet6addr_chain', blockArgument: 0 },
  { name: 'register_inetaddr_notifier',          effect: 'register', objectArgument: -1, object: 'inetaddr_chain', blockArgument: 0 },
  { name: 'register_module_notifier',            effect: 'register', objectArgument: -1, object: 'module_notify_list', blockArgument: 0 },
  { name: 'register_netdevice_notifier',         effect: 'register', objectArgument: -1, object: 'netdev_chain', blockArgument: 0, takesInside: 'rtnl_mutex' },
  { name: 'register_netdevice_notifier_net',     effect: 'register', type: 'net', member: 'netdev_chain', blockArgument: 1, takesInside: 'rtnl_mutex' },
  { name: 'register_netevent_notifier',          effect: 'register', objectArgument: -1, object: 'netevent_notif_chain', blockArgument: 0 },
  { name: 'register_pm_notifier',                effect: 'register', objectArgument: -1, object: 'pm_chain_head', blockArgument: 0 },
  { name: 'register_reboot_notifier',            effect: 'register', objectArgument: -1, object: 'reboot_notifier_list', blockArgument: 0 },
  { name: 'srcu_notifier_chain_register',        effect: 'register', blockArgument: 1, takesInside: 'srcu_notifier_head.mutex' },
  { name: 'atomic_notifier_chain_unregister',    effect: 'unregister', objectArgument: 1, waitsFor: 'rcu', takesInside: 'atomic_notifier_head.lock' },
  { name: 'blocking_notifier_chain_unregister',  effect: 'unregister', objectArgument: 1, waitsFor: 'callbacks', takesInside: 'blocking_notifier_head.rwsem' },
  { name: 'bus_unregister_notifier',             effect: 'unregister', objectArgument: 1, waitsFor: 'callbacks' },
  { name: 'raw_notifier_chain_unregister',       effect: 'unregister', objectArgument: 1, sleeps: 'no' },
  { name: 'srcu_notifier_chain_unregister',      effect: 'unregister', objectArgument: 1, waitsFor: 'srcu', takesInside: 'srcu_notifier_head.mutex' },
  { name: 'unregister_inet6addr_notifier',       effect: 'unregister', waitsFor: 'rcu' },
  { name: 'unregister_inetaddr_notifier',        effect: 'unregister', waitsFor: 'callbacks' },
  { name: 'unregister_module_notifier',          effect: 'unregister', waitsFor: 'callbacks' },
  { name: 'unregister_netdevice_notifier',       effect: 'unregister', waitsFor: 'callbacks', takesInside: 'rtnl_mutex' },
  { name: 'unregister_netdevice_notifier_net',   effect: 'unregister', objectArgument: 1, waitsFor: 'callbacks', takesInside: 'rtnl_mutex' },
  { name: 'unregister_netevent_notifier',        effect: 'unregister', waitsFor: 'rcu' },
  { name: 'unregister_pm_notifier',              effect: 'unregister', waitsFor: 'callbacks' },
  { name: 'unregister_reboot_notifier',          effect: 'unregister', waitsFor: 'callbacks' },
  { name: 'atomic_notifier_call_chain',          effect: 'notify', sleeps: 'no' },
  { name: 'blocking_notifier_call_chain',        effect: 'notify', takesInside: 'blocking_notifier_head.rwsem' },
  { name: 'blocking_notifier_call_chain_robust', effect: 'notify', takesInside: 'blocking_notifier_head.rwsem' },
  { name: 'raw_notifier_call_chain',             effect: 'notify', sleeps: 'flags' },
  { name: 'raw_notifier_call_chain_robust',      effect: 'notify', sleeps: 'flags' },
  { name: 'srcu_notifier_call_chain',            effect: 'notify' },
]);

// prettier-ignore
export const lockdepPrimitives = primitiveTable({ kind: 'lock' }, [
  { name: 'lockdep_register_key',               effect: 'init' },
  { name: 'lockdep_set_class',                  effect: 'init' },
  { name: 'lockdep_set_class_and_name',         effect: 'init' },
  { name: 'lockdep_set_novalidate_class',       effect: 'init' },
  { name: 'lockdep_set_subclass',               effect: 'init' },
  { name: 'lockdep_unregister_key',             effect: 'init' },
  { name: 'lock_map_acquire',                   effect: 'acquire' },
  { name: 'lock_map_acquire_read',              effect: 'acquire' },
  { name: 'lock_map_release',                   effect: 'release' },
  { name: 'lockdep_assert_held',                effect: 'assert', mode: 'either' },
  { name: 'lockdep_assert_held_once',           effect: 'assert', mode: 'either' },
  { name: 'lockdep_assert_held_read',           effect: 'assert', mode: 'read' },
  { name: 'lockdep_assert_held_write',          effect: 'assert', mode: 'write' },
  { name: 'lockdep_assert_in_irq',              effect: 'assert', objectArgument: -1, object: 'this processor' },
  { name: 'lockdep_assert_in_softirq',          effect: 'assert', objectArgument: -1, object: 'this processor' },
  { name: 'lockdep_assert_irqs_disabled',       effect: 'assert', objectArgument: -1, object: 'this processor' },
  { name: 'lockdep_assert_irqs_enabled',        effect: 'assert', objectArgument: -1, object: 'this processor' },
  { name: 'lockdep_assert_no_hardirq',          effect: 'assert', objectArgument: -1, object: 'this processor', only: '6.12' },
  { name: 'lockdep_assert_preemption_disabled', effect: 'assert', objectArgument: -1, object: 'this processor' },
]);
