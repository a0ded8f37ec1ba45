// rememberedUnits.ts
// What was found in a unit of a tree, kept as long as the tree, what is known of it and the product are the same: the
// second check of a driver, and every review of a patch to it, need not look again at what has not changed.

import type { TreeIndex } from '../index/treeIndex.ts';
import { buildId } from '../base/buildId.ts';
import { userKnowledgeFile } from '../kernel/userKnowledge.ts';
import type { Knowledge } from '../program/treeKnowledge.ts';
import type { AnalyseUnit, UnitResult } from './analyse.ts';

/** `base` is the tree that `knowledge` was asked of. */
export async function remembering(
  analyse: () => Promise<AnalyseUnit>,
  index: TreeIndex,
  base: TreeIndex,
  knowledge: Knowledge,
): Promise<AnalyseUnit> {
  const store = buildId === '' ? undefined : index.derived();
  if (!store) return analyse();
  const known = await knowledgeText(base, knowledge);
  // Many units are known already: what they would share need not be made.
  let made: Promise<AnalyseUnit> | undefined;
  return async (unit, token) => {
    const key = [buildId, known, ...unit].join('\n');
    const bytes = await store.read(key);
    const remembered = bytes && decodeResult(bytes);
    if (remembered) return remembered;
    made ??= analyse();
    const result = await (await made)(unit, token);
    await store.write(key, encodeResult(result));
    return result;
  };
}

async function knowledgeText(base: TreeIndex, { kernel, stubs }: Knowledge): Promise<string> {
  const bytes = await base.text(userKnowledgeFile);
  const own = stubs.filter(({ path }) => !path.startsWith('holdwait/'));
  return JSON.stringify([kernel, bytes ? new TextDecoder().decode(bytes) : '', own]);
}

type Written = Omit<UnitResult, 'unresolved' | 'unresolvedElsewhere'> & {
  readonly unresolved: readonly [string, number][];
  readonly unresolvedElsewhere: readonly [string, number][];
};

function encodeResult(result: UnitResult): Uint8Array {
  const written: Written = {
    ...result,
    unresolved: [...result.unresolved],
    unresolvedElsewhere: [...result.unresolvedElsewhere],
  };
  return new TextEncoder().encode(JSON.stringify(written));
}

/** `undefined`: damaged. */
function decodeResult(bytes: Uint8Array): UnitResult | undefined {
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
