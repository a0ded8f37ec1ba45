// subsystems.ts
// Locks of memory management, file systems and other subsystems that have calls of their own.

import { primitiveTable } from '../primitive.ts';

// prettier-ignore
export const mmapLockPrimitives = primitiveTable({ kind: 'rwsem', type: 'mm_struct', member: 'mmap_lock' }, [
  { name: 'mmap_read_lock',             effect: 'acquire', mode: 'read', sleeps: 'yes' },
  { name: 'mmap_read_lock_killable',    effect: 'acquire', mode: 'read', sleeps: 'yes', success: 'zero', endedBy: 'fatal signal' },
  { name: 'mmap_write_lock',            effect: 'acquire', mode: 'write', sleeps: 'yes' },
  { name: 'mmap_write_lock_killable',   effect: 'acquire', mode: 'write', sleeps: 'yes', success: 'zero', endedBy: 'fatal signal' },
  { name: 'mmap_write_lock_nested',     effect: 'acquire', mode: 'write', sleeps: 'yes' },
  { name: 'mmap_read_trylock',          effect: 'try', mode: 'read', success: 'nonzero' },
  { name: 'mmap_write_trylock',         effect: 'try', mode: 'write', success: 'nonzero', only: '6.1' },
  { name: 'mmap_read_unlock',           effect: 'release', mode: 'read' },
  { name: 'mmap_read_unlock_non_owner', effect: 'release', mode: 'read' },
  { name: 'mmap_write_unlock',          effect: 'release', mode: 'write' },
  { name: 'mmap_write_downgrade',       effect: 'downgrade' },
  { name: 'mmap_assert_locked',         effect: 'assert', mode: 'either' },
  { name: 'mmap_assert_write_locked',   effect: 'assert', mode: 'write' },
]);

// prettier-ignore
export const inodePrimitives = primitiveTable({ kind: 'rwsem' }, [
  { name: 'filemap_invalidate_lock',           effect: 'acquire', type: 'address_space', member: 'invalidate_lock', mode: 'write', sleeps: 'yes' },
  { name: 'filemap_invalidate_lock_shared',    effect: 'acquire', type: 'address_space', member: 'invalidate_lock', mode: 'read', sleeps: 'yes' },
  { name: 'i_mmap_lock_read',                  effect: 'acquire', type: 'address_space', member: 'i_mmap_rwsem', mode: 'read', sleeps: 'yes' },
  { name: 'i_mmap_lock_write',                 effect: 'acquire', type: 'address_space', member: 'i_mmap_rwsem', mode: 'write', sleeps: 'yes' },
  { name: 'inode_lock',                        effect: 'acquire', type: 'inode', member: 'i_rwsem', mode: 'write', sleeps: 'yes' },
  { name: 'inode_lock_killable',               effect: 'acquire', type: 'inode', member: 'i_rwsem', mode: 'write', sleeps: 'yes', success: 'zero', endedBy: 'fatal signal', only: '6.12' },
  { name: 'inode_lock_nested',                 effect: 'acquire', type: 'inode', member: 'i_rwsem', mode: 'write', sleeps: 'yes' },
  { name: 'inode_lock_shared',                 effect: 'acquire', type: 'inode', member: 'i_rwsem', mode: 'read', sleeps: 'yes' },
  { name: 'inode_lock_shared_killable',        effect: 'acquire', type: 'inode', member: 'i_rwsem', mode: 'read', sleeps: 'yes', success: 'zero', endedBy: 'fatal signal', only: '6.12' },
  { name: 'inode_lock_shared_nested',          effect: 'acquire', type: 'inode', member: 'i_rwsem', mode: 'read', sleeps: 'yes' },
  { name: 'filemap_invalidate_trylock_shared', effect: 'try', type: 'address_space', member: 'invalidate_lock', mode: 'read', success: 'nonzero' },
  { name: 'inode_trylock',                     effect: 'try', type: 'inode', member: 'i_rwsem', mode: 'write', success: 'nonzero' },
  { name: 'inode_trylock_shared',              effect: 'try', type: 'inode', member: 'i_rwsem', mode: 'read', success: 'nonzero' },
  { name: 'filemap_invalidate_unlock',         effect: 'release', type: 'address_space', member: 'invalidate_lock', mode: 'write' },
  { name: 'filemap_invalidate_unlock_shared',  effect: 'release', type: 'address_space', member: 'invalidate_lock', mode: 'read' },
  { name: 'i_mmap_unlock_read',                effect: 'release', type: 'address_space', member: 'i_mmap_rwsem', mode: 'read' },
  { name: 'i_mmap_unlock_write',               effect: 'release', type: 'address_space', member: 'i_mmap_rwsem', mode: 'write' },
  { name: 'inode_unlock',                      effect: 'release', type: 'inode', member: 'i_rwsem', mode: 'write' },
  { name: 'inode_unlock_shared',               effect: 'release', type: 'inode', member: 'i_rwsem', mode: 'read' },
  { name: 'inode_is_locked',                   effect: 'assert', type: 'inode', member: 'i_rwsem', mode: 'either' },
  { name: 'igrab',                             kind: 'references', effect: 'get', type: 'inode' },
  { name: 'ihold',                             kind: 'references', effect: 'get', type: 'inode' },
  { name: 'iput',                              kind: 'references', effect: 'put', type: 'inode', sleeps: 'yes' },
]);

