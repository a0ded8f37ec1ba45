// media.ts
// Cameras, tuners and codecs. Most locks here are pointers to a mutex of the driver's choice, and optional: they are
// claimed where the driver chooses one.

import { callbackTable } from '../callback.ts';
import type { CallbackLock } from '../callback.ts';
import { lockOf } from './locks.ts';

const requests = lockOf('mutex', 'media_device', 'req_queue_mutex', 0, 'mdev');

// prettier-ignore
export const v4l2FileOperations = callbackTable('v4l2_file_operations', {}, [
  'open', 'read', 'write', 'poll', 'mmap', 'unlocked_ioctl',
  { member: 'release', phase: 'teardown' },
]);

// prettier-ignore
export const v4l2CtrlOps = callbackTable('v4l2_ctrl_ops', { holds: [{ ...lockOf('mutex', 'v4l2_ctrl_handler', 'lock', 0, 'handler'), chosen: 'or own' }] }, [
  's_ctrl', 'g_volatile_ctrl', 'try_ctrl',
]);

// prettier-ignore
export const v4l2AsyncOps = callbackTable('v4l2_async_notifier_operations', {}, [
  { member: 'bound',  phase: 'setup' },
  { member: 'unbind', phase: 'teardown' },
  'complete',
]);

const queueLock: CallbackLock = { kind: 'mutex', type: 'vb2_queue', member: 'lock', chosen: 'if set' };
const videoLock: CallbackLock = { kind: 'mutex', type: 'video_device', member: 'lock', chosen: 'if set' };

// Requests that move buffers are made under the lock of the queue, all others under that of the device.
// prettier-ignore
export const v4l2IoctlOps = callbackTable('v4l2_ioctl_ops', { holds: [videoLock] }, [
  ...['streamon', 'streamoff', 'reqbufs', 'qbuf', 'dqbuf', 'querybuf', 'prepare_buf', 'create_bufs', 'expbuf']
    .map((name) => ({ member: `vidioc_${name}`, holds: [queueLock] })),
  ...['querycap', 's_input', 'g_input', 'enum_input', 's_std', 'g_std', 'querystd', 's_parm', 'g_parm', 's_ctrl', 'g_ctrl', 's_frequency',
    'g_frequency', 's_tuner', 'g_tuner', 's_selection', 'g_selection', 's_dv_timings', 'g_dv_timings', 'query_dv_timings', 'log_status',
    'subscribe_event', 'encoder_cmd', 'decoder_cmd', 's_edid', 'g_edid', 's_audio', 's_output', 's_hw_freq_seek',
  ].map((name) => `vidioc_${name}`),
  ...['s', 'g', 'try'].flatMap((what) =>
    ['vid_cap', 'vid_out', 'vid_cap_mplane', 'vid_out_mplane', 'vid_overlay', 'vbi_cap', 'sdr_cap', 'meta_cap', 'meta_out']
      .map((kind) => `vidioc_${what}_fmt_${kind}`)),
  ...['vid_cap', 'vid_out', 'vid_overlay', 'sdr_cap', 'meta_cap', 'meta_out'].map((kind) => `vidioc_enum_fmt_${kind}`),
]);

// prettier-ignore
export const vb2Ops = callbackTable('vb2_ops', { holds: [queueLock] }, [
  'queue_setup', 'buf_init', 'buf_prepare', 'buf_finish', 'buf_cleanup', 'start_streaming', 'stop_streaming', 'buf_queue', 'wait_prepare',
  'wait_finish',
  { member: 'buf_out_validate',     holds: [] },
  { member: 'buf_request_complete', holds: [] },
]);

// prettier-ignore
export const mediaDeviceOps = callbackTable('media_device_ops', {}, [
  { member: 'link_notify',  holds: [lockOf('mutex', 'media_device', 'graph_mutex', 0, 'graph_obj', 'mdev')] },
  { member: 'req_validate', holds: [requests] },
  { member: 'req_queue',    holds: [requests] },
]);

const graph = lockOf('mutex', 'media_device', 'graph_mutex', 0, 'graph_obj', 'mdev');

// prettier-ignore
export const mediaEntityOps = callbackTable('media_entity_operations', { holds: [graph] }, ['link_setup', 'link_validate']);

// Read in 6.1 and 6.12: rc_open(), rc_close() and the calls of lirc_dev.c; what sets protocols is called without, too.
// prettier-ignore
export const remoteControl = callbackTable('rc_dev', { holds: [lockOf('mutex', 'rc_dev', 'lock')] }, [
  'open', 'close', 'tx_ir', 's_tx_mask', 's_tx_carrier', 's_tx_duty_cycle', 's_rx_carrier_range', 's_timeout',
]);

// Read in 6.1 and 6.12: cec-adap.c.
// prettier-ignore
export const cecOps = callbackTable('cec_adap_ops', { holds: [lockOf('mutex', 'cec_adapter', 'lock')] }, [
  'adap_enable', 'adap_log_addr', 'adap_transmit', 'adap_unconfigured', 'adap_monitor_all_enable',
]);
