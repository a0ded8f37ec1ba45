// kernelRoot.ts
// Finds the kernel tree around a folder: the nearest folder above it, or itself, that looks like the top of one.

import { kernelMarkers, kernelVersionOf } from '../index/kernelTree.ts';
import { parentAddress } from './addresses.ts';

/** Looks at files by their address. */
export interface FileProbe {
  readFile(address: string): Promise<Uint8Array | undefined>;
  /** `undefined` for what is not there. */
  stat(addresses: readonly string[]): Promise<readonly unknown[]>;
}

export async function findKernelRoot(folder: string, probe: FileProbe): Promise<string | undefined> {
  for (let at: string | undefined = folder.replace(/\/+$/, ''); at !== undefined; at = parentAddress(at)) {
    if (await isKernelRoot(at, probe)) return at;
  }
  return undefined;
}

/** Both markers make a kernel tree, too: one that was cut down to what somebody works on has lost its Makefile. */
async function isKernelRoot(folder: string, probe: FileProbe): Promise<boolean> {
  const markers = await probe.stat(kernelMarkers.map((name) => `${folder}/${name}`));
  const there = markers.filter((marker) => marker !== undefined).length;
  if (there === 0) return false;
  if (there === kernelMarkers.length) return true;
  const makefile = await probe.readFile(`${folder}/Makefile`);
  return makefile !== undefined && kernelVersionOf(new TextDecoder().decode(makefile)) !== undefined;
}