// prettier-ignore
export const sbPrimitives = primitiveTable({ kind: 'percpu rwsem', type: 'super_block', member: 's_writers' }, [
  { name: 'file_start_write',          effect: 'acquire', mode: 'read', sleeps: 'yes' },
  { name: 'freeze_super',              effect: 'acquire', mode: 'write', sleeps: 'yes', success: 'zero' },
  { name: 'mnt_want_write',            effect: 'acquire', mode: 'read', sleeps: 'yes', success: 'zero' },
  { name: 'mnt_want_write_file',       effect: 'acquire', mode: 'read', sleeps: 'yes', success: 'zero' },
  { name: 'sb_start_intwrite',         effect: 'acquire', mode: 'read', sleeps: 'yes' },
  { name: 'sb_start_pagefault',        effect: 'acquire', mode: 'read', sleeps: 'yes' },
  { name: 'sb_start_write',            effect: 'acquire', mode: 'read', sleeps: 'yes' },
  { name: 'sb_start_intwrite_trylock', effect: 'try', mode: 'read', success: 'nonzero' },
  { name: 'sb_start_write_trylock',    effect: 'try', mode: 'read', success: 'nonzero' },
  { name: 'file_end_write',            effect: 'release', mode: 'read' },
  { name: 'mnt_drop_write',            effect: 'release', mode: 'read' },
  { name: 'mnt_drop_write_file',       effect: 'release', mode: 'read' },
  { name: 'sb_end_intwrite',           effect: 'release', mode: 'read' },
  { name: 'sb_end_pagefault',          effect: 'release', mode: 'read' },
  { name: 'sb_end_write',              effect: 'release', mode: 'read' },
  { name: 'thaw_super',                effect: 'release', mode: 'write', sleeps: 'yes' },
]);

