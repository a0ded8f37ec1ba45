// devices.ts
// The driver core and the buses: device locks, registration, runtime power.

import { ownCallbacks, primitiveTable } from '../primitive.ts';

// prettier-ignore
export const devicePrimitives = primitiveTable({ kind: 'callbacks', sleeps: 'yes' }, [
  { name: 'device_links_read_lock',    kind: 'srcu', effect: 'acquire', objectArgument: -1, object: 'device_links_srcu', mode: 'read', sleeps: 'no' },
  { name: 'device_links_write_lock',   kind: 'mutex', effect: 'acquire', objectArgument: -1, object: 'device_links_lock' },
  { name: 'device_links_read_unlock',  kind: 'srcu', effect: 'release', objectArgument: -1, object: 'device_links_srcu', mode: 'read', sleeps: 'no' },
  { name: 'device_links_write_unlock', kind: 'mutex', effect: 'release', objectArgument: -1, object: 'device_links_lock', sleeps: 'no' },
  { name: 'device_lock',               kind: 'mutex', effect: 'acquire', type: 'device', member: 'mutex' },
  { name: 'device_lock_interruptible', kind: 'mutex', effect: 'acquire', type: 'device', member: 'mutex', success: 'zero', endedBy: 'signal' },
  { name: 'lock_device_hotplug',       kind: 'mutex', effect: 'acquire', objectArgument: -1, object: 'device_hotplug_lock' },
  { name: 'device_trylock',            kind: 'mutex', effect: 'try', type: 'device', member: 'mutex', sleeps: 'no', success: 'nonzero' },
  { name: 'lock_device_hotplug_sysfs', kind: 'mutex', effect: 'try', objectArgument: -1, object: 'device_hotplug_lock', success: 'zero' },
  { name: 'device_unlock',             kind: 'mutex', effect: 'release', type: 'device', member: 'mutex', sleeps: 'no' },
  { name: 'unlock_device_hotplug',     kind: 'mutex', effect: 'release', objectArgument: -1, object: 'device_hotplug_lock', sleeps: 'no' },
  { name: 'device_lock_assert',        kind: 'mutex', effect: 'assert', type: 'device', member: 'mutex', sleeps: 'no' },
  { name: 'get_device',                kind: 'references', effect: 'get', type: 'device', sleeps: 'no' },
  { name: 'put_device',                kind: 'references', effect: 'put', type: 'device' },
  { name: 'device_add',                effect: 'register' },
  { name: 'device_create',             effect: 'register', objectArgument: -1, object: 'device' },
  { name: 'device_create_with_groups', effect: 'register', objectArgument: -1, object: 'device' },
  { name: 'device_register',           effect: 'register' },
  { name: 'device_del',                effect: 'unregister', waitsFor: 'callbacks', takesInside: 'device.mutex' },
  { name: 'device_destroy',            effect: 'unregister', waitsFor: 'callbacks' },
  { name: 'device_unregister',         effect: 'unregister', waitsFor: 'callbacks', takesInside: 'device.mutex' },
  { name: 'device_attach',             effect: 'wait', takesInside: 'device.mutex' },
  { name: 'device_driver_attach',      effect: 'wait', takesInside: 'device.mutex' },
  { name: 'device_link_wait_removal',  effect: 'wait', objectArgument: -1, object: 'device_link_wq', waitsFor: 'work' },
  { name: 'device_release_driver',     effect: 'wait', takesInside: 'device.mutex' },
  { name: 'device_reprobe',            effect: 'wait', takesInside: 'device.mutex' },
  { name: 'wait_for_device_probe',     effect: 'wait', objectArgument: -1, object: 'probe' },
]);

