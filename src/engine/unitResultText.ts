// unitResultText.ts
// What was found in a unit as bytes, and back: for the cache, and for the way from one thread to another.

import type { UnitResult } from './analyse.ts';
import { readLocks, writeLocks } from './unitLocksText.ts';
import type { WrittenLocks } from './unitLocksText.ts';

type Written = Omit<UnitResult, 'unresolved' | 'unresolvedElsewhere' | 'locks'> & {
  readonly unresolved: readonly [string, number][];
  readonly unresolvedElsewhere: readonly [string, number][];
  readonly locks: WrittenLocks;
};

export function encodeUnitResult(result: UnitResult): Uint8Array {
  const written: Written = {
    ...result,
    unresolved: [...result.unresolved],
    unresolvedElsewhere: [...result.unresolvedElsewhere],
    locks: writeLocks(result.locks),
  };
  return new TextEncoder().encode(JSON.stringify(written));
}

/** `undefined`: damaged. */
export function decodeUnitResult(bytes: Uint8Array): UnitResult | undefined {
  try {
    const written = JSON.parse(new TextDecoder().decode(bytes)) as Written;
    return {
      ...written,
      unresolved: new Map(written.unresolved),
      unresolvedElsewhere: new Map(written.unresolvedElsewhere),
      locks: readLocks(written.locks),
    };
  } catch {
    return undefined;
  }
}