// prettier-ignore
export const pagePrimitives = primitiveTable({ kind: 'lock', sleeps: 'yes' }, [
  { name: 'folio_lock',             effect: 'acquire', type: 'folio', member: 'PG_locked' },
  { name: 'folio_lock_killable',    effect: 'acquire', type: 'folio', member: 'PG_locked', success: 'zero', endedBy: 'fatal signal' },
  { name: 'lock_buffer',            effect: 'acquire', type: 'buffer_head', member: 'BH_Lock' },
  { name: 'lock_page',              effect: 'acquire', type: 'folio', member: 'PG_locked' },
  { name: 'folio_trylock',          effect: 'try', type: 'folio', member: 'PG_locked', sleeps: 'no', success: 'nonzero' },
  { name: 'trylock_buffer',         effect: 'try', type: 'buffer_head', member: 'BH_Lock', sleeps: 'no', success: 'nonzero' },
  { name: 'trylock_page',           effect: 'try', type: 'folio', member: 'PG_locked', sleeps: 'no', success: 'nonzero' },
  { name: 'folio_unlock',           effect: 'release', type: 'folio', member: 'PG_locked', sleeps: 'no' },
  { name: 'unlock_buffer',          effect: 'release', type: 'buffer_head', member: 'BH_Lock', sleeps: 'no' },
  { name: 'unlock_page',            effect: 'release', type: 'folio', member: 'PG_locked', sleeps: 'no' },
  { name: 'folio_wait_locked',      kind: 'transfer', effect: 'wait' },
  { name: 'folio_wait_writeback',   kind: 'transfer', effect: 'wait' },
  { name: 'wait_on_buffer',         kind: 'transfer', effect: 'wait' },
  { name: 'wait_on_page_writeback', kind: 'transfer', effect: 'wait' },
]);

// prettier-ignore
export const xarrayPrimitives = primitiveTable({ kind: 'spinlock' }, [
  { name: 'xa_lock',                effect: 'acquire', type: 'xarray', member: 'xa_lock' },
  { name: 'xa_lock_bh',             effect: 'acquire', type: 'xarray', member: 'xa_lock', disables: 'bh' },
  { name: 'xa_lock_bh_nested',      effect: 'acquire', type: 'xarray', member: 'xa_lock', disables: 'bh' },
  { name: 'xa_lock_irq',            effect: 'acquire', type: 'xarray', member: 'xa_lock', disables: 'irq' },
  { name: 'xa_lock_irq_nested',     effect: 'acquire', type: 'xarray', member: 'xa_lock', disables: 'irq' },
  { name: 'xa_lock_irqsave',        effect: 'acquire', type: 'xarray', member: 'xa_lock', disables: 'irqsave' },
  { name: 'xa_lock_irqsave_nested', effect: 'acquire', type: 'xarray', member: 'xa_lock', disables: 'irqsave' },
  { name: 'xa_lock_nested',         effect: 'acquire', type: 'xarray', member: 'xa_lock' },
  { name: 'xas_lock',               effect: 'acquire', type: 'xarray', member: 'xa_lock' },
  { name: 'xas_lock_bh',            effect: 'acquire', type: 'xarray', member: 'xa_lock', disables: 'bh' },
  { name: 'xas_lock_irq',           effect: 'acquire', type: 'xarray', member: 'xa_lock', disables: 'irq' },
  { name: 'xas_lock_irqsave',       effect: 'acquire', type: 'xarray', member: 'xa_lock', disables: 'irqsave' },
  { name: 'xa_trylock',             effect: 'try', type: 'xarray', member: 'xa_lock', success: 'nonzero' },
  { name: 'xas_trylock',            effect: 'try', type: 'xarray', member: 'xa_lock', success: 'nonzero' },
  { name: 'xa_unlock',              effect: 'release', type: 'xarray', member: 'xa_lock' },
  { name: 'xa_unlock_bh',           effect: 'release', type: 'xarray', member: 'xa_lock', disables: 'bh' },
  { name: 'xa_unlock_irq',          effect: 'release', type: 'xarray', member: 'xa_lock', disables: 'irq' },
  { name: 'xa_unlock_irqrestore',   effect: 'release', type: 'xarray', member: 'xa_lock', disables: 'irqsave' },
  { name: 'xas_unlock',             effect: 'release', type: 'xarray', member: 'xa_lock' },
  { name: 'xas_unlock_bh',          effect: 'release', type: 'xarray', member: 'xa_lock', disables: 'bh' },
  { name: 'xas_unlock_irq',         effect: 'release', type: 'xarray', member: 'xa_lock', disables: 'irq' },
  { name: 'xas_unlock_irqrestore',  effect: 'release', type: 'xarray', member: 'xa_lock', disables: 'irqsave' },
]);