// prettier-ignore
export const driverPrimitives = primitiveTable({ kind: 'callbacks', sleeps: 'yes' }, [
  { name: '__auxiliary_driver_register',       effect: 'register' },
  { name: '__pci_register_driver',             effect: 'register' },
  { name: '__platform_driver_register',        effect: 'register' },
  { name: 'auxiliary_device_add',              effect: 'register' },
  { name: 'auxiliary_driver_register',         effect: 'register' },
  { name: 'bus_register',                      effect: 'register' },
  { name: 'class_register',                    effect: 'register' },
  { name: 'devlink_register',                  effect: 'register' },
  { name: 'devm_add_action',                   effect: 'register', handlerArgument: 1 },
  { name: 'devm_add_action_or_reset',          effect: 'register', handlerArgument: 1 },
  { name: 'driver_register',                   effect: 'register' },
  { name: 'i2c_register_driver',               effect: 'register', objectArgument: 1 },
  { name: 'ieee80211_register_hw',             effect: 'register' },
  { name: 'input_register_device',             effect: 'register' },
  { name: 'pci_register_driver',               effect: 'register' },
  { name: 'phy_connect',                       effect: 'register' },
  { name: 'platform_device_add',               effect: 'register' },
  { name: 'platform_device_register',          effect: 'register' },
  { name: 'platform_driver_register',          effect: 'register' },
  { name: 'register_pernet_device',            effect: 'register' },
  { name: 'register_pernet_subsys',            effect: 'register' },
  { name: 'rtnl_link_register',                effect: 'register' },
  { name: 'usb_register_driver',               effect: 'register' },
  { name: 'wiphy_register',                    effect: 'register' },
  { name: 'auxiliary_device_delete',           effect: 'unregister', waitsFor: 'callbacks' },
  { name: 'auxiliary_driver_unregister',       effect: 'unregister', waitsFor: 'callbacks' },
  { name: 'bus_unregister',                    effect: 'unregister', waitsFor: 'callbacks' },
  { name: 'class_unregister',                  effect: 'unregister', waitsFor: 'callbacks' },
  { name: 'devlink_unregister',                effect: 'unregister' },
  { name: 'driver_unregister',                 effect: 'unregister', waitsFor: 'callbacks' },
  { name: 'ieee80211_unregister_hw',           effect: 'unregister', waitsFor: 'callbacks' },
  { name: 'pci_unregister_driver',             effect: 'unregister', waitsFor: 'callbacks' },
  { name: 'platform_device_del',               effect: 'unregister', waitsFor: 'callbacks' },
  { name: 'platform_device_unregister',        effect: 'unregister', waitsFor: 'callbacks' },
  { name: 'platform_driver_unregister',        effect: 'unregister', waitsFor: 'callbacks' },
  { name: 'rtnl_link_unregister',              effect: 'unregister', waitsFor: 'callbacks' },
  { name: 'unregister_pernet_device',          effect: 'unregister', waitsFor: 'callbacks' },
  { name: 'unregister_pernet_subsys',          effect: 'unregister', waitsFor: 'callbacks' },
  { name: 'wiphy_unregister',                  effect: 'unregister', waitsFor: 'callbacks' },
]);

// prettier-ignore
export const pmRuntimePrimitives = primitiveTable({ kind: 'runtime power' }, [
  { name: 'pm_runtime_get',                  effect: 'get', success: 'not negative' },
  { name: 'pm_runtime_get_if_active',        effect: 'get', success: 'positive' },
  { name: 'pm_runtime_get_if_in_use',        effect: 'get', success: 'positive' },
  { name: 'pm_runtime_get_noresume',         effect: 'get', success: 'not negative' },
  { name: 'pm_runtime_get_sync',             effect: 'get', sleeps: 'yes', success: 'not negative', waitsFor: 'runtime power' },
  { name: 'pm_runtime_resume_and_get',       effect: 'get', sleeps: 'yes', success: 'zero', waitsFor: 'runtime power' },
  { name: '__pm_runtime_put_autosuspend',    effect: 'put', only: '6.12' },
  { name: 'pm_runtime_put',                  effect: 'put' },
  { name: 'pm_runtime_put_autosuspend',      effect: 'put' },
  { name: 'pm_runtime_put_noidle',           effect: 'put' },
  { name: 'pm_runtime_put_sync',             effect: 'put', sleeps: 'yes' },
  { name: 'pm_runtime_put_sync_autosuspend', effect: 'put', sleeps: 'yes' },
  { name: 'pm_runtime_put_sync_suspend',     effect: 'put', sleeps: 'yes' },
  { name: 'pm_request_autosuspend',          effect: 'queue' },
  { name: 'pm_request_idle',                 effect: 'queue' },
  { name: 'pm_request_resume',               effect: 'queue' },
  { name: 'pm_schedule_suspend',             effect: 'queue' },
  { name: 'pm_runtime_autosuspend',          effect: 'wait', sleeps: 'yes' },
  { name: 'pm_runtime_barrier',              effect: 'wait', sleeps: 'yes' },
  { name: 'pm_runtime_force_resume',         effect: 'wait', sleeps: 'yes' },
  { name: 'pm_runtime_force_suspend',        effect: 'wait', sleeps: 'yes' },
  { name: 'pm_runtime_idle',                 effect: 'wait', sleeps: 'yes' },
  { name: 'pm_runtime_resume',               effect: 'wait', sleeps: 'yes' },
  { name: 'pm_runtime_suspend',              effect: 'wait', sleeps: 'yes' },
  { name: '__pm_runtime_disable',            effect: 'disable', sleeps: 'yes', waitsFor: 'runtime power' },
  { name: 'pm_runtime_disable',              effect: 'disable', sleeps: 'yes', waitsFor: 'runtime power' },
  { name: 'pm_runtime_forbid',               effect: 'disable', sleeps: 'yes' },
  { name: 'devm_pm_runtime_enable',          effect: 'enable' },
  { name: 'pm_runtime_allow',                effect: 'enable' },
  { name: 'pm_runtime_enable',               effect: 'enable' },
]);

