// graphics.ts
// Displays, graphics memory, fences and frame buffers.

import { callbackTable } from '../callback.ts';
import type { Callback } from '../callback.ts';
import { lockOf } from './locks.ts';

const probing = lockOf('mutex', 'drm_mode_config', 'mutex', 0, 'dev', 'mode_config');
const reservation = lockOf('ww mutex', 'dma_resv', 'lock', 0, 'resv');
const attachmentReservation = lockOf('ww mutex', 'dma_resv', 'lock', 0, 'dmabuf', 'resv');
const infoLock = lockOf('mutex', 'fb_info', 'lock');

// prettier-ignore
export const drmConnectorFuncs = callbackTable('drm_connector_funcs', {}, [
  { member: 'fill_modes', holds: [probing] },
  { member: 'force',      holds: [probing] },
  { member: 'destroy',    phase: 'teardown' },
  'detect',
]);

// prettier-ignore
export const drmBridgeFuncs = callbackTable('drm_bridge_funcs', {}, [
  { member: 'hpd_enable',  holds: [lockOf('mutex', 'drm_bridge', 'hpd_mutex')] },
  { member: 'hpd_disable', holds: [lockOf('mutex', 'drm_bridge', 'hpd_mutex')] },
]);

// A commit that nobody waits for finishes without the locks that its check was made under.
// prettier-ignore
export const drmCrtcMethods: readonly Callback[] = [
  ...callbackTable('drm_crtc_helper_funcs', {}, ['atomic_check', 'atomic_enable', 'atomic_disable', 'atomic_flush', 'atomic_begin']),
  ...callbackTable('drm_crtc_funcs', {}, [
    'page_flip', 'set_config',
    { member: 'enable_vblank',      context: 'any', sleeps: false, masked: 'irq' },
    { member: 'disable_vblank',     context: 'any', sleeps: false, masked: 'irq' },
    { member: 'get_vblank_counter', context: 'any', sleeps: false },
  ]),
];

// prettier-ignore
export const drmDriver = callbackTable('drm_driver', {}, [
  'open', 'postclose',
  { member: 'release',  phase: 'teardown' },
  { member: 'lastclose', only: '6.1' },
]);

// prettier-ignore
export const gemObjectFuncs = callbackTable('drm_gem_object_funcs', { holds: [reservation], only: '6.12' }, [
  'vmap', 'vunmap', 'pin', 'unpin',
]);

// prettier-ignore
export const gemObjectFuncsBefore = callbackTable('drm_gem_object_funcs', {}, [
  { member: 'vmap',   only: '6.1' },
  { member: 'vunmap', only: '6.1' },
  { member: 'pin',    only: '6.1' },
  { member: 'unpin',  only: '6.1' },
  { member: 'free',   phase: 'teardown' },
]);

// prettier-ignore
export const schedulerOps = callbackTable('drm_sched_backend_ops', {}, [
  'run_job', 'timedout_job',
  { member: 'free_job', phase: 'teardown' },
]);

// prettier-ignore
export const dmaBufOps = callbackTable('dma_buf_ops', {}, [
  { member: 'pin',   holds: [attachmentReservation] },
  { member: 'unpin', holds: [attachmentReservation] },
  { member: 'map_dma_buf',   holds: [attachmentReservation], only: '6.12' },
  { member: 'unmap_dma_buf', holds: [attachmentReservation], only: '6.12' },
  { member: 'vmap',          holds: [reservation], only: '6.12' },
  { member: 'vunmap',        holds: [reservation], only: '6.12' },
  { member: 'map_dma_buf',   only: '6.1' },
  { member: 'unmap_dma_buf', only: '6.1' },
  { member: 'vmap',          only: '6.1' },
  { member: 'vunmap',        only: '6.1' },
  { member: 'release',       phase: 'teardown' },
  'attach', 'detach', 'mmap', 'begin_cpu_access', 'end_cpu_access',
]);

// prettier-ignore
export const dmaFenceOps = callbackTable('dma_fence_ops', { context: 'any', sleeps: false }, [
  { member: 'enable_signaling', holds: [lockOf('spinlock', 'dma_fence', 'lock')], masked: 'irq' },
  { member: 'release', phase: 'teardown' },
  'signaled',
]);

// prettier-ignore
export const fbOps = callbackTable('fb_ops', {}, [
  { member: 'fb_open',    holds: [infoLock] },
  { member: 'fb_release', holds: [infoLock] },
  { member: 'fb_ioctl',   holds: [infoLock] },
  { member: 'fb_imageblit', context: 'any', sleeps: false },
  { member: 'fb_fillrect',  context: 'any', sleeps: false },
  { member: 'fb_copyarea',  context: 'any', sleeps: false },
  { member: 'fb_cursor',    context: 'any', sleeps: false },
  'fb_check_var', 'fb_set_par', 'fb_blank', 'fb_pan_display', 'fb_read', 'fb_write', 'fb_mmap',
]);