// prettier-ignore
export const idrPrimitives = primitiveTable({ kind: 'spinlock', type: 'idr', member: 'idr_rt.xa_lock' }, [
  { name: 'idr_lock',              effect: 'acquire' },
  { name: 'idr_lock_bh',           effect: 'acquire', disables: 'bh' },
  { name: 'idr_lock_irq',          effect: 'acquire', disables: 'irq' },
  { name: 'idr_lock_irqsave',      effect: 'acquire', disables: 'irqsave' },
  { name: 'idr_unlock',            effect: 'release' },
  { name: 'idr_unlock_bh',         effect: 'release', disables: 'bh' },
  { name: 'idr_unlock_irq',        effect: 'release', disables: 'irq' },
  { name: 'idr_unlock_irqrestore', effect: 'release', disables: 'irqsave' },
]);

// prettier-ignore
export const taskPrimitives = primitiveTable({ kind: 'spinlock', type: 'task_struct' }, [
  { name: 'lock_task_sighand',   effect: 'acquire', type: 'sighand_struct', member: 'siglock', disables: 'irqsave', success: 'not null' },
  { name: 'task_lock',           effect: 'acquire', member: 'alloc_lock' },
  { name: 'task_unlock',         effect: 'release', member: 'alloc_lock' },
  { name: 'unlock_task_sighand', effect: 'release', type: 'sighand_struct', member: 'siglock', disables: 'irqsave' },
  { name: 'get_task_struct',     kind: 'references', effect: 'get' },
  { name: 'put_task_struct',     kind: 'references', effect: 'put' },
]);

// prettier-ignore
export const cpusPrimitives = primitiveTable({ kind: 'percpu rwsem', objectArgument: -1, sleeps: 'yes' }, [
  { name: 'cpus_read_lock',              effect: 'acquire', object: 'cpu_hotplug_lock', mode: 'read' },
  { name: 'cpus_write_lock',             effect: 'acquire', object: 'cpu_hotplug_lock', mode: 'write' },
  { name: 'cpus_read_trylock',           effect: 'try', object: 'cpu_hotplug_lock', mode: 'read', sleeps: 'no', success: 'nonzero' },
  { name: 'cpus_read_unlock',            effect: 'release', object: 'cpu_hotplug_lock', mode: 'read', sleeps: 'no' },
  { name: 'cpus_write_unlock',           effect: 'release', object: 'cpu_hotplug_lock', mode: 'write', sleeps: 'no' },
  { name: 'lockdep_assert_cpus_held',    effect: 'assert', object: 'cpu_hotplug_lock', mode: 'either', sleeps: 'no' },
  { name: 'cpuhp_setup_state',           kind: 'callbacks', effect: 'register', object: 'cpus', takesInside: 'cpu_hotplug_lock', handlerArgument: 2 },
  { name: 'cpuhp_setup_state_cpuslocked', kind: 'callbacks', effect: 'register', object: 'cpus', handlerArgument: 2 },
  { name: 'cpuhp_setup_state_multi',     kind: 'callbacks', effect: 'register', object: 'cpus', takesInside: 'cpu_hotplug_lock', handlerArgument: 2 },
  { name: 'cpuhp_setup_state_nocalls',   kind: 'callbacks', effect: 'register', object: 'cpus', takesInside: 'cpu_hotplug_lock', handlerArgument: 2 },
  { name: 'cpuhp_setup_state_nocalls_cpuslocked', kind: 'callbacks', effect: 'register', object: 'cpus', handlerArgument: 2 },
  { name: 'cpuhp_state_add_instance',    kind: 'callbacks', effect: 'register', objectArgument: 1, takesInside: 'cpu_hotplug_lock' },
  { name: 'cpuhp_remove_state',          kind: 'callbacks', effect: 'unregister', object: 'cpus', takesInside: 'cpu_hotplug_lock' },
  { name: 'cpuhp_remove_state_nocalls',  kind: 'callbacks', effect: 'unregister', object: 'cpus', takesInside: 'cpu_hotplug_lock' },
  { name: 'cpuhp_state_remove_instance', kind: 'callbacks', effect: 'unregister', object: 'cpus', takesInside: 'cpu_hotplug_lock' },
  { name: 'cpu_hotplug_disable',         kind: 'mutex', effect: 'disable', object: 'cpu_add_remove_lock' },
  { name: 'cpu_hotplug_enable',          kind: 'mutex', effect: 'enable', object: 'cpu_add_remove_lock' },
]);

