// subsystems.ts
// Callbacks of smaller subsystems, each with a lock of its own. Read in 6.1 and 6.12: cgroup.c, mtdcore.c, xenbus_xs.c,
// remoteproc_core.c, hw_random/core.c, tpm-chip.c, dvb_demux.c, wwan_core.c, net/mac802154/.

import { callbackTable } from '../callback.ts';
import type { Callback, CallbackLock } from '../callback.ts';
import { lockOf, rtnl } from './locks.ts';

const cgroups: CallbackLock = { kind: 'mutex', object: 'cgroup_mutex' };
const processors: CallbackLock = { kind: 'percpu rwsem', mode: 'read', object: 'cpu_hotplug_lock' };
const threads: CallbackLock = { kind: 'percpu rwsem', object: 'cgroup_threadgroup_rwsem' };

// prettier-ignore
export const cgroupSubsys = callbackTable('cgroup_subsys', { holds: [cgroups] }, [
  { member: 'css_alloc',  phase: 'setup' },
  { member: 'css_online', phase: 'setup' },
  'css_offline', 'css_released', 'bind',
  { member: 'can_attach',    holds: [cgroups, processors] },
  { member: 'cancel_attach', holds: [cgroups, processors] },
  { member: 'attach',        holds: [cgroups, processors] },
  { member: 'post_attach',   holds: [cgroups] },
  { member: 'css_free',      holds: [] },
  { member: 'can_fork',      holds: [{ ...threads, mode: 'read' }] },
  { member: 'fork',          holds: [{ ...threads, mode: 'read' }] },
]);

// prettier-ignore
export const comesAndGoes: readonly Callback[] = [
  ...callbackTable('mtd_notifier', { holds: [{ kind: 'mutex', object: 'mtd_table_mutex' }] }, ['add', 'remove']),
  ...callbackTable('xenbus_watch', { holds: [{ kind: 'mutex', object: 'xenwatch_mutex' }] }, ['callback']),
];

// The processor may be started by asking for it, and again after a crash: always with its lock held.
// prettier-ignore
export const remoteProcessors = callbackTable('rproc_ops', { holds: [lockOf('mutex', 'rproc', 'lock')] }, [
  'prepare', 'unprepare', 'start', 'stop', 'attach', 'detach', 'load', 'parse_fw',
  { member: 'kick',  holds: [], context: 'any' },
  { member: 'panic', holds: [], context: 'any', sleeps: false },
]);

const generators: CallbackLock = { kind: 'mutex', object: 'rng_mutex' };
const reading: CallbackLock = { kind: 'mutex', object: 'reading_mutex' };

// prettier-ignore
export const chips: readonly Callback[] = [
  ...callbackTable('hwrng', { holds: [generators] }, [
    'init', 'cleanup',
    { member: 'read',         holds: [reading] },
    { member: 'data_read',    holds: [reading] },
    { member: 'data_present', holds: [reading] },
  ]),
  ...callbackTable('tpm_class_ops', { holds: [lockOf('mutex', 'tpm_chip', 'tpm_mutex')] }, ['send', 'recv']),
];

// prettier-ignore
export const demuxFeeds = callbackTable('dvb_demux', { holds: [lockOf('mutex', 'dvb_demux', 'mutex', 0, 'demux')] }, [
  'start_feed', 'stop_feed',
]);

// prettier-ignore
export const smallNetworks: readonly Callback[] = [
  ...callbackTable('wwan_port_ops', { holds: [lockOf('mutex', 'wwan_port', 'ops_lock')] }, ['start', 'stop', 'tx', 'tx_blocking']),
  ...callbackTable('ieee802154_ops', { holds: [rtnl] }, [
    'start', 'stop', 'set_channel', 'set_hw_addr_filt', 'set_txpower', 'set_lbt', 'set_cca_mode', 'set_cca_ed_level', 'set_csma_params',
    'set_frame_retries', 'set_promiscuous_mode',
    { member: 'xmit_sync',  holds: [] },
    { member: 'xmit_async', holds: [], context: 'any', sleeps: false },
  ]),
];
