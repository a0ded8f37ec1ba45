// callbacks.ts
// All tables of callbacks as one: with which locks held, and in which context, the core calls a member of an
// operations table.

import type { Callback, CallbackLock } from './callback.ts';
import {
  netDeviceOps,
  netDeviceMembers,
  napiMembers,
  headerOps,
  rtnlLinkOps,
  rtnlAfOps,
  pernetOperations,
  ethtoolOps,
} from './callbacks/netdevices.ts';
import {
  devlinkOps,
  devlinkPortOps,
  devlinkCallbacks,
  xfrmdevOps,
  tlsdevOps,
  macsecOps,
  ptpClockInfo,
  genericNetlink,
} from './callbacks/networkOffloads.ts';
import { qdiscOps, qdiscClassOps, tcfProtoOps } from './callbacks/packetSchedulers.ts';
import { protoOps, protoMethods, sockMembers } from './callbacks/sockets.ts';
import { phyDriver, phyDevice, phylinkMacOps, phylinkPcsOps, miiBus } from './callbacks/phys.ts';
import {
  cfg80211Ops,
  ieee80211Ops,
  ieee80211OpsBefore,
  ieee80211AtomicOps,
  wiphyWork,
} from './callbacks/wireless.ts';
import { ibDeviceOps, rdmaEvents } from './callbacks/rdma.ts';
import {
  backlightOps,
  devfreqProfile,
  firmwareUpload,
  ledTrigger,
  mailboxes,
  phyOps,
} from './callbacks/boards.ts';
import { endpointOps, gadgetOps, roleSwitch, usbFunction } from './callbacks/gadgets.ts';
import { pppChannelOps, switchOps } from './callbacks/links.ts';
import { hciDevice, nciOps, nfcOps } from './callbacks/nearby.ts';
import {
  driverMethods,
  pciErrorHandlers,
  usbDriver,
  usbSerialDriver,
  usbGadgetEvents,
  usbHostDriver,
  virtioEvents,
  serioDrivers,
  interfaceMembers,
  releaseMembers,
} from './callbacks/drivers.ts';
import { devPmOps, devPmLateOps, syscoreOps, powerDomains } from './callbacks/power.ts';
import {
  attributeMethods,
  parameterOps,
  configfsMethods,
  seqOperations,
  procOps,
} from './callbacks/attributes.ts';
import {
  fileOperations,
  vmOperations,
  inodeOperations,
  superOperations,
  addressSpaceOperations,
  dentryOperations,
  mmuNotifierOps,
  shrinkers,
} from './callbacks/files.ts';
import {
  blockDeviceOperations,
  blkMqOps,
  bioMembers,
  scsiHostTemplate,
  deviceMapperTargets,
  mdPersonality,
  mmcHostOps,
} from './callbacks/storage.ts';
import {
  ttyOperations,
  lineDisciplines,
  ttyPortOperations,
  uartOps,
  consoleMethods,
} from './callbacks/terminals.ts';
import {
  pcmOps,
  timerHardware,
  rawmidiOps,
  controlMethods,
  daiOps,
  dapmWidgets,
  componentDriver,
  soundDeviceOps,
} from './callbacks/sound.ts';
import {
  v4l2FileOperations,
  v4l2CtrlOps,
  v4l2AsyncOps,
  v4l2IoctlOps,
  vb2Ops,
  mediaDeviceOps,
  mediaEntityOps,
  remoteControl,
  cecOps,
} from './callbacks/media.ts';
import {
  drmConnectorFuncs,
  drmBridgeFuncs,
  drmCrtcMethods,
  drmDriver,
  gemObjectFuncs,
  gemObjectFuncsBefore,
  schedulerOps,
  dmaBufOps,
  dmaFenceOps,
  fbOps,
} from './callbacks/graphics.ts';
import {
  inputDevice,
  inputHandler,
  forceFeedback,
  hidDriver,
  hidTransport,
  rfkillOps,
} from './callbacks/inputs.ts';
import {
  clkOps,
  regulatorOps,
  spiController,
  i2cAlgorithm,
  rtcClassOps,
  watchdogOps,
  thermalOps,
  sensorOps,
  pinMethods,
  dmaDevice,
  cpufreqDriver,
  vfioDeviceOps,
  regmapBus,
} from './callbacks/hardware.ts';
import {
  cgroupSubsys,
  chips,
  comesAndGoes,
  demuxFeeds,
  remoteProcessors,
  smallNetworks,
} from './callbacks/subsystems.ts';
import { irqChip, irqChipBus, timerMembers, completionMembers } from './callbacks/interrupts.ts';

