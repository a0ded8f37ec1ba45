// boards.ts
// Parts of a board that others are given by name: PHYs that are none of the network, mailboxes, backlights, scaled
// devices, triggers of LEDs. Read in 6.1 and 6.12: phy-core.c, mailbox.c, backlight.h, devfreq.c, led-triggers.c.

import { callbackTable } from '../callback.ts';
import type { Callback } from '../callback.ts';
import { lockOf } from './locks.ts';

// prettier-ignore
export const phyOps = callbackTable('phy_ops', { holds: [lockOf('mutex', 'phy', 'mutex')] }, [
  'init', 'exit', 'power_on', 'power_off', 'set_mode', 'set_media', 'set_speed', 'reset', 'calibrate', 'configure', 'validate',
]);

const anywhere = { context: 'any', sleeps: false } as const;

// prettier-ignore
export const mailboxes: readonly Callback[] = [
  ...callbackTable('mbox_chan_ops', {}, [
    { member: 'send_data', holds: [lockOf('spinlock', 'mbox_chan', 'lock')], masked: 'irq', ...anywhere },
    { member: 'last_tx_done', ...anywhere },
    { member: 'startup',  phase: 'setup' },
    { member: 'shutdown', phase: 'teardown' },
  ]),
  ...callbackTable('mbox_client', anywhere, ['rx_callback', 'tx_prepare', 'tx_done']),
];

// prettier-ignore
export const backlightOps = callbackTable('backlight_ops', {}, [
  { member: 'update_status', holds: [lockOf('mutex', 'backlight_device', 'update_lock')] },
  'get_brightness',
]);

// prettier-ignore
export const devfreqProfile = callbackTable('devfreq_dev_profile', { holds: [{ kind: 'mutex', type: 'devfreq', member: 'lock' }] }, [
  'target', 'get_dev_status',
]);

// prettier-ignore
export const ledTrigger = callbackTable('led_trigger', { holds: [lockOf('rwsem', 'led_classdev', 'trigger_lock')] }, [
  { member: 'activate',   phase: 'setup' },
  { member: 'deactivate', phase: 'teardown' },
]);

// prettier-ignore
export const firmwareUpload = callbackTable('fw_upload_ops', {}, [
  'prepare', 'write', 'poll_complete', 'cleanup',
  { member: 'cancel', holds: [{ kind: 'mutex', type: 'fw_upload_priv', member: 'lock' }] },
]);
