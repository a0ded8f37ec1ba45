// mutexes.ts
// Locks that put their waiter to sleep: mutexes, semaphores and their kin.

import { primitiveTable } from '../primitive.ts';

// prettier-ignore
export const mutexPrimitives = primitiveTable({ kind: 'mutex', sleeps: 'yes' }, [
  { name: 'DEFINE_MUTEX',                    effect: 'init', sleeps: 'no' },
  { name: '__mutex_init',                    effect: 'init', sleeps: 'no' },
  { name: 'devm_mutex_init',                 effect: 'init', objectArgument: 1, sleeps: 'no' },
  { name: 'mutex_destroy',                   effect: 'init', sleeps: 'no' },
  { name: 'mutex_init',                      effect: 'init', sleeps: 'no' },
  { name: 'mutex_init_with_key',             effect: 'init', sleeps: 'no', only: '6.12' },
  { name: 'mutex_lock',                      effect: 'acquire' },
  { name: 'mutex_lock_interruptible',        effect: 'acquire', success: 'zero', endedBy: 'signal' },
  { name: 'mutex_lock_interruptible_nested', effect: 'acquire', success: 'zero', endedBy: 'signal' },
  { name: 'mutex_lock_io',                   effect: 'acquire' },
  { name: 'mutex_lock_io_nested',            effect: 'acquire' },
  { name: 'mutex_lock_killable',             effect: 'acquire', success: 'zero', endedBy: 'fatal signal' },
  { name: 'mutex_lock_killable_nested',      effect: 'acquire', success: 'zero', endedBy: 'fatal signal' },
  { name: 'mutex_lock_nest_lock',            effect: 'acquire' },
  { name: 'mutex_lock_nested',               effect: 'acquire' },
  { name: 'atomic_dec_and_mutex_lock',       effect: 'try', objectArgument: 1, success: 'nonzero' },
  { name: 'mutex_trylock',                   effect: 'try', sleeps: 'no', success: 'nonzero' },
  { name: 'refcount_dec_and_mutex_lock',     effect: 'try', objectArgument: 1, success: 'nonzero' },
  { name: 'mutex_unlock',                    effect: 'release', sleeps: 'no' },
]);

// prettier-ignore
export const rtMutexPrimitives = primitiveTable({ kind: 'rt mutex', sleeps: 'yes' }, [
  { name: 'DEFINE_RT_MUTEX',             effect: 'init', sleeps: 'no' },
  { name: 'rt_mutex_init',               effect: 'init', sleeps: 'no' },
  { name: 'rt_mutex_lock',               effect: 'acquire' },
  { name: 'rt_mutex_lock_interruptible', effect: 'acquire', success: 'zero', endedBy: 'signal' },
  { name: 'rt_mutex_lock_killable',      effect: 'acquire', success: 'zero', endedBy: 'fatal signal' },
  { name: 'rt_mutex_lock_nest_lock',     effect: 'acquire' },
  { name: 'rt_mutex_lock_nested',        effect: 'acquire' },
  { name: 'rt_mutex_trylock',            effect: 'try', sleeps: 'no', success: 'nonzero' },
  { name: 'rt_mutex_unlock',             effect: 'release', sleeps: 'no' },
]);

// prettier-ignore
export const wwMutexPrimitives = primitiveTable({ kind: 'ww mutex' }, [
  { name: 'DEFINE_WD_CLASS',                  effect: 'init' },
  { name: 'DEFINE_WW_CLASS',                  effect: 'init' },
  { name: 'ww_mutex_destroy',                 effect: 'init' },
  { name: 'ww_mutex_init',                    effect: 'init' },
  { name: 'ww_acquire_init',                  effect: 'acquire' },
  { name: 'ww_mutex_lock',                    effect: 'acquire', sleeps: 'yes', success: 'zero' },
  { name: 'ww_mutex_lock_interruptible',      effect: 'acquire', sleeps: 'yes', success: 'zero', endedBy: 'signal' },
  { name: 'ww_mutex_lock_slow',               effect: 'acquire', sleeps: 'yes' },
  { name: 'ww_mutex_lock_slow_interruptible', effect: 'acquire', sleeps: 'yes', success: 'zero', endedBy: 'signal' },
  { name: 'ww_mutex_trylock',                 effect: 'try', success: 'nonzero' },
  { name: 'ww_acquire_done',                  effect: 'release' },
  { name: 'ww_acquire_fini',                  effect: 'release' },
  { name: 'ww_mutex_unlock',                  effect: 'release' },
]);

