// spinlocks.ts
// Locks whose waiter spins, and counters that readers retry on.

import { primitiveTable } from '../primitive.ts';

// prettier-ignore
export const spinlockPrimitives = primitiveTable({ kind: 'spinlock' }, [
  { name: 'DEFINE_SPINLOCK',               effect: 'init' },
  { name: 'spin_lock_init',                effect: 'init' },
  { name: 'spin_lock',                     effect: 'acquire' },
  { name: 'spin_lock_bh',                  effect: 'acquire', disables: 'bh' },
  { name: 'spin_lock_irq',                 effect: 'acquire', disables: 'irq' },
  { name: 'spin_lock_irqsave',             effect: 'acquire', disables: 'irqsave' },
  { name: 'spin_lock_irqsave_nested',      effect: 'acquire', disables: 'irqsave' },
  { name: 'spin_lock_nest_lock',           effect: 'acquire' },
  { name: 'spin_lock_nested',              effect: 'acquire' },
  { name: 'atomic_dec_and_lock',           effect: 'try', objectArgument: 1, success: 'nonzero' },
  { name: 'atomic_dec_and_lock_irqsave',   effect: 'try', objectArgument: 1, disables: 'irqsave', success: 'nonzero' },
  { name: 'refcount_dec_and_lock',         effect: 'try', objectArgument: 1, success: 'nonzero' },
  { name: 'refcount_dec_and_lock_irqsave', effect: 'try', objectArgument: 1, disables: 'irqsave', success: 'nonzero' },
  { name: 'spin_trylock',                  effect: 'try', success: 'nonzero' },
  { name: 'spin_trylock_bh',               effect: 'try', disables: 'bh', success: 'nonzero' },
  { name: 'spin_trylock_irq',              effect: 'try', disables: 'irq', success: 'nonzero' },
  { name: 'spin_trylock_irqsave',          effect: 'try', disables: 'irqsave', success: 'nonzero' },
  { name: 'spin_unlock',                   effect: 'release' },
  { name: 'spin_unlock_bh',                effect: 'release', disables: 'bh' },
  { name: 'spin_unlock_irq',               effect: 'release', disables: 'irq' },
  { name: 'spin_unlock_irqrestore',        effect: 'release', disables: 'irqsave' },
  { name: 'assert_spin_locked',            effect: 'assert' },
]);

// prettier-ignore
export const rawSpinlockPrimitives = primitiveTable({ kind: 'raw spinlock' }, [
  { name: 'DEFINE_RAW_SPINLOCK',             effect: 'init' },
  { name: 'raw_spin_lock_init',              effect: 'init' },
  { name: 'raw_spin_lock',                   effect: 'acquire' },
  { name: 'raw_spin_lock_bh',                effect: 'acquire', disables: 'bh' },
  { name: 'raw_spin_lock_irq',               effect: 'acquire', disables: 'irq' },
  { name: 'raw_spin_lock_irqsave',           effect: 'acquire', disables: 'irqsave' },
  { name: 'raw_spin_lock_irqsave_nested',    effect: 'acquire', disables: 'irqsave' },
  { name: 'raw_spin_lock_nest_lock',         effect: 'acquire' },
  { name: 'raw_spin_lock_nested',            effect: 'acquire' },
  { name: 'atomic_dec_and_raw_lock',         effect: 'try', objectArgument: 1, success: 'nonzero', only: '6.12' },
  { name: 'atomic_dec_and_raw_lock_irqsave', effect: 'try', objectArgument: 1, disables: 'irqsave', success: 'nonzero', only: '6.12' },
  { name: 'raw_spin_trylock',                effect: 'try', success: 'nonzero' },
  { name: 'raw_spin_trylock_bh',             effect: 'try', disables: 'bh', success: 'nonzero' },
  { name: 'raw_spin_trylock_irq',            effect: 'try', disables: 'irq', success: 'nonzero' },
  { name: 'raw_spin_trylock_irqsave',        effect: 'try', disables: 'irqsave', success: 'nonzero' },
  { name: 'raw_spin_unlock',                 effect: 'release' },
  { name: 'raw_spin_unlock_bh',              effect: 'release', disables: 'bh' },
  { name: 'raw_spin_unlock_irq',             effect: 'release', disables: 'irq' },
  { name: 'raw_spin_unlock_irqrestore',      effect: 'release', disables: 'irqsave' },
  { name: 'assert_raw_spin_locked',          effect: 'assert' },
]);

// prettier-ignore
export const bitSpinlockPrimitives = primitiveTable({ kind: 'bit spinlock', objectArgument: 1 }, [
  { name: 'bit_spin_lock',     effect: 'acquire' },
  { name: 'bit_spin_trylock',  effect: 'try', success: 'nonzero' },
  { name: '__bit_spin_unlock', effect: 'release' },
  { name: 'bit_spin_unlock',   effect: 'release' },
]);

