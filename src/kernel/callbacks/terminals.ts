// terminals.ts
// Terminals, line disciplines, serial ports and consoles.

import { callbackTable } from '../callback.ts';
import type { CallbackLock } from '../callback.ts';
import { lockOf } from './locks.ts';

const ttyLock = lockOf('mutex', 'tty_struct', 'legacy_mutex');
const lineDiscipline: CallbackLock = { ...lockOf('rwsem', 'tty_struct', 'ldisc_sem'), mode: 'read' };
const writeLock = lockOf('mutex', 'tty_struct', 'atomic_write_lock');
const portMutex = lockOf('mutex', 'tty_port', 'mutex');
const uartMutex = lockOf('mutex', 'tty_port', 'mutex', 0, 'state', 'port');
const uartLock = lockOf('spinlock', 'uart_port', 'lock');

// prettier-ignore
export const ttyOperations = callbackTable('tty_operations', {}, [
  { member: 'install',     holds: [{ kind: 'mutex', object: 'tty_mutex' }], phase: 'setup' },
  { member: 'open',        holds: [ttyLock] },
  { member: 'close',       holds: [ttyLock] },
  { member: 'hangup',      holds: [ttyLock] },
  { member: 'set_termios', holds: [lockOf('rwsem', 'tty_struct', 'termios_rwsem')] },
  { member: 'throttle',    holds: [lockOf('mutex', 'tty_struct', 'throttle_mutex')] },
  { member: 'start',       holds: [lockOf('spinlock', 'tty_struct', 'flow.lock')], context: 'any', sleeps: false, masked: 'irq' },
  { member: 'stop',        holds: [lockOf('spinlock', 'tty_struct', 'flow.lock')], context: 'any', sleeps: false, masked: 'irq' },
  { member: 'write',           context: 'any', sleeps: false, interrupts: 'on' },
  { member: 'put_char',        context: 'any', sleeps: false, interrupts: 'on' },
  { member: 'flush_chars',     context: 'any', sleeps: false, interrupts: 'on' },
  { member: 'write_room',      context: 'any', sleeps: false },
  { member: 'chars_in_buffer', context: 'any', sleeps: false },
  { member: 'cleanup',         phase: 'teardown' },
  { member: 'shutdown',        phase: 'teardown' },
  'unthrottle', 'break_ctl', 'flush_buffer', 'wait_until_sent', 'send_xchar', 'ioctl', 'compat_ioctl', 'tiocmget', 'tiocmset', 'get_icount',
  'get_serial', 'set_serial', 'resize', 'set_ldisc',
]);

// prettier-ignore
export const lineDisciplines = callbackTable('tty_ldisc_ops', { holds: [lineDiscipline] }, [
  'read', 'ioctl', 'compat_ioctl', 'poll', 'receive_buf', 'receive_buf2',
  { member: 'write', holds: [lineDiscipline, writeLock] },
  { member: 'close', holds: [lockOf('rwsem', 'tty_struct', 'ldisc_sem')], phase: 'teardown' },
  { member: 'open',  holds: [], phase: 'setup' },
  { member: 'write_wakeup', holds: [], context: 'any', sleeps: false },
]);

// prettier-ignore
export const ttyPortOperations = callbackTable('tty_port_operations', {}, [
  { member: 'activate', holds: [portMutex] },
  { member: 'shutdown', holds: [portMutex] },
  { member: 'destruct', phase: 'teardown' },
  'carrier_raised', 'dtr_rts',
]);

const registers = { holds: [uartLock], context: 'any', sleeps: false, masked: 'irq' } as const;

// prettier-ignore
export const uartOps = callbackTable('uart_ops', { holds: [uartMutex] }, [
  'startup', 'shutdown', 'set_termios', 'set_ldisc', 'break_ctl', 'ioctl', 'config_port', 'verify_port', 'release_port', 'request_port',
  'poll_init',
  { member: 'set_mctrl',    ...registers },
  { member: 'get_mctrl',    ...registers },
  { member: 'stop_tx',      ...registers },
  { member: 'start_tx',     ...registers },
  { member: 'start_rx',     ...registers },
  { member: 'stop_rx',      ...registers },
  { member: 'enable_ms',    ...registers },
  { member: 'flush_buffer', ...registers },
  { member: 'tx_empty',      holds: [] },
  { member: 'send_xchar',    holds: [] },
  { member: 'throttle',      holds: [] },
  { member: 'unthrottle',    holds: [] },
  { member: 'pm',            holds: [] },
  { member: 'type',          holds: [] },
  { member: 'poll_put_char', holds: [], context: 'any', sleeps: false },
  { member: 'poll_get_char', holds: [], context: 'any', sleeps: false },
]);

// prettier-ignore
export const consoleMethods = callbackTable('console', { context: 'any', sleeps: false }, [
  'write',
  { member: 'write_atomic', only: '6.12' },
  { member: 'write_thread', context: 'process', sleeps: true, only: '6.12' },
  { member: 'setup', context: 'process', sleeps: true, phase: 'setup' },
]);
