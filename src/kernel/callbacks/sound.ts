// sound.ts
// Sound: PCM streams, MIDI, controls and SoC parts.

import { callbackTable } from '../callback.ts';
import type { CallbackLock } from '../callback.ts';
import { lockOf } from './locks.ts';

const openMutex = lockOf('mutex', 'snd_pcm', 'open_mutex', 0, 'pcm');
const bufferMutex = lockOf('mutex', 'snd_pcm_runtime', 'buffer_mutex', 0, 'runtime');
const controls: CallbackLock = { kind: 'rwsem', type: 'snd_card', member: 'controls_rwsem' };
// A stream that must not be atomic has a mutex in the place of the spinlock.
const streamLock: CallbackLock = {
  kind: 'spinlock',
  type: 'snd_pcm_group',
  member: 'lock',
  unless: ['nonatomic'],
};

// snd_card_free() waits until the last file of the card is closed: these are called while one is open.
const openFile: CallbackLock = { kind: 'callbacks', mode: 'read', type: 'snd_card', member: 'files_list' };

// prettier-ignore
export const pcmOps = callbackTable('snd_pcm_ops', { holds: [openFile] }, [
  { member: 'open',      holds: [openFile, openMutex] },
  { member: 'close',     holds: [openFile, openMutex] },
  { member: 'hw_params', holds: [openFile, bufferMutex] },
  { member: 'prepare',   holds: [openFile, bufferMutex] },
  { member: 'trigger',   holds: [streamLock], context: 'any' },
  { member: 'pointer',   holds: [streamLock], context: 'any' },
  { member: 'ack',       holds: [streamLock], context: 'any' },
  'hw_free', 'ioctl', 'sync_stop', 'fill_silence', 'mmap', 'page',
  { member: 'copy',        only: '6.12' },
  { member: 'copy_user',   only: '6.1' },
  { member: 'copy_kernel', only: '6.1' },
]);

// Read in 6.1 and 6.12: both are called under the lock of the timer, from its interrupt too.
// prettier-ignore
export const timerHardware = callbackTable(
  'snd_timer_hardware',
  { holds: [lockOf('spinlock', 'snd_timer', 'lock')], context: 'any', sleeps: false, masked: 'irq' },
  ['start', 'stop'],
);

// prettier-ignore
export const rawmidiOps = callbackTable('snd_rawmidi_ops', { holds: [openFile] }, [
  { member: 'trigger', holds: [], context: 'any', sleeps: false },
  'open', 'close', 'drain',
]);

// prettier-ignore
export const controlMethods = callbackTable('snd_kcontrol_new', { holds: [openFile, { ...controls, mode: 'read' }] }, [
  'info', 'get',
  { member: 'put', holds: [openFile, controls] },
]);

// prettier-ignore
export const daiOps = callbackTable('snd_soc_dai_ops', {}, [
  { member: 'trigger', context: 'any' },
  { member: 'delay',   context: 'any' },
  'startup', 'shutdown', 'hw_params', 'hw_free', 'prepare', 'set_sysclk', 'set_pll', 'set_clkdiv', 'set_fmt', 'set_tdm_slot', 'mute_stream',
]);

// prettier-ignore
export const dapmWidgets = callbackTable('snd_soc_dapm_widget', { holds: [lockOf('mutex', 'snd_soc_card', 'dapm_mutex', 0, 'dapm', 'card')] }, ['event']);

// prettier-ignore
export const componentDriver = callbackTable('snd_soc_component_driver', {}, [
  { member: 'probe',   phase: 'setup' },
  { member: 'remove',  phase: 'teardown' },
  { member: 'trigger', context: 'any' },
  { member: 'pointer', context: 'any' },
  'suspend', 'resume', 'open', 'close', 'hw_params', 'hw_free', 'prepare', 'set_bias_level',
]);

// prettier-ignore
export const soundDeviceOps = callbackTable('snd_device_ops', {}, [
  { member: 'dev_free',       phase: 'teardown' },
  { member: 'dev_disconnect', phase: 'teardown' },
  { member: 'dev_register',   phase: 'setup' },
]);