// prettier-ignore
export const rwlockPrimitives = primitiveTable({ kind: 'rwlock' }, [
  { name: 'DEFINE_RWLOCK',           effect: 'init' },
  { name: 'rwlock_init',             effect: 'init' },
  { name: 'read_lock',               effect: 'acquire', mode: 'read' },
  { name: 'read_lock_bh',            effect: 'acquire', mode: 'read', disables: 'bh' },
  { name: 'read_lock_irq',           effect: 'acquire', mode: 'read', disables: 'irq' },
  { name: 'read_lock_irqsave',       effect: 'acquire', mode: 'read', disables: 'irqsave' },
  { name: 'write_lock',              effect: 'acquire', mode: 'write' },
  { name: 'write_lock_bh',           effect: 'acquire', mode: 'write', disables: 'bh' },
  { name: 'write_lock_irq',          effect: 'acquire', mode: 'write', disables: 'irq' },
  { name: 'write_lock_irqsave',      effect: 'acquire', mode: 'write', disables: 'irqsave' },
  { name: 'write_lock_nested',       effect: 'acquire', mode: 'write' },
  { name: 'read_trylock',            effect: 'try', mode: 'read', success: 'nonzero' },
  { name: 'write_trylock',           effect: 'try', mode: 'write', success: 'nonzero' },
  { name: 'write_trylock_irqsave',   effect: 'try', mode: 'write', disables: 'irqsave', success: 'nonzero' },
  { name: 'read_unlock',             effect: 'release', mode: 'read' },
  { name: 'read_unlock_bh',          effect: 'release', mode: 'read', disables: 'bh' },
  { name: 'read_unlock_irq',         effect: 'release', mode: 'read', disables: 'irq' },
  { name: 'read_unlock_irqrestore',  effect: 'release', mode: 'read', disables: 'irqsave' },
  { name: 'write_unlock',            effect: 'release', mode: 'write' },
  { name: 'write_unlock_bh',         effect: 'release', mode: 'write', disables: 'bh' },
  { name: 'write_unlock_irq',        effect: 'release', mode: 'write', disables: 'irq' },
  { name: 'write_unlock_irqrestore', effect: 'release', mode: 'write', disables: 'irqsave' },
]);

// prettier-ignore
export const seqlockPrimitives = primitiveTable({ kind: 'seqlock' }, [
  { name: 'DEFINE_SEQLOCK',                 effect: 'init' },
  { name: 'seqlock_init',                   effect: 'init' },
  { name: 'read_seqbegin_or_lock',          effect: 'acquire', type: 'seqlock_t', member: 'lock', mode: 'write' },
  { name: 'read_seqbegin_or_lock_irqsave',  effect: 'acquire', type: 'seqlock_t', member: 'lock', mode: 'write', disables: 'irqsave' },
  { name: 'read_seqlock_excl',              effect: 'acquire', type: 'seqlock_t', member: 'lock', mode: 'write' },
  { name: 'read_seqlock_excl_bh',           effect: 'acquire', type: 'seqlock_t', member: 'lock', mode: 'write', disables: 'bh' },
  { name: 'read_seqlock_excl_irq',          effect: 'acquire', type: 'seqlock_t', member: 'lock', mode: 'write', disables: 'irq' },
  { name: 'read_seqlock_excl_irqsave',      effect: 'acquire', type: 'seqlock_t', member: 'lock', mode: 'write', disables: 'irqsave' },
  { name: 'scoped_seqlock_read',            effect: 'acquire', type: 'seqlock_t', member: 'lock', mode: 'write' },
  { name: 'write_seqlock',                  effect: 'acquire', type: 'seqlock_t', member: 'lock', mode: 'write' },
  { name: 'write_seqlock_bh',               effect: 'acquire', type: 'seqlock_t', member: 'lock', mode: 'write', disables: 'bh' },
  { name: 'write_seqlock_irq',              effect: 'acquire', type: 'seqlock_t', member: 'lock', mode: 'write', disables: 'irq' },
  { name: 'write_seqlock_irqsave',          effect: 'acquire', type: 'seqlock_t', member: 'lock', mode: 'write', disables: 'irqsave' },
  { name: 'done_seqretry',                  effect: 'release', type: 'seqlock_t', member: 'lock', mode: 'write' },
  { name: 'done_seqretry_irqrestore',       effect: 'release', type: 'seqlock_t', member: 'lock', mode: 'write', disables: 'irqsave' },
  { name: 'read_sequnlock_excl',            effect: 'release', type: 'seqlock_t', member: 'lock', mode: 'write' },
  { name: 'read_sequnlock_excl_bh',         effect: 'release', type: 'seqlock_t', member: 'lock', mode: 'write', disables: 'bh' },
  { name: 'read_sequnlock_excl_irq',        effect: 'release', type: 'seqlock_t', member: 'lock', mode: 'write', disables: 'irq' },
  { name: 'read_sequnlock_excl_irqrestore', effect: 'release', type: 'seqlock_t', member: 'lock', mode: 'write', disables: 'irqsave' },
  { name: 'write_sequnlock',                effect: 'release', type: 'seqlock_t', member: 'lock', mode: 'write' },
  { name: 'write_sequnlock_bh',             effect: 'release', type: 'seqlock_t', member: 'lock', mode: 'write', disables: 'bh' },
  { name: 'write_sequnlock_irq',            effect: 'release', type: 'seqlock_t', member: 'lock', mode: 'write', disables: 'irq' },
  { name: 'write_sequnlock_irqrestore',     effect: 'release', type: 'seqlock_t', member: 'lock', mode: 'write', disables: 'irqsave' },
]);

