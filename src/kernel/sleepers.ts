// sleepers.ts
// Functions that may put their caller to sleep and do nothing else that matters here: they take no lock that others
// could hold for long, and wait for nothing that a driver could hold up. Bodies are not looked at, since most lie in
// folders that are not followed.

import type { Primitive } from './primitive.ts';

export interface Sleeper {
  /** A function or macro. */
  readonly name: string;
  /** Index of the `gfp_t`: it sleeps only where that argument allows it. */
  readonly flagsArgument?: number;
  /** It may take mmap_lock for a fault. */
  readonly faults?: boolean;
}

// prettier-ignore
const always: readonly string[] = [
  'msleep', 'msleep_interruptible', 'ssleep', 'usleep_range', 'usleep_range_state', 'fsleep',
  'schedule', 'schedule_timeout', 'schedule_timeout_interruptible', 'schedule_timeout_killable', 'schedule_timeout_uninterruptible',
  'schedule_timeout_idle', 'schedule_hrtimeout', 'schedule_hrtimeout_range', 'io_schedule', 'io_schedule_timeout', 'schedule_preempt_disabled',
  'yield', 'cond_resched', 'might_sleep', 'might_fault', 'wait_woken',
  'copy_from_iter', 'copy_to_iter', 'copy_from_sockptr', 'copy_to_sockptr',
  'fault_in_readable', 'fault_in_writeable', 'get_user_pages', 'get_user_pages_fast', 'get_user_pages_unlocked', 'pin_user_pages',
  'pin_user_pages_fast', 'pin_user_pages_unlocked',
  'vmalloc', 'vzalloc', 'vmalloc_node', 'vzalloc_node', 'vmalloc_user', 'vmalloc_32', 'vmap', 'vunmap', 'vfree', 'kvfree',
  'alloc_percpu', 'kmem_cache_create', 'kmem_cache_destroy', 'mempool_create', 'mempool_destroy', 'dma_pool_create', 'dma_pool_destroy',
  'ioremap', 'ioremap_wc', 'iounmap', 'memremap', 'memunmap', 'devm_ioremap',
  'debugfs_create_dir', 'debugfs_create_file', 'proc_create', 'proc_create_data', 'proc_mkdir',
  'crypto_alloc_shash', 'crypto_alloc_ahash', 'crypto_alloc_skcipher', 'crypto_alloc_aead', 'crypto_alloc_sync_skcipher',
];

/** Memory of the process may have to be read in first, by the fault handler of what is mapped there, under mmap_lock. */
// prettier-ignore
const faulting: readonly string[] = [
  'copy_from_user', 'copy_to_user', '__copy_from_user', '__copy_to_user', 'get_user', 'put_user', '__get_user', '__put_user',
  'clear_user', '__clear_user', 'strncpy_from_user', 'strnlen_user', 'strndup_user', 'memdup_user', 'memdup_user_nul', 'vmemdup_user',
  'copy_struct_from_user', 'simple_read_from_buffer',
  'simple_write_to_buffer', 'kstrtoul_from_user', 'kstrtol_from_user', 'kstrtouint_from_user', 'kstrtoint_from_user', 'kstrtobool_from_user',
];

/** By the index of the flags. */
// prettier-ignore
const byFlags: readonly (readonly string[])[] = [
  ['__get_free_pages', 'get_zeroed_page', 'alloc_pages', 'alloc_page', '__get_free_page', 'kasprintf', 'kvasprintf', 'idr_preload'],
  ['kmalloc', 'kzalloc', 'kvmalloc', 'kvzalloc', 'kmalloc_node', 'kzalloc_node', 'kvmalloc_node', 'kvzalloc_node', 'kmem_cache_alloc',
    'kmem_cache_zalloc', 'kmem_cache_alloc_node', 'kmem_cache_alloc_bulk', 'kstrdup', 'kstrdup_const', '__vmalloc', 'alloc_pages_node',
    'alloc_pages_exact', 'alloc_skb', 'alloc_skb_fclone', 'skb_clone', 'skb_copy', 'pskb_copy', 'skb_unshare', 'skb_share_check', 'skb_unclone',
    'mempool_alloc', 'dma_pool_alloc', 'dma_pool_zalloc', 'bitmap_alloc', 'bitmap_zalloc', 'alloc_cpumask_var', 'zalloc_cpumask_var', 'ida_alloc',
    'nlmsg_new', 'genlmsg_new', 'usb_alloc_urb', 'usb_ep_alloc_request', 'spi_message_alloc', 'devm_kasprintf', 'devm_kvasprintf',
    'devm_get_free_pages'],
  ['kcalloc', 'kmalloc_array', 'kvcalloc', 'kvmalloc_array', 'krealloc', 'kmemdup', 'kmemdup_nul', 'kstrndup', 'devm_kmalloc', 'devm_kzalloc',
    'devm_kstrdup', 'devm_kstrdup_const', 'ida_alloc_max', 'ida_alloc_min', 'sg_alloc_table', 'usb_alloc_coherent', 'sk_alloc',
    'sock_kmalloc', '__netdev_alloc_skb', 'usb_ep_queue', 'bio_split'],
  ['devm_kcalloc', 'devm_kmalloc_array', 'devm_kmemdup', 'devm_krealloc', 'krealloc_array', 'dma_alloc_coherent', 'dma_alloc_attrs',
    'dma_alloc_wc', 'dmam_alloc_coherent', 'ida_alloc_range', 'xa_store', 'xa_insert', 'pskb_expand_head', 'skb_copy_expand', 'bio_alloc',
    'blkdev_issue_discard', 'blkdev_issue_zeroout'],
  ['idr_alloc', 'idr_alloc_cyclic', 'idr_alloc_u32', 'xa_alloc', 'xa_cmpxchg', 'blk_rq_map_kern', 'virtqueue_add_inbuf',
    'virtqueue_add_outbuf', 'netlink_broadcast', 'nlmsg_multicast'],
  ['xa_alloc_cyclic', 'virtqueue_add_sgs', 'sg_alloc_table_from_pages'],
];

