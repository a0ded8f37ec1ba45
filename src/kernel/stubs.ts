// stubs.ts
// Core functions told in C, for where reading their source is wrong, slow or impossible: what they lock, what they
// wait for, and whom they call back, in that order. The files lie in stubs/; a folder named after a kernel holds what
// differs there.

import attributes from './stubs/attributes.c' with { type: 'text' };
import block from './stubs/block.c' with { type: 'text' };
import board from './stubs/board.c' with { type: 'text' };
import characterDevices from './stubs/characterDevices.c' with { type: 'text' };
import clocks from './stubs/clocks.c' with { type: 'text' };
import driverCore from './stubs/driverCore.c' with { type: 'text' };
import drm from './stubs/drm.c' with { type: 'text' };
import firmware from './stubs/firmware.c' with { type: 'text' };
import i2c from './stubs/i2c.c' with { type: 'text' };
import infiniband from './stubs/infiniband.c' with { type: 'text' };
import input from './stubs/input.c' with { type: 'text' };
import krefs from './stubs/krefs.c' with { type: 'text' };
import leds from './stubs/leds.c' with { type: 'text' };
import media from './stubs/media.c' with { type: 'text' };
import mediaAsync from './stubs/mediaAsync.c' with { type: 'text' };
import mmc from './stubs/mmc.c' with { type: 'text' };
import netdev from './stubs/netdev.c' with { type: 'text' };
import netNamespaces from './stubs/netNamespaces.c' with { type: 'text' };
import notifiers from './stubs/notifiers.c' with { type: 'text' };
import pci from './stubs/pci.c' with { type: 'text' };
import phy from './stubs/phy.c' with { type: 'text' };
import platform from './stubs/platform.c' with { type: 'text' };
import processors from './stubs/processors.c' with { type: 'text' };
import rfkill from './stubs/rfkill.c' with { type: 'text' };
import runtimePower from './stubs/runtimePower.c' with { type: 'text' };
import scsi from './stubs/scsi.c' with { type: 'text' };
import sockets from './stubs/sockets.c' with { type: 'text' };
import sound from './stubs/sound.c' with { type: 'text' };
import spi from './stubs/spi.c' with { type: 'text' };
import tasks from './stubs/tasks.c' with { type: 'text' };
import tty from './stubs/tty.c' with { type: 'text' };
import usb from './stubs/usb.c' with { type: 'text' };
import wakeup from './stubs/wakeup.c' with { type: 'text' };
import wireless from './stubs/wireless.c' with { type: 'text' };
import blockOpen61 from './stubs/6.1/blockOpen.c' with { type: 'text' };
import devlink61 from './stubs/6.1/devlink.c' with { type: 'text' };
import i2cDrivers61 from './stubs/6.1/i2cDrivers.c' with { type: 'text' };
import thermal61 from './stubs/6.1/thermal.c' with { type: 'text' };
import blockOpen612 from './stubs/6.12/blockOpen.c' with { type: 'text' };
import devlink612 from './stubs/6.12/devlink.c' with { type: 'text' };
import i2cDrivers612 from './stubs/6.12/i2cDrivers.c' with { type: 'text' };
import thermal612 from './stubs/6.12/thermal.c' with { type: 'text' };

export interface StubSource {
  /** No path of the tree: `holdwait/stubs/netdev.c`. */
  readonly path: string;
  readonly text: string;
}

/** The kernels whose core functions differ where stubs tell of them. */
export type StubKernel = '6.1' | '6.12';

/** The files that tell of this kernel, in order of path. */
export function stubSources(kernel: StubKernel): readonly StubSource[] {
  return [...common, ...differing[kernel]].sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Which stubs to take for a tree: those of the nearest kernel that there are stubs for. */
export function stubKernelOf(version: string | undefined): StubKernel {
  const [major = 0, minor = 0] = (version ?? '').split('.').map(Number);
  return major === 6 ? (minor < 6 ? '6.1' : '6.12') : major > 0 && major < 6 ? '6.1' : '6.12';
}

const common = [
  stub('attributes.c', attributes),
  stub('block.c', block),
  stub('board.c', board),
  stub('characterDevices.c', characterDevices),
  stub('clocks.c', clocks),
  stub('driverCore.c', driverCore),
  stub('drm.c', drm),
  stub('firmware.c', firmware),
  stub('i2c.c', i2c),
  stub('infiniband.c', infiniband),
  stub('input.c', input),
  stub('krefs.c', krefs),
  stub('leds.c', leds),
  stub('media.c', media),
  stub('mediaAsync.c', mediaAsync),
  stub('mmc.c', mmc),
  stub('netdev.c', netdev),
  stub('netNamespaces.c', netNamespaces),
  stub('notifiers.c', notifiers),
  stub('pci.c', pci),
  stub('phy.c', phy),
  stub('platform.c', platform),
  stub('processors.c', processors),
  stub('rfkill.c', rfkill),
  stub('runtimePower.c', runtimePower),
  stub('scsi.c', scsi),
  stub('sockets.c', sockets),
  stub('sound.c', sound),
  stub('spi.c', spi),
  stub('tasks.c', tasks),
  stub('tty.c', tty),
  stub('usb.c', usb),
  stub('wakeup.c', wakeup),
  stub('wireless.c', wireless),
];

const differing: Readonly<Record<StubKernel, readonly StubSource[]>> = {
  '6.1': [
    stub('6.1/blockOpen.c', blockOpen61),
    stub('6.1/devlink.c', devlink61),
    stub('6.1/i2cDrivers.c', i2cDrivers61),
    stub('6.1/thermal.c', thermal61),
  ],
  '6.12': [
    stub('6.12/blockOpen.c', blockOpen612),
    stub('6.12/devlink.c', devlink612),
    stub('6.12/i2cDrivers.c', i2cDrivers612),
    stub('6.12/thermal.c', thermal612),
  ],
};

function stub(name: string, text: string): StubSource {
  return { path: `holdwait/stubs/${name}`, text };
}