// prettier-ignore
export const pmPrimitives = primitiveTable({ kind: 'mutex', objectArgument: -1, sleeps: 'yes' }, [
  { name: 'device_pm_lock',         effect: 'acquire', object: 'dpm_list_mtx' },
  { name: 'lock_system_sleep',      effect: 'acquire', object: 'system_transition_mutex' },
  { name: 'device_pm_unlock',       effect: 'release', object: 'dpm_list_mtx', sleeps: 'no' },
  { name: 'unlock_system_sleep',    effect: 'release', object: 'system_transition_mutex', sleeps: 'no' },
  { name: 'device_pm_wait_for_dev', kind: 'transfer', effect: 'wait', objectArgument: 0 },
]);

// prettier-ignore
export const sysfsPrimitives = primitiveTable({ kind: 'callbacks', sleeps: 'yes' }, [
  { name: 'sysfs_unbreak_active_protection', kind: 'references', effect: 'get', sleeps: 'no' },
  { name: 'sysfs_break_active_protection',   effect: 'put', objectArgument: -1, object: ownCallbacks, sleeps: 'no' },
  { name: 'device_create_file',              effect: 'register', takesInside: 'kernfs_rwsem' },
  { name: 'sysfs_create_file',               effect: 'register', takesInside: 'kernfs_rwsem' },
  { name: 'sysfs_create_group',              effect: 'register', takesInside: 'kernfs_rwsem' },
  { name: 'sysfs_create_link',               effect: 'register', takesInside: 'kernfs_rwsem' },
  { name: 'class_remove_file',               effect: 'unregister', waitsFor: 'callbacks', takesInside: 'kernfs_rwsem' },
  { name: 'device_remove_bin_file',          effect: 'unregister', waitsFor: 'callbacks', takesInside: 'kernfs_rwsem' },
  { name: 'device_remove_file',              effect: 'unregister', waitsFor: 'callbacks', takesInside: 'kernfs_rwsem' },
  { name: 'device_remove_file_self',         effect: 'put', objectArgument: -1, object: ownCallbacks },
  { name: 'device_remove_groups',            effect: 'unregister', waitsFor: 'callbacks', takesInside: 'kernfs_rwsem' },
  { name: 'driver_remove_file',              effect: 'unregister', waitsFor: 'callbacks', takesInside: 'kernfs_rwsem' },
  { name: 'sysfs_remove_bin_file',           effect: 'unregister', waitsFor: 'callbacks', takesInside: 'kernfs_rwsem' },
  { name: 'sysfs_remove_dir',                effect: 'unregister', waitsFor: 'callbacks', takesInside: 'kernfs_rwsem' },
  { name: 'sysfs_remove_file',               effect: 'unregister', waitsFor: 'callbacks', takesInside: 'kernfs_rwsem' },
  { name: 'sysfs_remove_file_ns',            effect: 'unregister', waitsFor: 'callbacks', takesInside: 'kernfs_rwsem' },
  { name: 'sysfs_remove_file_self',          effect: 'put', objectArgument: -1, object: ownCallbacks },
  { name: 'sysfs_remove_group',              effect: 'unregister', waitsFor: 'callbacks', takesInside: 'kernfs_rwsem' },
  { name: 'sysfs_remove_groups',             effect: 'unregister', waitsFor: 'callbacks', takesInside: 'kernfs_rwsem' },
  { name: 'sysfs_remove_link',               effect: 'unregister', takesInside: 'kernfs_rwsem' },
  { name: 'sysfs_notify',                    effect: 'queue', sleeps: 'no' },
]);