// prettier-ignore
export const consolePrimitives = primitiveTable({ kind: 'mutex', objectArgument: -1 }, [
  { name: 'console_list_lock',        effect: 'acquire', object: 'console_mutex', sleeps: 'yes', only: '6.12' },
  { name: 'console_lock',             kind: 'semaphore', effect: 'acquire', object: 'console_sem', sleeps: 'yes' },
  { name: 'console_srcu_read_lock',   kind: 'srcu', effect: 'acquire', object: 'console_srcu', only: '6.12' },
  { name: 'console_trylock',          kind: 'semaphore', effect: 'try', object: 'console_sem', success: 'nonzero' },
  { name: 'console_list_unlock',      effect: 'release', object: 'console_mutex', only: '6.12' },
  { name: 'console_srcu_read_unlock', kind: 'srcu', effect: 'release', object: 'console_srcu', only: '6.12' },
  { name: 'console_unlock',           kind: 'semaphore', effect: 'release', object: 'console_sem', sleeps: 'flags' },
  { name: 'register_console',         effect: 'register', objectArgument: 0, sleeps: 'yes', takesInside: 'console_mutex' },
  { name: 'unregister_console',       effect: 'unregister', objectArgument: 0, sleeps: 'yes', waitsFor: 'srcu', takesInside: 'console_mutex' },
]);

// prettier-ignore
export const ttyPrimitives = primitiveTable({ kind: 'mutex' }, [
  { name: 'tty_buffer_lock_exclusive',   effect: 'acquire', type: 'tty_bufhead', member: 'lock', sleeps: 'yes' },
  { name: 'tty_ldisc_ref_wait',          kind: 'rwsem', effect: 'acquire', type: 'tty_struct', member: 'ldisc_sem', mode: 'read', sleeps: 'yes', success: 'not null' },
  { name: 'tty_lock',                    effect: 'acquire', type: 'tty_struct', member: 'legacy_mutex', sleeps: 'yes' },
  { name: 'tty_lock_interruptible',      effect: 'acquire', type: 'tty_struct', member: 'legacy_mutex', sleeps: 'yes', success: 'zero', endedBy: 'signal' },
  { name: 'tty_lock_slave',              effect: 'acquire', type: 'tty_struct', member: 'legacy_mutex', sleeps: 'yes' },
  { name: 'tty_ldisc_ref',               kind: 'rwsem', effect: 'try', type: 'tty_struct', member: 'ldisc_sem', mode: 'read', success: 'not null' },
  { name: 'tty_buffer_unlock_exclusive', effect: 'release', type: 'tty_bufhead', member: 'lock' },
  { name: 'tty_ldisc_deref',             kind: 'rwsem', effect: 'release', type: 'tty_struct', member: 'ldisc_sem', mode: 'read' },
  { name: 'tty_unlock',                  effect: 'release', type: 'tty_struct', member: 'legacy_mutex' },
  { name: 'tty_unlock_slave',            effect: 'release', type: 'tty_struct', member: 'legacy_mutex' },
  { name: 'tty_kref_get',                kind: 'references', effect: 'get', type: 'tty_struct' },
  { name: 'tty_port_tty_get',            kind: 'references', effect: 'get' },
  { name: 'tty_kref_put',                kind: 'references', effect: 'put', type: 'tty_struct' },
  { name: 'tty_port_put',                kind: 'references', effect: 'put' },
  { name: 'tty_flip_buffer_push',        kind: 'callbacks', effect: 'queue' },
  { name: 'tty_port_block_til_ready',    kind: 'callbacks', effect: 'wait', sleeps: 'yes' },
  { name: 'tty_port_close',              kind: 'callbacks', effect: 'wait', sleeps: 'yes' },
  { name: 'tty_vhangup',                 kind: 'callbacks', effect: 'wait', sleeps: 'yes' },
  { name: 'tty_wait_until_sent',         kind: 'callbacks', effect: 'wait', sleeps: 'yes' },
]);

