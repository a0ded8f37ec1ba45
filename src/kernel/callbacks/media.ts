// media.ts
// Cameras, tuners and codecs. Most locks here are pointers to a mutex of the driver's choice, and optional: they are
// not claimed.

import { callbackTable } from '../callback.ts';
import { lockOf } from './locks.ts';

const requests = lockOf('mutex', 'media_device', 'req_queue_mutex', 0, 'mdev');

// prettier-ignore
export const v4l2FileOperations = callbackTable('v4l2_file_operations', {}, [
  'open', 'read', 'write', 'poll', 'mmap', 'unlocked_ioctl',
  { member: 'release', phase: 'teardown' },
]);

// prettier-ignore
export const v4l2CtrlOps = callbackTable('v4l2_ctrl_ops', { holds: [lockOf('mutex', 'v4l2_ctrl_handler', 'lock', 0, 'handler')] }, [
  's_ctrl', 'g_volatile_ctrl', 'try_ctrl',
]);

// prettier-ignore
export const v4l2AsyncOps = callbackTable('v4l2_async_notifier_operations', {}, [
  { member: 'bound',  phase: 'setup' },
  { member: 'unbind', phase: 'teardown' },
  'complete',
]);

// prettier-ignore
export const vb2Ops = callbackTable('vb2_ops', {}, [
  'queue_setup', 'buf_out_validate', 'buf_init', 'buf_prepare', 'buf_finish', 'buf_cleanup', 'start_streaming', 'stop_streaming', 'buf_queue',
  'buf_request_complete', 'wait_prepare', 'wait_finish',
]);

// prettier-ignore
export const mediaDeviceOps = callbackTable('media_device_ops', {}, [
  { member: 'link_notify',  holds: [lockOf('mutex', 'media_device', 'graph_mutex', 0, 'graph_obj', 'mdev')] },
  { member: 'req_validate', holds: [requests] },
  { member: 'req_queue',    holds: [requests] },
]);
