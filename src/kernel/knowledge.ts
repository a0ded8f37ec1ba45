// knowledge.ts
// All tables of primitives as one: what a name means, or that it means nothing special.

import type { Primitive } from './primitive.ts';
import {
  mutexPrimitives,
  rtMutexPrimitives,
  wwMutexPrimitives,
  semaphorePrimitives,
  rwsemPrimitives,
  percpuRwsemPrimitives,
} from './primitives/mutexes.ts';
import {
  spinlockPrimitives,
  rawSpinlockPrimitives,
  bitSpinlockPrimitives,
  rwlockPrimitives,
  seqlockPrimitives,
  seqcountPrimitives,
  localLockPrimitives,
  hwspinlockPrimitives,
} from './primitives/spinlocks.ts';
import { rcuPrimitives, srcuPrimitives } from './primitives/rcu.ts';
import {
  completionPrimitives,
  waitqueuePrimitives,
  swaitPrimitives,
  rcuwaitPrimitives,
  waitBitPrimitives,
  waitVarPrimitives,
  dmaFencePrimitives,
} from './primitives/events.ts';
import {
  workPrimitives,
  kthreadWorkPrimitives,
  irqWorkPrimitives,
  wiphyWorkPrimitives,
  taskWorkPrimitives,
  asyncPrimitives,
  kthreadPrimitives,
} from './primitives/works.ts';
import { timerPrimitives, hrtimerPrimitives } from './primitives/timers.ts';
import {
  irqlinePrimitives,
  taskletPrimitives,
  napiPrimitives,
  ipiPrimitives,
  irqPrimitives,
  bhPrimitives,
  preemptPrimitives,
} from './primitives/interrupts.ts';
import {
  refcountPrimitives,
  kobjectPrimitives,
  percpuRefPrimitives,
  modulePrimitives,
  filePrimitives,
  dcachePrimitives,
  netdevPrimitives,
} from './primitives/references.ts';
import {
  rtnlPrimitives,
  devlinkPrimitives,
  wiphyPrimitives,
  genlPrimitives,
  sockPrimitives,
  netifTxPrimitives,
  netifAddrPrimitives,
  qdiscPrimitives,
  mdioPrimitives,
  phyPrimitives,
  phylinkPrimitives,
  bluetoothPrimitives,
  rdmaPrimitives,
} from './primitives/networking.ts';
import {
  devicePrimitives,
  driverPrimitives,
  pmRuntimePrimitives,
  pmPrimitives,
  sysfsPrimitives,
  kernfsPrimitives,
  debugfsPrimitives,
  procPrimitives,
  miscPrimitives,
  cdevPrimitives,
  usbPrimitives,
  pciPrimitives,
  i2cPrimitives,
  spiPrimitives,
  mmcPrimitives,
  scsiPrimitives,
  blockPrimitives,
  firmwarePrimitives,
} from './primitives/devices.ts';
import {
  mmapLockPrimitives,
  inodePrimitives,
  sbPrimitives,
  pagePrimitives,
  xarrayPrimitives,
  idrPrimitives,
  taskPrimitives,
  cpusPrimitives,
  consolePrimitives,
  ttyPrimitives,
  ldsemPrimitives,
  uartPrimitives,
  sndPrimitives,
  soundCardPrimitives,
  v4l2Primitives,
  drmPrimitives,
  dmaResvPrimitives,
  usermodePrimitives,
  inputPrimitives,
  stopPrimitives,
} from './primitives/subsystems.ts';
import { pthreadPrimitives } from './primitives/threads.ts';
import { notifierPrimitives, lockdepPrimitives } from './primitives/notifiers.ts';
import { guardPrimitives } from './primitives/guards.ts';
import { stubPrimitives } from './primitives/stubs.ts';

const tables: readonly (readonly Primitive[])[] = [
  mutexPrimitives,
  rtMutexPrimitives,
  wwMutexPrimitives,
  semaphorePrimitives,
  rwsemPrimitives,
  percpuRwsemPrimitives,
  spinlockPrimitives,
  rawSpinlockPrimitives,
  bitSpinlockPrimitives,
  rwlockPrimitives,
  seqlockPrimitives,
  seqcountPrimitives,
  localLockPrimitives,
  hwspinlockPrimitives,
  rcuPrimitives,
  srcuPrimitives,
  completionPrimitives,
  waitqueuePrimitives,
  swaitPrimitives,
  rcuwaitPrimitives,
  waitBitPrimitives,
  waitVarPrimitives,
  dmaFencePrimitives,
  workPrimitives,
  kthreadWorkPrimitives,
  irqWorkPrimitives,
  wiphyWorkPrimitives,
  taskWorkPrimitives,
  asyncPrimitives,
  kthreadPrimitives,
  timerPrimitives,
  hrtimerPrimitives,
  irqlinePrimitives,
  taskletPrimitives,
  napiPrimitives,
  ipiPrimitives,
  irqPrimitives,
  bhPrimitives,
  preemptPrimitives,
  refcountPrimitives,
  kobjectPrimitives,
  percpuRefPrimitives,
  modulePrimitives,
  filePrimitives,
  dcachePrimitives,
  netdevPrimitives,
  rtnlPrimitives,
  devlinkPrimitives,
  wiphyPrimitives,
  genlPrimitives,
  sockPrimitives,
  netifTxPrimitives,
  netifAddrPrimitives,
  qdiscPrimitives,
  mdioPrimitives,
  phyPrimitives,
  phylinkPrimitives,
  bluetoothPrimitives,
  rdmaPrimitives,
  devicePrimitives,
  driverPrimitives,
  pmRuntimePrimitives,
  pmPrimitives,
  sysfsPrimitives,
  kernfsPrimitives,
  debugfsPrimitives,
  procPrimitives,
  miscPrimitives,
  cdevPrimitives,
  usbPrimitives,
  pciPrimitives,
  i2cPrimitives,
  spiPrimitives,
  mmcPrimitives,
  scsiPrimitives,
  blockPrimitives,
  firmwarePrimitives,
  mmapLockPrimitives,
  inodePrimitives,
  sbPrimitives,
  pagePrimitives,
  xarrayPrimitives,
  idrPrimitives,
  taskPrimitives,
  cpusPrimitives,
  consolePrimitives,
  ttyPrimitives,
  ldsemPrimitives,
  uartPrimitives,
  sndPrimitives,
  soundCardPrimitives,
  v4l2Primitives,
  drmPrimitives,
  dmaResvPrimitives,
  usermodePrimitives,
  inputPrimitives,
  stopPrimitives,
  pthreadPrimitives,
  notifierPrimitives,
  lockdepPrimitives,
  guardPrimitives,
];

/** Every row, in the order of the tables. */
export const primitives: readonly Primitive[] = tables.flat();

// The words of stubs are no functions of the kernel, so nothing that lists its primitives shows them.
const byName: ReadonlyMap<string, Primitive> = new Map(
  [...primitives, ...stubPrimitives].map((row) => [row.name, row]),
);

/** What a function or macro of that name does; `undefined`: an ordinary function. */
export function primitiveOf(name: string): Primitive | undefined {
  return byName.get(name);
}

/** What `guard(name)(...)` does at once. It is undone where its scope ends. */
export function guardOf(name: string): Primitive | undefined {
  return byName.get(`guard(${name})`);
}

/** What `__free(name)` does where the scope of its variable ends: the class is named after the function it calls. */
export function cleanupOf(name: string): Primitive | undefined {
  const primitive = byName.get(name);
  return primitive && (primitive.effect === 'put' || primitive.effect === 'release') ? primitive : undefined;
}
