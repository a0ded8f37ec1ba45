// unitResultText.ts
// What was found in a unit as bytes, and back: for the cache, and for the way from one thread to another.

import type { UnitResult } from './analyse.ts';

type Written = Omit<UnitResult, 'unresolved' | 'unresolvedElsewhere'> & {
  readonly unresolved: readonly [string, number][];
  readonly unresolvedElsewhere: readonly [string, number][];
};

export function encodeUnitResult(result: UnitResult): Uint8Array {
  const written: Written = {
    ...result,
    unresolved: [...result.unresolved],
    unresolvedElsewhere: [...result.unresolvedElsewhere],
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
    };
  } catch {
    return undefined;
  }
}
