// timers.ts
// Timers and high resolution timers.

import { primitiveTable } from '../primitive.ts';

// prettier-ignore
export const timerPrimitives = primitiveTable({ kind: 'timer' }, [
  { name: 'DEFINE_TIMER',          effect: 'init', handlerArgument: 1 },
  { name: 'timer_setup',           effect: 'init', handlerArgument: 1 },
  { name: 'timer_setup_on_stack',  effect: 'init', handlerArgument: 1 },
  { name: 'add_timer',             effect: 'arm' },
  { name: 'add_timer_global',      effect: 'arm', only: '6.12' },
  { name: 'add_timer_local',       effect: 'arm', only: '6.12' },
  { name: 'add_timer_on',          effect: 'arm' },
  { name: 'mod_timer',             effect: 'arm' },
  { name: 'mod_timer_pending',     effect: 'arm' },
  { name: 'sk_reset_timer',        effect: 'arm', objectArgument: 1 },
  { name: 'timer_reduce',          effect: 'arm' },
  { name: 'del_timer',             effect: 'cancel' },
  { name: 'del_timer_sync',        effect: 'cancel', sleeps: 'flags', waitsFor: 'timer' },
  { name: 'sk_stop_timer',         effect: 'cancel', objectArgument: 1 },
  { name: 'sk_stop_timer_sync',    effect: 'cancel', objectArgument: 1, waitsFor: 'timer' },
  { name: 'timer_delete',          effect: 'cancel' },
  { name: 'timer_delete_sync',     effect: 'cancel', sleeps: 'flags', waitsFor: 'timer' },
  { name: 'timer_shutdown',        effect: 'cancel' },
  { name: 'timer_shutdown_sync',   effect: 'cancel', sleeps: 'flags', waitsFor: 'timer' },
  { name: 'try_to_del_timer_sync', effect: 'cancel', success: 'not negative' },
]);

// prettier-ignore
export const hrtimerPrimitives = primitiveTable({ kind: 'hrtimer' }, [
  { name: 'hrtimer_init',            effect: 'init' },
  { name: 'hrtimer_init_on_stack',   effect: 'init' },
  { name: 'hrtimer_init_sleeper',    effect: 'init' },
  { name: 'hrtimer_update_function', effect: 'init', handlerArgument: 1, only: '6.12' },
  { name: 'hrtimer_restart',         effect: 'arm' },
  { name: 'hrtimer_start',           effect: 'arm' },
  { name: 'hrtimer_start_expires',   effect: 'arm' },
  { name: 'hrtimer_start_range_ns',  effect: 'arm' },
  { name: 'hrtimer_cancel',          effect: 'cancel', sleeps: 'flags', waitsFor: 'hrtimer' },
  { name: 'hrtimer_try_to_cancel',   effect: 'cancel', success: 'not negative' },
]);
