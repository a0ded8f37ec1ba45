// nearby.ts
// Radio over short ways: Bluetooth controllers and NFC chips. Read in 6.1 and 6.12: hci_sync.c and its callers in
// hci_core.c, net/nfc/core.c, net/nfc/nci/core.c.

import { callbackTable } from '../callback.ts';
import { deviceLock, lockOf } from './locks.ts';

// prettier-ignore
export const hciDevice = callbackTable('hci_dev', { holds: [lockOf('mutex', 'hci_dev', 'req_lock')] }, [
  'open', 'close', 'flush', 'setup', 'post_init', 'shutdown',
  { member: 'send', holds: [] },
]);

// prettier-ignore
export const nfcOps = callbackTable('nfc_ops', { holds: [deviceLock(0, 'dev')] }, [
  'dev_up', 'dev_down', 'start_poll', 'stop_poll', 'dep_link_up', 'dep_link_down', 'activate_target', 'deactivate_target', 'im_transceive',
  'tm_send', 'check_presence', 'fw_download', 'discover_se', 'enable_se', 'disable_se',
]);

// prettier-ignore
export const nciOps = callbackTable('nci_ops', { holds: [lockOf('mutex', 'nci_dev', 'req_lock')] }, [
  'open', 'close', 'init', 'setup',
  { member: 'send', holds: [] },
]);
