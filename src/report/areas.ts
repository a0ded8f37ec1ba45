// areas.ts
// What people call the parts of the kernel that a path goes through on its way from one driver function to another.

import { enumerated } from './words.ts';

// The longest folder that fits counts.
const areas: readonly (readonly [folder: string, name: string])[] = [
  ['block/', 'the block layer'],
  ['drivers/base/', 'the driver core'],
  ['drivers/infiniband/core/', 'the RDMA core'],
  ['drivers/net/mdio/', 'the MDIO bus'],
  ['drivers/net/phy/', 'the PHY layer'],
  ['drivers/pci/', 'the PCI core'],
  ['drivers/scsi/', 'the SCSI layer'],
  ['drivers/usb/core/', 'the USB core'],
  ['fs/', 'the file systems'],
  ['kernel/', 'the core kernel'],
  ['net/', 'the network stack'],
  ['net/core/', 'the network core'],
  ['net/devlink/', 'devlink'],
  ['net/mac80211/', 'mac80211'],
  ['net/wireless/', 'cfg80211'],
  ['sound/core/', 'the sound core'],
  ['sound/soc/', 'the ASoC core'],
];

/** `the driver core and the PCI core`. Headers say nothing as long as something else does. */
export function areasOf(paths: readonly string[]): string {
  const sources = paths.filter((path) => path.endsWith('.c'));
  const names = [...new Set((sources.length > 0 ? sources : paths).map(areaOf))];
  if (names.length > 3) return `${names.length} parts of the kernel`;
  return enumerated(names);
}

function areaOf(path: string): string {
  let best: readonly [string, string] = ['', path.slice(0, Math.max(path.lastIndexOf('/'), 0)) || path];
  for (const area of areas) if (path.startsWith(area[0]) && area[0].length > best[0].length) best = area;
  return best[1];
}