// prettier-ignore
export const semaphorePrimitives = primitiveTable({ kind: 'semaphore' }, [
  { name: 'DEFINE_SEMAPHORE',   effect: 'init', countArgument: 1 },
  { name: 'sema_init',          effect: 'init', countArgument: 1 },
  { name: 'down',               effect: 'acquire', sleeps: 'yes' },
  { name: 'down_interruptible', effect: 'acquire', sleeps: 'yes', success: 'zero', endedBy: 'signal' },
  { name: 'down_killable',      effect: 'acquire', sleeps: 'yes', success: 'zero', endedBy: 'fatal signal' },
  { name: 'down_timeout',       effect: 'acquire', sleeps: 'yes', success: 'zero', endedBy: 'timeout' },
  { name: 'down_trylock',       effect: 'try', success: 'zero' },
  { name: 'up',                 effect: 'release' },
]);

// prettier-ignore
export const rwsemPrimitives = primitiveTable({ kind: 'rwsem', sleeps: 'yes' }, [
  { name: 'DECLARE_RWSEM',              effect: 'init', sleeps: 'no' },
  { name: 'init_rwsem',                 effect: 'init', sleeps: 'no' },
  { name: 'down_read',                  effect: 'acquire', mode: 'read' },
  { name: 'down_read_interruptible',    effect: 'acquire', mode: 'read', success: 'zero', endedBy: 'signal' },
  { name: 'down_read_killable',         effect: 'acquire', mode: 'read', success: 'zero', endedBy: 'fatal signal' },
  { name: 'down_read_killable_nested',  effect: 'acquire', mode: 'read', success: 'zero', endedBy: 'fatal signal' },
  { name: 'down_read_nested',           effect: 'acquire', mode: 'read' },
  { name: 'down_read_non_owner',        effect: 'acquire', mode: 'read' },
  { name: 'down_write',                 effect: 'acquire', mode: 'write' },
  { name: 'down_write_killable',        effect: 'acquire', mode: 'write', success: 'zero', endedBy: 'fatal signal' },
  { name: 'down_write_killable_nested', effect: 'acquire', mode: 'write', success: 'zero', endedBy: 'fatal signal' },
  { name: 'down_write_nest_lock',       effect: 'acquire', mode: 'write' },
  { name: 'down_write_nested',          effect: 'acquire', mode: 'write' },
  { name: 'down_read_trylock',          effect: 'try', mode: 'read', sleeps: 'no', success: 'nonzero' },
  { name: 'down_write_trylock',         effect: 'try', mode: 'write', sleeps: 'no', success: 'nonzero' },
  { name: 'up_read',                    effect: 'release', mode: 'read', sleeps: 'no' },
  { name: 'up_read_non_owner',          effect: 'release', mode: 'read', sleeps: 'no' },
  { name: 'up_write',                   effect: 'release', mode: 'write', sleeps: 'no' },
  { name: 'downgrade_write',            effect: 'downgrade', sleeps: 'no' },
  { name: 'rwsem_assert_held',          effect: 'assert', mode: 'either', sleeps: 'no', only: '6.12' },
  { name: 'rwsem_assert_held_write',    effect: 'assert', mode: 'write', sleeps: 'no', only: '6.12' },
]);

// prettier-ignore
export const percpuRwsemPrimitives = primitiveTable({ kind: 'percpu rwsem' }, [
  { name: 'DEFINE_PERCPU_RWSEM',        effect: 'init' },
  { name: 'DEFINE_STATIC_PERCPU_RWSEM', effect: 'init' },
  { name: 'percpu_free_rwsem',          effect: 'init' },
  { name: 'percpu_init_rwsem',          effect: 'init' },
  { name: 'percpu_down_read',           effect: 'acquire', mode: 'read', sleeps: 'yes' },
  { name: 'percpu_down_write',          effect: 'acquire', mode: 'write', sleeps: 'yes', waitsFor: 'rcu' },
  { name: 'percpu_down_read_trylock',   effect: 'try', mode: 'read', success: 'nonzero' },
  { name: 'percpu_up_read',             effect: 'release', mode: 'read' },
  { name: 'percpu_up_write',            effect: 'release', mode: 'write' },
  { name: 'percpu_rwsem_assert_held',   effect: 'assert', mode: 'either' },
]);