const tables: readonly (readonly Callback[])[] = [
  netDeviceOps,
  backlightOps,
  devfreqProfile,
  firmwareUpload,
  ledTrigger,
  mailboxes,
  phyOps,
  endpointOps,
  gadgetOps,
  roleSwitch,
  usbFunction,
  pppChannelOps,
  switchOps,
  hciDevice,
  nciOps,
  nfcOps,
  mediaEntityOps,
  remoteControl,
  cecOps,
  timerHardware,
  drmBridgeFuncs,
  netDeviceMembers,
  napiMembers,
  headerOps,
  rtnlLinkOps,
  rtnlAfOps,
  pernetOperations,
  ethtoolOps,
  devlinkOps,
  devlinkPortOps,
  devlinkCallbacks,
  xfrmdevOps,
  tlsdevOps,
  macsecOps,
  ptpClockInfo,
  genericNetlink,
  qdiscOps,
  qdiscClassOps,
  tcfProtoOps,
  protoOps,
  protoMethods,
  sockMembers,
  phyDriver,
  phyDevice,
  phylinkMacOps,
  phylinkPcsOps,
  miiBus,
  cfg80211Ops,
  ieee80211Ops,
  ieee80211OpsBefore,
  ieee80211AtomicOps,
  wiphyWork,
  ibDeviceOps,
  rdmaEvents,
  driverMethods,
  pciErrorHandlers,
  usbDriver,
  usbSerialDriver,
  usbGadgetEvents,
  usbHostDriver,
  virtioEvents,
  serioDrivers,
  interfaceMembers,
  releaseMembers,
  devPmOps,
  devPmLateOps,
  syscoreOps,
  powerDomains,
  attributeMethods,
  parameterOps,
  configfsMethods,
  seqOperations,
  procOps,
  fileOperations,
  vmOperations,
  inodeOperations,
  superOperations,
  addressSpaceOperations,
  dentryOperations,
  mmuNotifierOps,
  shrinkers,
  blockDeviceOperations,
  blkMqOps,
  bioMembers,
  scsiHostTemplate,
  deviceMapperTargets,
  mdPersonality,
  mmcHostOps,
  ttyOperations,
  lineDisciplines,
  ttyPortOperations,
  uartOps,
  consoleMethods,
  pcmOps,
  rawmidiOps,
  controlMethods,
  daiOps,
  dapmWidgets,
  componentDriver,
  soundDeviceOps,
  v4l2FileOperations,
  v4l2CtrlOps,
  v4l2AsyncOps,
  v4l2IoctlOps,
  vb2Ops,
  mediaDeviceOps,
  drmConnectorFuncs,
  drmCrtcMethods,
  drmDriver,
  gemObjectFuncs,
  gemObjectFuncsBefore,
  schedulerOps,
  dmaBufOps,
  dmaFenceOps,
  fbOps,
  inputDevice,
  inputHandler,
  forceFeedback,
  hidDriver,
  hidTransport,
  rfkillOps,
  clkOps,
  regulatorOps,
  spiController,
  i2cAlgorithm,
  rtcClassOps,
  watchdogOps,
  thermalOps,
  sensorOps,
  pinMethods,
  dmaDevice,
  cpufreqDriver,
  vfioDeviceOps,
  regmapBus,
  irqChip,
  irqChipBus,
  timerMembers,
  completionMembers,
  cgroupSubsys,
  chips,
  comesAndGoes,
  demuxFeeds,
  remoteProcessors,
  smallNetworks,
];

/** Every row, in the order of the tables. A member has two rows where 6.1 and 6.12 differ. */
export const callbacks: readonly Callback[] = tables.flat();

const byMember = new Map<string, Callback[]>();
for (const row of callbacks) {
  const key = `${row.struct}.${row.member}`;
  const rows = byMember.get(key);
  if (rows) rows.push(row);
  else byMember.set(key, [row]);
}

/** `undefined`: nothing is known. Where the kernels differ and none is given, what is true of both. */
export function callbackOf(struct: string, member: string, kernel?: '6.1' | '6.12'): Callback | undefined {
  const rows = byMember.get(`${struct}.${member}`);
  if (!rows) return undefined;
  const own = kernel && rows.find((row) => row.only === kernel);
  return own ?? rows.reduce(common);
}

function common(one: Callback, other: Callback): Callback {
  const held = new Set(other.holds.map(text));
  return {
    struct: one.struct,
    member: one.member,
    holds: one.holds.filter((lock) => held.has(text(lock))),
    context: one.context === other.context ? one.context : 'any',
    sleeps: one.sleeps && other.sleeps,
    ...(one.masked !== undefined && one.masked === other.masked ? { masked: one.masked } : {}),
    ...(one.interrupts === other.interrupts && one.interrupts ? { interrupts: one.interrupts } : {}),
    phase: one.phase === other.phase ? one.phase : 'running',
  };
}

const text = (lock: CallbackLock): string => JSON.stringify(lock);
