// hardware.ts
// Clocks, regulators, sensors, buses to chips and other parts of a board. The locks of clocks and regulators may be
// taken again by the task that holds them, so nothing is claimed there.

import { callbackTable } from '../callback.ts';
import type { Callback, CallbackLock } from '../callback.ts';
import { lockOf } from './locks.ts';

const io = lockOf('mutex', 'spi_controller', 'io_mutex');
const busLock = lockOf('rt mutex', 'i2c_adapter', 'bus_lock');
const clockWatch = lockOf('mutex', 'watchdog_core_data', 'lock', 0, 'wd_data');
const zone = lockOf('mutex', 'thermal_zone_device', 'lock');

// prettier-ignore
export const clkOps = callbackTable('clk_ops', {}, [
  { member: 'enable',     context: 'any', sleeps: false, masked: 'irq' },
  { member: 'disable',    context: 'any', sleeps: false, masked: 'irq' },
  { member: 'is_enabled', context: 'any', sleeps: false, masked: 'irq' },
  'prepare', 'unprepare', 'is_prepared', 'recalc_rate', 'round_rate', 'determine_rate', 'set_rate', 'set_parent', 'get_parent', 'init',
  'set_phase',
]);

// prettier-ignore
export const regulatorOps = callbackTable('regulator_ops', {}, [
  'enable', 'disable', 'is_enabled', 'set_voltage', 'set_voltage_sel', 'get_voltage', 'get_voltage_sel', 'set_mode', 'get_mode', 'get_status',
  'set_current_limit', 'get_current_limit',
]);

// prettier-ignore
export const spiController = callbackTable('spi_controller', { holds: [io] }, [
  'transfer_one_message', 'transfer_one', 'prepare_message', 'prepare_transfer_hardware',
  { member: 'set_cs', holds: [lockOf('mutex', 'spi_controller', 'io_mutex', 0, 'controller')] },
  { member: 'unprepare_message', holds: [], context: 'any' },
  { member: 'setup',   holds: [], phase: 'setup' },
  { member: 'cleanup', holds: [], phase: 'teardown' },
]);

// prettier-ignore
export const i2cAlgorithm = callbackTable('i2c_algorithm', { holds: [busLock] }, [
  'master_xfer', 'smbus_xfer',
  { member: 'master_xfer_atomic', holds: [], context: 'any', sleeps: false },
  { member: 'smbus_xfer_atomic',  holds: [], context: 'any', sleeps: false },
]);

// prettier-ignore
export const rtcClassOps = callbackTable('rtc_class_ops', { holds: [{ kind: 'mutex', type: 'rtc_device', member: 'ops_lock' }] }, [
  'read_time', 'set_time', 'read_alarm', 'set_alarm', 'alarm_irq_enable', 'ioctl', 'read_offset', 'set_offset', 'param_get', 'param_set',
  { member: 'proc', holds: [] },
]);

// The notifiers for reboot and restart stop and restart without the lock.
// prettier-ignore
export const watchdogOps = callbackTable('watchdog_ops', { holds: [clockWatch] }, [
  'start', 'ping', 'set_timeout', 'set_pretimeout', 'get_timeleft', 'ioctl',
  { member: 'stop',    holds: [] },
  { member: 'restart', holds: [], context: 'any', sleeps: false },
]);

// prettier-ignore
export const thermalOps: readonly Callback[] = [
  ...callbackTable('thermal_zone_device_ops', { holds: [zone] }, [
    'get_temp', 'set_trips', 'get_trend', 'critical', 'hot', 'change_mode',
    { member: 'set_trip_temp', holds: [] },
  ]),
  ...callbackTable('thermal_cooling_device_ops', {}, [
    { member: 'set_cur_state', holds: [lockOf('mutex', 'thermal_cooling_device', 'lock')] },
    'get_cur_state', 'get_max_state',
  ]),
];

// The opaque part lies around the device that a driver knows.
const modeLock: CallbackLock = { kind: 'mutex', type: 'iio_dev_opaque', member: 'mlock' };
const modeLockBefore = lockOf('mutex', 'iio_dev', 'mlock');
const bufferSteps = ['preenable', 'postenable', 'predisable', 'postdisable'];

// prettier-ignore
export const sensorOps: readonly Callback[] = [
  ...callbackTable('hwmon_ops', {}, ['read', 'write', 'read_string']),
  ...callbackTable('iio_info', {}, ['read_raw', 'write_raw', 'read_event_config', 'write_event_config', 'read_event_value', 'write_event_value']),
  ...callbackTable('iio_buffer_setup_ops', { holds: [modeLock],       only: '6.12' }, bufferSteps),
  ...callbackTable('iio_buffer_setup_ops', { holds: [modeLockBefore], only: '6.1' },  bufferSteps),
  ...callbackTable('power_supply_desc', {}, ['get_property', 'set_property']),
];

// Chips that sleep say so in a flag, for which both ways are open here.
// prettier-ignore
export const pinMethods: readonly Callback[] = [
  ...callbackTable('gpio_chip', { context: 'any' }, ['get', 'set', 'direction_input', 'direction_output']),
  ...callbackTable('pwm_ops', {}, [
    'apply',
    { member: 'request', phase: 'setup' },
    { member: 'free',    phase: 'teardown' },
  ]),
  ...callbackTable('led_classdev', {}, [
    { member: 'brightness_set', context: 'any', sleeps: false, interrupts: 'on' },
    { member: 'blink_set',      context: 'any', sleeps: false },
    'brightness_set_blocking',
  ]),
];

// prettier-ignore
export const dmaDevice = callbackTable('dma_device', { context: 'any', sleeps: false, interrupts: 'on' }, [
  'device_issue_pending', 'device_tx_status', 'device_prep_slave_sg', 'device_prep_dma_memcpy', 'device_prep_dma_cyclic',
  'device_prep_interleaved_dma',
  { member: 'device_synchronize', context: 'process', sleeps: true },
  { member: 'device_alloc_chan_resources', context: 'process', sleeps: true },
  { member: 'device_free_chan_resources',  context: 'process', sleeps: true },
]);

// prettier-ignore
export const cpufreqDriver = callbackTable('cpufreq_driver', {}, [
  { member: 'init', holds: [lockOf('rwsem', 'cpufreq_policy', 'rwsem')], phase: 'setup' },
  { member: 'exit', phase: 'teardown' },
  'target_index', 'setpolicy', 'verify',
]);

// prettier-ignore
export const vfioDeviceOps = callbackTable('vfio_device_ops', {}, [
  { member: 'open_device',  holds: [lockOf('mutex', 'vfio_device_set', 'lock', 0, 'dev_set')] },
  { member: 'close_device', holds: [lockOf('mutex', 'vfio_device_set', 'lock', 0, 'dev_set')] },
  'ioctl', 'read', 'write', 'mmap',
]);

// prettier-ignore
export const regmapBus = callbackTable('regmap_bus', { context: 'any' }, ['reg_read', 'reg_write', 'read', 'write', 'gather_write']);
