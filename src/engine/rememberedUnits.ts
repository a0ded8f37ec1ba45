// rememberedUnits.ts
// What was found in a unit of a tree, kept as long as the tree, what is known of it and the product are the same: the
// second check of a driver, and every review of a patch to it, need not look again at what has not changed.

import type { TreeIndex } from '../index/treeIndex.ts';
import { buildId } from '../base/buildId.ts';
import { userKnowledgeFile } from '../kernel/userKnowledge.ts';
import type { Knowledge } from '../program/treeKnowledge.ts';
import type { AnalyseUnit } from './analyse.ts';
import { decodeUnitResult, encodeUnitResult } from './unitResultText.ts';

/** `base` is the tree that `knowledge` was asked of. What was made `withoutLocks` is kept apart from what has them. */
export async function remembering(
  analyse: () => Promise<AnalyseUnit>,
  index: TreeIndex,
  base: TreeIndex,
  knowledge: Knowledge,
  withoutLocks = false,
): Promise<AnalyseUnit> {
  const store = buildId === '' ? undefined : index.derived();
  if (!store) return analyse();
  const known = await knowledgeText(base, knowledge);
  // Many units are known already: what they would share need not be made.
  let made: Promise<AnalyseUnit> | undefined;
  return async (unit, token) => {
    const key = [buildId, known, ...(withoutLocks ? ['without locks'] : []), ...unit].join('\n');
    const bytes = await store.read(key);
    const remembered = bytes && decodeUnitResult(bytes);
    if (remembered) return remembered;
    made ??= analyse();
    const result = await (await made)(unit, token);
    await store.write(key, encodeUnitResult(result));
    return result;
  };
}

async function knowledgeText(base: TreeIndex, { kernel, stubs }: Knowledge): Promise<string> {
  const bytes = await base.text(userKnowledgeFile);
  const own = stubs.filter(({ path }) => !path.startsWith('holdwait/'));
  return JSON.stringify([kernel, bytes ? new TextDecoder().decode(bytes) : '', own]);
}