// prettier-ignore
export const seqcountPrimitives = primitiveTable({ kind: 'seqlock' }, [
  { name: 'seqcount_init',               effect: 'init' },
  { name: 'seqcount_mutex_init',         effect: 'init' },
  { name: 'seqcount_raw_spinlock_init',  effect: 'init' },
  { name: 'seqcount_rwlock_init',        effect: 'init' },
  { name: 'seqcount_spinlock_init',      effect: 'init' },
  { name: 'raw_write_seqcount_begin',    effect: 'acquire', mode: 'write' },
  { name: 'raw_write_seqcount_latch',    effect: 'acquire', mode: 'write' },
  { name: 'write_seqcount_begin',        effect: 'acquire', mode: 'write' },
  { name: 'write_seqcount_begin_nested', effect: 'acquire', mode: 'write' },
  { name: 'write_seqcount_latch_begin',  effect: 'acquire', mode: 'write' },
  { name: 'raw_write_seqcount_end',      effect: 'release', mode: 'write' },
  { name: 'write_seqcount_end',          effect: 'release', mode: 'write' },
  { name: 'write_seqcount_latch_end',    effect: 'release', mode: 'write' },
]);

// prettier-ignore
export const localLockPrimitives = primitiveTable({ kind: 'local lock' }, [
  { name: 'local_lock_init',         effect: 'init' },
  { name: 'local_lock',              effect: 'acquire', disables: 'preemption' },
  { name: 'local_lock_irq',          effect: 'acquire', disables: 'irq' },
  { name: 'local_lock_irqsave',      effect: 'acquire', disables: 'irqsave' },
  { name: 'local_lock_nested_bh',    effect: 'acquire', disables: 'bh', only: '6.12' },
  { name: 'local_unlock',            effect: 'release', disables: 'preemption' },
  { name: 'local_unlock_irq',        effect: 'release', disables: 'irq' },
  { name: 'local_unlock_irqrestore', effect: 'release', disables: 'irqsave' },
  { name: 'local_unlock_nested_bh',  effect: 'release', disables: 'bh', only: '6.12' },
]);

// prettier-ignore
export const hwspinlockPrimitives = primitiveTable({ kind: 'spinlock' }, [
  { name: 'hwspin_lock_timeout',           effect: 'try', success: 'zero' },
  { name: 'hwspin_lock_timeout_in_atomic', effect: 'try', success: 'zero' },
  { name: 'hwspin_lock_timeout_irq',       effect: 'try', disables: 'irq', success: 'zero' },
  { name: 'hwspin_lock_timeout_irqsave',   effect: 'try', disables: 'irqsave', success: 'zero' },
  { name: 'hwspin_lock_timeout_raw',       effect: 'try', success: 'zero' },
  { name: 'hwspin_trylock',                effect: 'try', success: 'zero' },
  { name: 'hwspin_trylock_in_atomic',      effect: 'try', success: 'zero' },
  { name: 'hwspin_trylock_irq',            effect: 'try', disables: 'irq', success: 'zero' },
  { name: 'hwspin_trylock_irqsave',        effect: 'try', disables: 'irqsave', success: 'zero' },
  { name: 'hwspin_trylock_raw',            effect: 'try', success: 'zero' },
  { name: 'hwspin_unlock',                 effect: 'release' },
  { name: 'hwspin_unlock_in_atomic',       effect: 'release' },
  { name: 'hwspin_unlock_irq',             effect: 'release', disables: 'irq' },
  { name: 'hwspin_unlock_irqrestore',      effect: 'release', disables: 'irqsave' },
  { name: 'hwspin_unlock_raw',             effect: 'release' },
]);