// prettier-ignore
export const ldsemPrimitives = primitiveTable({ kind: 'rwsem' }, [
  { name: 'ldsem_down_read',          effect: 'acquire', mode: 'read', sleeps: 'yes', success: 'nonzero' },
  { name: 'ldsem_down_write',         effect: 'acquire', mode: 'write', sleeps: 'yes', success: 'nonzero' },
  { name: 'ldsem_down_read_trylock',  effect: 'try', mode: 'read', success: 'nonzero' },
  { name: 'ldsem_down_write_trylock', effect: 'try', mode: 'write', success: 'nonzero' },
  { name: 'ldsem_up_read',            effect: 'release', mode: 'read' },
  { name: 'ldsem_up_write',           effect: 'release', mode: 'write' },
]);

// prettier-ignore
export const uartPrimitives = primitiveTable({ kind: 'spinlock', type: 'uart_port', member: 'lock' }, [
  { name: 'uart_port_lock',                         effect: 'acquire' },
  { name: 'uart_port_lock_irq',                     effect: 'acquire', disables: 'irq' },
  { name: 'uart_port_lock_irqsave',                 effect: 'acquire', disables: 'irqsave' },
  { name: 'uart_port_trylock',                      effect: 'try', success: 'nonzero' },
  { name: 'uart_port_trylock_irqsave',              effect: 'try', disables: 'irqsave', success: 'nonzero' },
  { name: 'uart_port_unlock',                       effect: 'release' },
  { name: 'uart_port_unlock_irq',                   effect: 'release', disables: 'irq' },
  { name: 'uart_port_unlock_irqrestore',            effect: 'release', disables: 'irqsave' },
  { name: 'uart_unlock_and_check_sysrq',            effect: 'release' },
  { name: 'uart_unlock_and_check_sysrq_irqrestore', effect: 'release', disables: 'irqsave' },
]);

// Macros that choose a function by the type of their argument, a card or one of its parts.
// prettier-ignore
export const soundCardPrimitives = primitiveTable({ kind: 'mutex', type: 'snd_soc_card' }, [
  { name: 'snd_soc_dapm_mutex_lock',        effect: 'acquire', member: 'dapm_mutex', sleeps: 'yes' },
  { name: 'snd_soc_dapm_mutex_lock_root',   effect: 'acquire', member: 'dapm_mutex', sleeps: 'yes', only: '6.12' },
  { name: 'snd_soc_dpcm_mutex_lock',        effect: 'acquire', member: 'pcm_mutex', sleeps: 'yes', only: '6.12' },
  { name: 'snd_soc_dapm_mutex_unlock',      effect: 'release', member: 'dapm_mutex' },
  { name: 'snd_soc_dpcm_mutex_unlock',      effect: 'release', member: 'pcm_mutex', only: '6.12' },
  { name: 'snd_soc_dapm_mutex_assert_held', effect: 'assert', member: 'dapm_mutex', only: '6.12' },
  { name: 'snd_soc_dpcm_mutex_assert_held', effect: 'assert', member: 'pcm_mutex', only: '6.12' },
]);

