// splats.ts
// Answers what lockdep said: for the tree around a file, or for the only one that is open.

import type { Token } from '../base/cancel.ts';
import type { SplatAnswer, SplatParams } from './protocol.ts';
import type { Trees } from './trees.ts';

export async function answerSplat(
  trees: Pick<Trees, 'treeFor'>,
  { uri, text }: SplatParams,
  token: Token,
): Promise<SplatAnswer> {
  const tree = await trees.treeFor(uri);
  if (!tree) return { kind: 'no-kernel-tree' };
  const { analyst } = await tree.whole();
  if (!analyst) return { kind: 'not-available' };
  const answer = await analyst.splat(text, token);
  return 'reason' in answer
    ? { kind: 'refused', reason: answer.reason }
    : { kind: 'splat', root: tree.root, ...answer };
}