// prettier-ignore
export const kernfsPrimitives = primitiveTable({ kind: 'callbacks', sleeps: 'yes' }, [
  { name: 'kernfs_remove',            effect: 'unregister', waitsFor: 'callbacks', takesInside: 'kernfs_root.kernfs_rwsem' },
  { name: 'kernfs_remove_by_name',    effect: 'unregister', waitsFor: 'callbacks', takesInside: 'kernfs_root.kernfs_rwsem' },
  { name: 'kernfs_remove_by_name_ns', effect: 'unregister', waitsFor: 'callbacks', takesInside: 'kernfs_root.kernfs_rwsem' },
  { name: 'kernfs_remove_self',       effect: 'put', objectArgument: -1, object: ownCallbacks },
]);

// prettier-ignore
export const debugfsPrimitives = primitiveTable({ kind: 'callbacks', sleeps: 'yes' }, [
  { name: 'debugfs_file_get',          kind: 'references', effect: 'get', sleeps: 'no', success: 'zero' },
  { name: 'debugfs_file_put',          kind: 'references', effect: 'put', sleeps: 'no' },
  { name: 'debugfs_lookup_and_remove', effect: 'unregister', waitsFor: 'callbacks' },
  { name: 'debugfs_remove',            effect: 'unregister', waitsFor: 'callbacks' },
  { name: 'debugfs_remove_recursive',  effect: 'unregister', waitsFor: 'callbacks' },
]);

// prettier-ignore
export const procPrimitives = primitiveTable({ kind: 'callbacks', sleeps: 'yes' }, [
  { name: 'proc_remove',         effect: 'unregister', waitsFor: 'callbacks' },
  { name: 'remove_proc_entry',   effect: 'unregister', waitsFor: 'callbacks' },
  { name: 'remove_proc_subtree', effect: 'unregister', waitsFor: 'callbacks' },
]);

// prettier-ignore
export const miscPrimitives = primitiveTable({ kind: 'callbacks', sleeps: 'yes' }, [
  { name: 'misc_register',   effect: 'register', takesInside: 'misc_mtx' },
  { name: 'misc_deregister', effect: 'unregister', takesInside: 'misc_mtx' },
]);

// prettier-ignore
export const cdevPrimitives = primitiveTable({ kind: 'callbacks', sleeps: 'yes' }, [
  { name: 'cdev_del',        effect: 'unregister' },
  { name: 'cdev_device_del', effect: 'unregister' },
]);