// prettier-ignore
export const sndPrimitives = primitiveTable({ kind: 'spinlock' }, [
  { name: 'snd_pcm_stream_lock',                effect: 'acquire', type: 'snd_pcm_group', member: 'lock', sleeps: 'flags' },
  { name: 'snd_pcm_stream_lock_irq',            effect: 'acquire', type: 'snd_pcm_group', member: 'lock', disables: 'irq', sleeps: 'flags' },
  { name: 'snd_pcm_stream_lock_irqsave',        effect: 'acquire', type: 'snd_pcm_group', member: 'lock', disables: 'irqsave', sleeps: 'flags' },
  { name: 'snd_pcm_stream_lock_irqsave_nested', effect: 'acquire', type: 'snd_pcm_group', member: 'lock', disables: 'irqsave', sleeps: 'flags' },
  { name: 'snd_pcm_stream_unlock',              effect: 'release', type: 'snd_pcm_group', member: 'lock' },
  { name: 'snd_pcm_stream_unlock_irq',          effect: 'release', type: 'snd_pcm_group', member: 'lock', disables: 'irq' },
  { name: 'snd_pcm_stream_unlock_irqrestore',   effect: 'release', type: 'snd_pcm_group', member: 'lock', disables: 'irqsave' },
  { name: 'snd_card_disconnect',                kind: 'callbacks', effect: 'unregister', sleeps: 'yes', takesInside: 'snd_mutex' },
  { name: 'snd_card_free_when_closed',          kind: 'callbacks', effect: 'unregister', sleeps: 'yes', takesInside: 'snd_mutex' },
  { name: 'snd_card_disconnect_sync',           kind: 'callbacks', effect: 'wait', sleeps: 'yes' },
  { name: 'snd_card_free',                      kind: 'callbacks', effect: 'wait', sleeps: 'yes' },
]);

// prettier-ignore
export const v4l2Primitives = primitiveTable({ kind: 'mutex', sleeps: 'yes' }, [
  { name: 'v4l2_ctrl_lock',                        effect: 'acquire', type: 'v4l2_ctrl_handler', member: 'lock' },
  { name: 'v4l2_ctrl_unlock',                      effect: 'release', type: 'v4l2_ctrl_handler', member: 'lock', sleeps: 'no' },
  { name: 'vb2_video_unregister_device',           kind: 'callbacks', effect: 'unregister', takesInside: 'videodev_lock' },
  { name: 'video_unregister_device',               kind: 'callbacks', effect: 'unregister', takesInside: 'videodev_lock' },
  { name: 'vb2_core_streamoff',                    kind: 'callbacks', effect: 'wait' },
  { name: 'vb2_queue_release',                     kind: 'callbacks', effect: 'wait' },
  { name: 'vb2_streamoff',                         kind: 'callbacks', effect: 'wait' },
  { name: 'vb2_wait_for_all_buffers',              kind: 'callbacks', effect: 'wait' },
  { name: 'vb2_buffer_done',                       effect: 'signal', sleeps: 'no' },
]);

