// storage.ts
// Block devices, SCSI hosts, device mapper, md and MMC hosts.

import { callbackTable } from '../callback.ts';
import type { Callback } from '../callback.ts';
import { lockOf } from './locks.ts';

const openMutex = lockOf('mutex', 'gendisk', 'open_mutex');
const scanMutex = lockOf('mutex', 'Scsi_Host', 'scan_mutex', 0, 'host');
const reconfigMutex = lockOf('mutex', 'mddev', 'reconfig_mutex');

// prettier-ignore
export const blockDeviceOperations = callbackTable('block_device_operations', {}, [
  { member: 'open', holds: [openMutex], only: '6.12' },
  { member: 'open', holds: [lockOf('mutex', 'gendisk', 'open_mutex', 0, 'bd_disk')], only: '6.1' },
  { member: 'release', holds: [openMutex], phase: 'teardown' },
  { member: 'free_disk', phase: 'teardown' },
  { member: 'swap_slot_free_notify', context: 'any', sleeps: false },
  'ioctl', 'compat_ioctl', 'getgeo', 'report_zones', 'submit_bio', 'check_events', 'set_read_only', 'unlock_native_capacity',
]);

// A request keeps its queue in use until it is done, and who freezes the queue waits for that (blk_mq_get_request and
// blk_mq_timeout_work take q_usage_counter; read in 6.1 and 6.12).
const usage = lockOf('transfer', 'request_queue', 'q_usage_counter', 0, 'queue');
const usageOfRequest = lockOf('transfer', 'request_queue', 'q_usage_counter', 0, 'q');

// Queues that may block say so with a flag when they are made, so nothing is said against sleeping here.
// prettier-ignore
export const blkMqOps = callbackTable('blk_mq_ops', {}, [
  { member: 'queue_rq',   holds: [usage], context: 'any', interrupts: 'on' },
  { member: 'queue_rqs',  context: 'any' },
  { member: 'commit_rqs', context: 'any' },
  { member: 'complete',   context: 'any', sleeps: false },
  { member: 'poll',       sleeps: false },
  { member: 'init_hctx',    phase: 'setup' },
  { member: 'init_request', phase: 'setup' },
  { member: 'exit_hctx',    phase: 'teardown' },
  { member: 'exit_request', phase: 'teardown' },
  { member: 'timeout',      holds: [usageOfRequest] },
  'map_queues',
]);

// prettier-ignore
export const bioMembers = callbackTable('bio', { context: 'any', sleeps: false }, ['bi_end_io']);

// prettier-ignore
export const scsiHostTemplate = callbackTable('scsi_host_template', {}, [
  { member: 'queuecommand', context: 'any', sleeps: false, interrupts: 'on' },
  { member: 'eh_timed_out', sleeps: false },
  { member: 'slave_alloc',     holds: [scanMutex], phase: 'setup' },
  { member: 'slave_configure', holds: [scanMutex], phase: 'setup' },
  { member: 'device_configure', holds: [scanMutex], phase: 'setup', only: '6.12' },
  { member: 'slave_destroy',   holds: [scanMutex], phase: 'teardown' },
  { member: 'target_alloc',    holds: [{ kind: 'mutex', type: 'Scsi_Host', member: 'scan_mutex' }], phase: 'setup' },
  { member: 'target_destroy',  sleeps: false, masked: 'irq', phase: 'teardown' },
  'eh_abort_handler', 'eh_device_reset_handler', 'eh_target_reset_handler', 'eh_bus_reset_handler', 'eh_host_reset_handler', 'scan_start',
  'scan_finished', 'change_queue_depth', 'ioctl', 'compat_ioctl', 'info', 'bios_param', 'show_info', 'write_info', 'host_reset',
]);

// prettier-ignore
export const deviceMapperTargets = callbackTable('target_type', {}, [
  { member: 'ctr', phase: 'setup' },
  { member: 'dtr', phase: 'teardown' },
  { member: 'end_io', context: 'any', sleeps: false },
  'map', 'presuspend', 'postsuspend', 'preresume', 'resume', 'status', 'message', 'prepare_ioctl', 'iterate_devices', 'io_hints',
]);

// prettier-ignore
export const mdPersonality = callbackTable('md_personality', {}, [
  { member: 'run',           holds: [reconfigMutex], phase: 'setup' },
  { member: 'takeover',      holds: [reconfigMutex] },
  { member: 'check_reshape', holds: [reconfigMutex] },
  { member: 'start_reshape', holds: [reconfigMutex] },
  { member: 'resize',        holds: [reconfigMutex] },
  { member: 'free',          phase: 'teardown' },
  { member: 'error_handler', context: 'any', sleeps: false },
  'make_request', 'sync_request', 'hot_add_disk', 'hot_remove_disk', 'spare_active', 'quiesce', 'size', 'finish_reshape',
]);

// The core claims the host, which is no lock.
// prettier-ignore
export const mmcHostOps: readonly Callback[] = callbackTable('mmc_host_ops', {}, [
  'request', 'set_ios', 'get_ro', 'get_cd', 'start_signal_voltage_switch', 'execute_tuning', 'card_busy', 'pre_req', 'post_req',
  'card_hw_reset', 'card_event', 'init_card', 'select_drive_strength',
  { member: 'request_atomic',  context: 'any', sleeps: false },
  { member: 'enable_sdio_irq', context: 'any', interrupts: 'on' },
]);
