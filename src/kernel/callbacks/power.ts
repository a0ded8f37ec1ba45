// power.ts
// System sleep and runtime power management.

import { callbackTable } from '../callback.ts';
import type { Callback } from '../callback.ts';
import { deviceLock } from './locks.ts';

// The late and early phases run with runtime power management off and without the lock of the device.
// prettier-ignore
export const devPmOps = callbackTable('dev_pm_ops', { holds: [deviceLock(0)] }, [
  'prepare', 'complete', 'suspend', 'resume', 'freeze', 'thaw', 'poweroff', 'restore',
]);

// prettier-ignore
export const devPmLateOps = callbackTable('dev_pm_ops', {}, [
  'suspend_late', 'resume_early', 'freeze_late', 'thaw_early', 'poweroff_late', 'restore_early', 'suspend_noirq', 'resume_noirq',
  'freeze_noirq', 'thaw_noirq', 'poweroff_noirq', 'restore_noirq', 'runtime_suspend', 'runtime_resume', 'runtime_idle',
]);

// prettier-ignore
export const syscoreOps = callbackTable('syscore_ops', {}, [
  { member: 'suspend',  context: 'any', sleeps: false, masked: 'irq' },
  { member: 'resume',   context: 'any', sleeps: false, masked: 'irq' },
  { member: 'shutdown', phase: 'teardown' },
]);

// Domains lock with a mutex or, where they may be used with interrupts off, with a spinlock.
// prettier-ignore
export const powerDomains: readonly Callback[] = callbackTable('generic_pm_domain', {}, [
  'power_on', 'power_off', 'set_performance_state', 'attach_dev', 'detach_dev',
]);