// prettier-ignore
export const drmPrimitives = primitiveTable({ kind: 'ww mutex' }, [
  { name: 'drm_dev_enter',                         kind: 'srcu', effect: 'acquire', objectArgument: -1, object: 'drm_unplug_srcu', success: 'nonzero' },
  { name: 'drm_gem_lock_reservations',             effect: 'acquire', sleeps: 'yes', success: 'zero' },
  { name: 'drm_modeset_lock',                      effect: 'acquire', type: 'drm_modeset_lock', member: 'mutex', sleeps: 'yes', success: 'zero' },
  { name: 'drm_modeset_lock_all',                  kind: 'mutex', effect: 'acquire', type: 'drm_mode_config', member: 'mutex', sleeps: 'yes' },
  { name: 'drm_modeset_lock_all_ctx',              effect: 'acquire', type: 'drm_modeset_lock', member: 'mutex', sleeps: 'yes', success: 'zero' },
  { name: 'drm_modeset_lock_single_interruptible', effect: 'acquire', type: 'drm_modeset_lock', member: 'mutex', sleeps: 'yes', success: 'zero', endedBy: 'signal' },
  { name: 'drm_dev_exit',                          kind: 'srcu', effect: 'release', objectArgument: -1, object: 'drm_unplug_srcu' },
  { name: 'drm_gem_unlock_reservations',           effect: 'release' },
  { name: 'drm_modeset_drop_locks',                effect: 'release', type: 'drm_modeset_lock', member: 'mutex' },
  { name: 'drm_modeset_unlock',                    effect: 'release', type: 'drm_modeset_lock', member: 'mutex' },
  { name: 'drm_modeset_unlock_all',                kind: 'mutex', effect: 'release', type: 'drm_mode_config', member: 'mutex' },
  { name: 'drm_dev_unplug',                        kind: 'callbacks', effect: 'wait', sleeps: 'yes', waitsFor: 'srcu' },
]);

// prettier-ignore
export const dmaResvPrimitives = primitiveTable({ kind: 'ww mutex', sleeps: 'yes' }, [
  { name: 'dma_resv_lock',                    effect: 'acquire', type: 'dma_resv', member: 'lock', success: 'zero' },
  { name: 'dma_resv_lock_interruptible',      effect: 'acquire', type: 'dma_resv', member: 'lock', success: 'zero', endedBy: 'signal' },
  { name: 'dma_resv_lock_slow',               effect: 'acquire', type: 'dma_resv', member: 'lock' },
  { name: 'dma_resv_lock_slow_interruptible', effect: 'acquire', type: 'dma_resv', member: 'lock', success: 'zero', endedBy: 'signal' },
  { name: 'dma_resv_trylock',                 effect: 'try', type: 'dma_resv', member: 'lock', sleeps: 'no', success: 'nonzero' },
  { name: 'dma_resv_unlock',                  effect: 'release', type: 'dma_resv', member: 'lock', sleeps: 'no' },
  { name: 'dma_resv_assert_held',             effect: 'assert', type: 'dma_resv', member: 'lock', sleeps: 'no' },
  { name: 'dma_resv_wait_timeout',            kind: 'fence', effect: 'wait', success: 'positive', endedBy: 'timeout' },
]);

// prettier-ignore
export const usermodePrimitives = primitiveTable({ kind: 'rwsem', objectArgument: -1, object: 'umhelper_sem', sleeps: 'yes' }, [
  { name: 'usermodehelper_read_lock_wait', effect: 'acquire', mode: 'read', success: 'nonzero' },
  { name: 'usermodehelper_read_trylock',   effect: 'try', mode: 'read', success: 'zero' },
  { name: 'usermodehelper_read_unlock',    effect: 'release', mode: 'read', sleeps: 'no' },
]);

// prettier-ignore
export const inputPrimitives = primitiveTable({ kind: 'callbacks', sleeps: 'yes' }, [
  { name: 'input_unregister_device',  effect: 'unregister', takesInside: 'input_mutex' },
  { name: 'input_unregister_handler', effect: 'unregister', takesInside: 'input_mutex' },
  { name: 'input_close_device',       effect: 'wait', waitsFor: 'rcu', takesInside: 'input_dev.mutex' },
]);

// prettier-ignore
export const stopPrimitives = primitiveTable({ kind: 'callbacks', objectArgument: -1, sleeps: 'yes' }, [
  { name: 'stop_machine',            effect: 'wait', object: 'stopper', waitsFor: 'kthread', handlerArgument: 0 },
  { name: 'stop_machine_cpuslocked', effect: 'wait', object: 'stopper', waitsFor: 'kthread', handlerArgument: 0 },
  { name: 'stop_one_cpu',            effect: 'wait', object: 'this processor', waitsFor: 'kthread', handlerArgument: 1 },
]);