// prettier-ignore
export const usbPrimitives = primitiveTable({ kind: 'transfer', sleeps: 'yes' }, [
  { name: 'usb_lock_device',               kind: 'mutex', effect: 'acquire', type: 'device', member: 'mutex' },
  { name: 'usb_lock_device_interruptible', kind: 'mutex', effect: 'acquire', type: 'device', member: 'mutex', success: 'zero', endedBy: 'signal' },
  { name: 'usb_lock_device_for_reset',     kind: 'mutex', effect: 'try', type: 'device', member: 'mutex', success: 'zero' },
  { name: 'usb_trylock_device',            kind: 'mutex', effect: 'try', type: 'device', member: 'mutex', sleeps: 'no', success: 'nonzero' },
  { name: 'usb_unlock_device',             kind: 'mutex', effect: 'release', type: 'device', member: 'mutex', sleeps: 'no' },
  { name: 'usb_get_dev',                   kind: 'references', effect: 'get', type: 'usb_device', sleeps: 'no' },
  { name: 'usb_get_intf',                  kind: 'references', effect: 'get', type: 'usb_interface', sleeps: 'no' },
  { name: 'usb_get_urb',                   kind: 'references', effect: 'get', type: 'urb', sleeps: 'no' },
  { name: 'usb_free_urb',                  kind: 'references', effect: 'put', type: 'urb', sleeps: 'no' },
  { name: 'usb_put_dev',                   kind: 'references', effect: 'put', type: 'usb_device', sleeps: 'no' },
  { name: 'usb_put_intf',                  kind: 'references', effect: 'put', type: 'usb_interface', sleeps: 'no' },
  { name: 'usb_put_urb',                   kind: 'references', effect: 'put', sleeps: 'no' },
  { name: 'usb_register_dev',              kind: 'callbacks', effect: 'register' },
  { name: 'usb_deregister',                kind: 'callbacks', effect: 'unregister', waitsFor: 'callbacks' },
  { name: 'usb_deregister_dev',            kind: 'callbacks', effect: 'unregister' },
  { name: 'usb_driver_release_interface',  kind: 'callbacks', effect: 'unregister' },
  { name: 'usb_fill_bulk_urb',             effect: 'init', sleeps: 'no', handlerArgument: 5 },
  { name: 'usb_fill_control_urb',          effect: 'init', sleeps: 'no', handlerArgument: 6 },
  { name: 'usb_fill_int_urb',              effect: 'init', sleeps: 'no', handlerArgument: 5 },
  { name: 'usb_queue_reset_device',        effect: 'queue', sleeps: 'no' },
  { name: 'usb_submit_urb',                effect: 'queue', sleeps: 'flags', flagsArgument: 1 },
  { name: 'usb_block_urb',                 effect: 'cancel', sleeps: 'no' },
  { name: 'usb_kill_anchored_urbs',        effect: 'cancel', waitsFor: 'transfer' },
  { name: 'usb_kill_urb',                  effect: 'cancel', waitsFor: 'transfer' },
  { name: 'usb_poison_anchored_urbs',      effect: 'cancel', waitsFor: 'transfer' },
  { name: 'usb_poison_urb',                effect: 'cancel', waitsFor: 'transfer' },
  { name: 'usb_scuttle_anchored_urbs',     effect: 'cancel', sleeps: 'no' },
  { name: 'usb_unlink_anchored_urbs',      effect: 'cancel', sleeps: 'no' },
  { name: 'usb_unlink_urb',                effect: 'cancel', sleeps: 'no' },
  { name: 'usb_bulk_msg',                  effect: 'wait' },
  { name: 'usb_clear_halt',                effect: 'wait' },
  { name: 'usb_control_msg',               effect: 'wait' },
  { name: 'usb_control_msg_recv',          effect: 'wait' },
  { name: 'usb_control_msg_send',          effect: 'wait' },
  { name: 'usb_get_descriptor',            effect: 'wait' },
  { name: 'usb_get_status',                effect: 'wait' },
  { name: 'usb_interrupt_msg',             effect: 'wait' },
  { name: 'usb_reset_device',              effect: 'wait', waitsFor: 'callbacks' },
  { name: 'usb_set_interface',             effect: 'wait' },
  { name: 'usb_sg_wait',                   effect: 'wait' },
  { name: 'usb_string',                    effect: 'wait' },
  { name: 'usb_wait_anchor_empty_timeout', effect: 'wait', success: 'nonzero', endedBy: 'timeout' },
]);

// prettier-ignore
export const pciPrimitives = primitiveTable({ kind: 'mutex', sleeps: 'yes' }, [
  { name: 'pci_cfg_access_lock',                   effect: 'acquire', type: 'pci_dev', member: 'block_cfg_access' },
  { name: 'pci_dev_lock',                          effect: 'acquire', type: 'device', member: 'mutex' },
  { name: 'pci_lock_rescan_remove',                effect: 'acquire', objectArgument: -1, object: 'pci_rescan_remove_lock' },
  { name: 'pci_walk_bus',                          kind: 'callbacks', effect: 'wait', takesInside: 'pci_bus_sem', handlerArgument: 1 },
  { name: 'pci_cfg_access_trylock',                effect: 'try', type: 'pci_dev', member: 'block_cfg_access', sleeps: 'no', success: 'nonzero' },
  { name: 'pci_dev_trylock',                       effect: 'try', type: 'device', member: 'mutex', sleeps: 'no', success: 'nonzero' },
  { name: 'pci_cfg_access_unlock',                 effect: 'release', type: 'pci_dev', member: 'block_cfg_access', sleeps: 'no' },
  { name: 'pci_dev_unlock',                        effect: 'release', type: 'device', member: 'mutex', sleeps: 'no' },
  { name: 'pci_unlock_rescan_remove',              effect: 'release', objectArgument: -1, object: 'pci_rescan_remove_lock', sleeps: 'no' },
  { name: 'pci_stop_and_remove_bus_device_locked', kind: 'callbacks', effect: 'unregister', waitsFor: 'callbacks', takesInside: 'pci_rescan_remove_lock' },
  { name: 'pci_reset_function',                    kind: 'callbacks', effect: 'wait' },
  { name: 'pci_reset_function_locked',             kind: 'callbacks', effect: 'wait' },
  { name: 'pci_try_reset_function',                kind: 'callbacks', effect: 'wait' },
  { name: 'pci_disable_sriov',                     kind: 'callbacks', effect: 'disable', waitsFor: 'callbacks' },
  { name: 'pci_enable_sriov',                      kind: 'callbacks', effect: 'disable', waitsFor: 'callbacks' },
]);

