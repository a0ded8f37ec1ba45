// references.ts
// References on objects, and the calls that wait for the last one.

import { primitiveTable } from '../primitive.ts';

// prettier-ignore
export const refcountPrimitives = primitiveTable({ kind: 'references' }, [
  { name: 'kref_get_unless_zero',  effect: 'get' },
  { name: 'refcount_inc',          effect: 'get' },
  { name: 'refcount_inc_not_zero', effect: 'get' },
  { name: 'try_module_get',        effect: 'get', type: 'module' },
  { name: 'module_put',            effect: 'put', type: 'module' },
  { name: 'refcount_dec',          effect: 'put' },
  { name: 'refcount_dec_and_test', effect: 'put' },
]);

// prettier-ignore
export const kobjectPrimitives = primitiveTable({ kind: 'references' }, [
  { name: 'kobject_get', effect: 'get', type: 'kobject' },
  { name: 'kref_get',    effect: 'get' },
  { name: 'kobject_put', effect: 'put', type: 'kobject', sleeps: 'flags' },
  { name: 'kref_put',    effect: 'put', handlerArgument: 1 },
  { name: 'kobject_del', kind: 'callbacks', effect: 'unregister', sleeps: 'yes', waitsFor: 'callbacks' },
]);

// prettier-ignore
export const percpuRefPrimitives = primitiveTable({ kind: 'references' }, [
  { name: 'percpu_ref_init',                  effect: 'init', handlerArgument: 1 },
  { name: 'percpu_ref_get',                   effect: 'get' },
  { name: 'percpu_ref_tryget',                effect: 'get' },
  { name: 'percpu_ref_tryget_live',           effect: 'get' },
  { name: 'percpu_ref_put',                   effect: 'put' },
  { name: 'percpu_ref_kill',                  effect: 'unregister' },
  { name: 'percpu_ref_kill_and_confirm',      effect: 'unregister', handlerArgument: 1 },
  { name: 'percpu_ref_switch_to_atomic_sync', effect: 'wait', sleeps: 'yes', waitsFor: 'rcu' },
]);

// prettier-ignore
export const modulePrimitives = primitiveTable({ kind: 'callbacks', sleeps: 'yes' }, [
  { name: '__module_get',             kind: 'references', effect: 'get', type: 'module', sleeps: 'no' },
  { name: 'request_module_nowait',    effect: 'queue', objectArgument: -1, object: 'modprobe', sleeps: 'no' },
  { name: 'call_usermodehelper',      effect: 'wait' },
  { name: 'call_usermodehelper_exec', effect: 'wait' },
  { name: 'request_module',           effect: 'wait', objectArgument: -1, object: 'modprobe' },
]);

// prettier-ignore
export const filePrimitives = primitiveTable({ kind: 'references', type: 'file' }, [
  { name: 'fget',     effect: 'get' },
  { name: 'get_file', effect: 'get' },
  { name: 'fput',     effect: 'put' },
]);

// prettier-ignore
export const dcachePrimitives = primitiveTable({ kind: 'references', type: 'dentry' }, [
  { name: 'dget', effect: 'get' },
  { name: 'dput', effect: 'put', sleeps: 'yes' },
]);

// prettier-ignore
export const netdevPrimitives = primitiveTable({ kind: 'references', type: 'net_device' }, [
  { name: '__dev_hold',                 effect: 'get' },
  { name: 'dev_get_by_index',           effect: 'get', objectArgument: -1, object: 'net_device' },
  { name: 'dev_get_by_name',            effect: 'get', objectArgument: -1, object: 'net_device' },
  { name: 'dev_hold',                   effect: 'get' },
  { name: 'netdev_get_by_index',        effect: 'get', objectArgument: -1, object: 'net_device', only: '6.12' },
  { name: 'netdev_get_by_name',         effect: 'get', objectArgument: -1, object: 'net_device', only: '6.12' },
  { name: 'netdev_hold',                effect: 'get' },
  { name: '__dev_put',                  effect: 'put' },
  { name: 'dev_put',                    effect: 'put' },
  { name: 'free_netdev',                effect: 'put', sleeps: 'yes' },
  { name: 'netdev_put',                 effect: 'put' },
  { name: 'devm_register_netdev',       kind: 'device', effect: 'register', sleeps: 'yes', takesInside: 'rtnl_mutex' },
  { name: 'register_netdev',            kind: 'device', effect: 'register', sleeps: 'yes', takesInside: 'rtnl_mutex' },
  { name: 'register_netdevice',         kind: 'device', effect: 'register', sleeps: 'yes' },
  { name: 'unregister_netdev',          effect: 'unregister', sleeps: 'yes', waitsFor: 'references', takesInside: 'rtnl_mutex' },
  { name: 'unregister_netdevice',       effect: 'unregister', sleeps: 'yes', waitsFor: 'rcu' },
  { name: 'unregister_netdevice_many',  effect: 'unregister', sleeps: 'yes', waitsFor: 'rcu' },
  { name: 'unregister_netdevice_queue', effect: 'unregister', sleeps: 'yes', waitsFor: 'rcu' },
]);