/** Every row: those that always may first. */
export const sleepers: readonly Sleeper[] = [
  ...always.map((name) => ({ name })),
  ...faulting.map((name) => ({ name, faults: true })),
  ...byFlags.flatMap((names, flagsArgument) => names.map((name) => ({ name, flagsArgument }))),
];

const byName: ReadonlyMap<string, Sleeper> = new Map(sleepers.map((row) => [row.name, row]));

/** `undefined`: nothing is known, which is no promise that it does not sleep. */
export function sleeperOf(name: string): Sleeper | undefined {
  return byName.get(name);
}

/** The same as a primitive that does nothing but sleep. */
export const sleepOf = (name: string): Primitive | undefined => asPrimitive.get(name);

// For reading; but another thread of the process may want to write at any time, and readers queue behind that.
const fault = {
  kind: 'rwsem',
  effect: 'acquire',
  type: 'mm_struct',
  member: 'mmap_lock',
  objectArgument: -1,
  sleeps: 'yes',
  passes: true,
} as const;

const asPrimitive: ReadonlyMap<string, Primitive> = new Map(
  sleepers.map(({ name, flagsArgument, faults }): [string, Primitive] => {
    if (faults === true) return [name, { ...fault, name }];
    const sleep = { name, kind: 'cpu', effect: 'assert', objectArgument: -1 } as const;
    return [
      name,
      flagsArgument === undefined
        ? { ...sleep, sleeps: 'yes' }
        : { ...sleep, sleeps: 'flags', flagsArgument },
    ];
  }),
);

// prettier-ignore
const blocking: ReadonlySet<string> = new Set([
  'GFP_KERNEL', 'GFP_KERNEL_ACCOUNT', 'GFP_USER', 'GFP_HIGHUSER', 'GFP_HIGHUSER_MOVABLE', 'GFP_TRANSHUGE', 'GFP_NOIO', 'GFP_NOFS', '__GFP_RECLAIM',
]);

/** Whether flags that are written with these names let an allocation sleep: `GFP_KERNEL | __GFP_NOWARN` does. */
export function flagsMaySleep(names: readonly string[]): boolean {
  // In company of another that lets it sleep, this one is there to be taken away.
  const isTakenAway = names.length > 1 && names.includes('__GFP_DIRECT_RECLAIM');
  if (isTakenAway) return false;
  return names.some((name) => blocking.has(name) || name === '__GFP_DIRECT_RECLAIM');
}

const deferring: ReadonlySet<string> = new Set(['vfree', 'kvfree']);

/** In an interrupt, or with softirq off, it leaves the work to somebody else; below a spinlock alone it sleeps. */
export const isDeferredInInterrupts = (name: string): boolean => deferring.has(name);

/** Calls in which a thread gives the processor away until somebody wakes it up: what it has announced begins here. */
const scheduling: ReadonlySet<string> = new Set([
  'schedule',
  'schedule_timeout',
  'schedule_timeout_interruptible',
  'schedule_timeout_killable',
  'schedule_timeout_uninterruptible',
  'schedule_timeout_idle',
  'schedule_hrtimeout',
  'schedule_hrtimeout_range',
  'schedule_preempt_disabled',
  'io_schedule',
  'io_schedule_timeout',
  'wait_woken',
]);

export const isScheduling = (name: string): boolean => scheduling.has(name);

/** The same where it does not matter that the call sleeps. */
export const schedulingOf = (name: string): Primitive | undefined => withoutSleep.get(name);

const withoutSleep: ReadonlyMap<string, Primitive> = new Map(
  [...scheduling].map((name) => [
    name,
    { name, kind: 'cpu', effect: 'assert', objectArgument: -1, sleeps: 'no' },
  ]),
);