// prettier-ignore
export const i2cPrimitives = primitiveTable({ kind: 'rt mutex', sleeps: 'yes' }, [
  { name: 'i2c_lock_bus',                  effect: 'acquire', type: 'i2c_adapter', member: 'bus_lock' },
  { name: 'i2c_master_recv',               kind: 'transfer', effect: 'wait', takesInside: 'i2c_adapter.bus_lock' },
  { name: 'i2c_master_send',               kind: 'transfer', effect: 'wait', takesInside: 'i2c_adapter.bus_lock' },
  { name: 'i2c_smbus_read_block_data',     kind: 'transfer', effect: 'wait', takesInside: 'i2c_adapter.bus_lock' },
  { name: 'i2c_smbus_read_byte',           kind: 'transfer', effect: 'wait', takesInside: 'i2c_adapter.bus_lock' },
  { name: 'i2c_smbus_read_byte_data',      kind: 'transfer', effect: 'wait', takesInside: 'i2c_adapter.bus_lock' },
  { name: 'i2c_smbus_read_i2c_block_data', kind: 'transfer', effect: 'wait', takesInside: 'i2c_adapter.bus_lock' },
  { name: 'i2c_smbus_read_word_data',      kind: 'transfer', effect: 'wait', takesInside: 'i2c_adapter.bus_lock' },
  { name: 'i2c_smbus_write_block_data',    kind: 'transfer', effect: 'wait', takesInside: 'i2c_adapter.bus_lock' },
  { name: 'i2c_smbus_write_byte',          kind: 'transfer', effect: 'wait', takesInside: 'i2c_adapter.bus_lock' },
  { name: 'i2c_smbus_write_byte_data',     kind: 'transfer', effect: 'wait', takesInside: 'i2c_adapter.bus_lock' },
  { name: 'i2c_smbus_write_word_data',     kind: 'transfer', effect: 'wait', takesInside: 'i2c_adapter.bus_lock' },
  { name: 'i2c_smbus_xfer',                kind: 'transfer', effect: 'wait', takesInside: 'i2c_adapter.bus_lock' },
  { name: 'i2c_transfer',                  kind: 'transfer', effect: 'wait', takesInside: 'i2c_adapter.bus_lock' },
  { name: 'i2c_transfer_buffer_flags',     kind: 'transfer', effect: 'wait', takesInside: 'i2c_adapter.bus_lock' },
  { name: 'i2c_trylock_bus',               effect: 'try', type: 'i2c_adapter', member: 'bus_lock', sleeps: 'no', success: 'nonzero' },
  { name: 'i2c_unlock_bus',                effect: 'release', type: 'i2c_adapter', member: 'bus_lock', sleeps: 'no' },
  { name: 'i2c_del_adapter',               kind: 'callbacks', effect: 'unregister', waitsFor: 'callbacks' },
  { name: 'i2c_del_driver',                kind: 'callbacks', effect: 'unregister', waitsFor: 'callbacks' },
  { name: 'i2c_unregister_device',         kind: 'callbacks', effect: 'unregister', waitsFor: 'callbacks' },
]);

// prettier-ignore
export const spiPrimitives = primitiveTable({ kind: 'transfer', sleeps: 'yes' }, [
  { name: 'spi_bus_lock',              kind: 'mutex', effect: 'acquire', type: 'spi_controller', member: 'bus_lock_mutex' },
  { name: 'spi_bus_unlock',            kind: 'mutex', effect: 'release', type: 'spi_controller', member: 'bus_lock_mutex', sleeps: 'no' },
  { name: 'spi_unregister_controller', kind: 'callbacks', effect: 'unregister', waitsFor: 'callbacks' },
  { name: 'spi_async',                 effect: 'queue', objectArgument: 1, sleeps: 'no' },
  { name: 'spi_read',                  effect: 'wait' },
  { name: 'spi_sync',                  effect: 'wait' },
  { name: 'spi_sync_locked',           effect: 'wait' },
  { name: 'spi_sync_transfer',         effect: 'wait' },
  { name: 'spi_write',                 effect: 'wait' },
  { name: 'spi_write_then_read',       effect: 'wait' },
]);

// prettier-ignore
export const mmcPrimitives = primitiveTable({ kind: 'lock', sleeps: 'yes' }, [
  { name: '__mmc_claim_host',  effect: 'acquire', type: 'mmc_host', member: 'claimed', nests: true, success: 'zero' },
  { name: 'mmc_claim_host',    effect: 'acquire', type: 'mmc_host', member: 'claimed', nests: true },
  { name: 'mmc_get_card',      effect: 'acquire', type: 'mmc_host', member: 'claimed', nests: true },
  { name: 'sdio_claim_host',   effect: 'acquire', type: 'mmc_host', member: 'claimed', nests: true },
  { name: 'mmc_put_card',      effect: 'release', type: 'mmc_host', member: 'claimed', nests: true, sleeps: 'no' },
  { name: 'mmc_release_host',  effect: 'release', type: 'mmc_host', member: 'claimed', nests: true, sleeps: 'no' },
  { name: 'sdio_release_host', effect: 'release', type: 'mmc_host', member: 'claimed', nests: true, sleeps: 'no' },
  { name: 'sdio_claim_irq',    kind: 'callbacks', effect: 'register', handlerArgument: 1 },
  { name: 'mmc_remove_host',   kind: 'callbacks', effect: 'unregister', waitsFor: 'callbacks' },
  { name: 'sdio_release_irq',  kind: 'callbacks', effect: 'unregister', waitsFor: 'kthread' },
  { name: 'mmc_wait_for_cmd',  kind: 'transfer', effect: 'wait' },
  { name: 'mmc_wait_for_req',  kind: 'transfer', effect: 'wait' },
]);

// prettier-ignore
export const scsiPrimitives = primitiveTable({ kind: 'callbacks' }, [
  { name: 'scsi_remove_device',                effect: 'unregister', sleeps: 'yes', waitsFor: 'callbacks', takesInside: 'Scsi_Host.scan_mutex' },
  { name: 'scsi_remove_host',                  effect: 'unregister', sleeps: 'yes', waitsFor: 'callbacks', takesInside: 'Scsi_Host.scan_mutex' },
  { name: 'scsi_remove_target',                effect: 'unregister', sleeps: 'yes', waitsFor: 'callbacks', takesInside: 'Scsi_Host.scan_mutex' },
  { name: 'scsi_scan_host',                    effect: 'queue', sleeps: 'yes' },
  { name: 'scsi_execute_cmd',                  effect: 'wait', sleeps: 'flags', waitsFor: 'transfer', only: '6.12' },
  { name: 'scsi_done',                         kind: 'transfer', effect: 'signal' },
]);

// prettier-ignore
export const blockPrimitives = primitiveTable({ kind: 'references', sleeps: 'yes' }, [
  { name: 'blk_freeze_queue_start',               effect: 'acquire', type: 'request_queue', member: 'q_usage_counter', sleeps: 'no' },
  { name: 'blk_freeze_queue_start_non_owner',     effect: 'acquire', type: 'request_queue', member: 'q_usage_counter', sleeps: 'no', only: '6.12' },
  { name: 'blk_mq_freeze_queue',                  kind: 'transfer', effect: 'wait', type: 'request_queue', member: 'q_usage_counter' },
  { name: 'queue_limits_start_update',            kind: 'mutex', effect: 'acquire', type: 'request_queue', member: 'limits_lock', only: '6.12' },
  { name: 'blk_mq_unfreeze_queue',                effect: 'release', type: 'request_queue', member: 'q_usage_counter', sleeps: 'no' },
  { name: 'blk_mq_unfreeze_queue_non_owner',      effect: 'release', type: 'request_queue', member: 'q_usage_counter', sleeps: 'no', only: '6.12' },
  { name: 'queue_limits_cancel_update',           kind: 'mutex', effect: 'release', type: 'request_queue', member: 'limits_lock', sleeps: 'no', only: '6.12' },
  { name: 'queue_limits_commit_update',           kind: 'mutex', effect: 'release', type: 'request_queue', member: 'limits_lock', sleeps: 'no', only: '6.12' },
  { name: 'blk_mq_alloc_request',                 effect: 'get', sleeps: 'flags', waitsFor: 'callbacks' },
  { name: 'blk_mq_alloc_request_hctx',            effect: 'get', sleeps: 'flags', waitsFor: 'callbacks' },
  { name: 'blk_queue_enter',                      effect: 'get', sleeps: 'flags', waitsFor: 'callbacks' },
  { name: 'blk_mq_destroy_queue',                 effect: 'put' },
  { name: 'blk_mq_free_request',                  effect: 'put', sleeps: 'no' },
  { name: 'blk_mq_free_tag_set',                  effect: 'put' },
  { name: 'blk_put_queue',                        effect: 'put' },
  { name: 'blk_queue_exit',                       effect: 'put', sleeps: 'no' },
  { name: 'put_disk',                             effect: 'put' },
  { name: 'add_disk',                             kind: 'callbacks', effect: 'register' },
  { name: 'device_add_disk',                      kind: 'callbacks', effect: 'register' },
  { name: 'del_gendisk',                          kind: 'callbacks', effect: 'unregister', waitsFor: 'callbacks' },
  { name: 'blk_execute_rq_nowait',                effect: 'queue', sleeps: 'no' },
  { name: 'submit_bio',                           effect: 'queue' },
  { name: 'submit_bio_noacct',                    effect: 'queue' },
  { name: 'blk_execute_rq',                       kind: 'transfer', effect: 'wait' },
  { name: 'blk_mq_freeze_queue_wait',             kind: 'transfer', effect: 'wait', type: 'request_queue', member: 'q_usage_counter' },
  { name: 'blk_mq_freeze_queue_wait_timeout',     kind: 'transfer', effect: 'wait', success: 'nonzero', endedBy: 'timeout', type: 'request_queue', member: 'q_usage_counter' },
  { name: 'blk_mq_tagset_wait_completed_request', kind: 'transfer', effect: 'wait' },
  { name: 'blk_mq_wait_quiesce_done',             kind: 'transfer', effect: 'wait', waitsFor: 'callbacks' },
  { name: 'blk_sync_queue',                       kind: 'transfer', effect: 'wait', waitsFor: 'timer' },
  { name: 'submit_bio_wait',                      kind: 'transfer', effect: 'wait' },
  { name: 'blk_mq_complete_request',              effect: 'signal', sleeps: 'no' },
  { name: 'blk_mq_end_request',                   effect: 'signal', sleeps: 'no' },
  { name: 'blk_mq_quiesce_queue',                 effect: 'disable', waitsFor: 'callbacks' },
  { name: 'blk_mq_quiesce_queue_nowait',          effect: 'disable', sleeps: 'no' },
  { name: 'blk_mq_quiesce_tagset',                effect: 'disable', waitsFor: 'callbacks', only: '6.12' },
  { name: 'blk_mq_unquiesce_queue',               effect: 'enable', sleeps: 'no' },
  { name: 'blk_mq_unquiesce_tagset',              effect: 'enable', sleeps: 'no', only: '6.12' },
]);

// prettier-ignore
export const firmwarePrimitives = primitiveTable({ kind: 'transfer', sleeps: 'yes' }, [
  { name: 'request_firmware_nowait',   effect: 'queue', handlerArgument: 6 },
  { name: 'firmware_request_nowarn',   effect: 'wait' },
  { name: 'firmware_request_platform', effect: 'wait' },
  { name: 'request_firmware',          effect: 'wait' },
  { name: 'request_firmware_direct',   effect: 'wait' },
  { name: 'request_firmware_into_buf', effect: 'wait' },
]);
