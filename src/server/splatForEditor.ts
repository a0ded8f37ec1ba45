// splatForEditor.ts
// A splat for an editor: its cycle as the panel shows it, the findings that say the same, and all of it as text.

import type { Token } from '../base/cancel.ts';
import { UserError } from '../base/errors.ts';
import { explainSplat } from '../engine/explainSplat.ts';
import type { ExplainedSplat } from '../engine/explainSplat.ts';
import type { TreeIndex } from '../index/treeIndex.ts';
import { cycleView } from '../report/cycleView.ts';
import type { CycleView } from '../report/cycleView.ts';
import { seenWords, splatText } from '../report/splatText.ts';
import { readSplat } from '../review/readSplat.ts';
import { existingCycle } from './fileFindings.ts';
import type { SplatCycle } from './protocol.ts';

export async function splatForEditor(index: TreeIndex, text: string, token: Token): Promise<SplatCycle> {
  const read = readSplat(text);
  if (read.kind === 'problem') throw new UserError('no-splat', read.text);
  const explained = await explainSplat(index, read.splat, token);
  const told = splatText(explained);
  const view = viewOf(explained, told);
  return {
    text: told,
    ...(view && { view }),
    same: explained.same.map(({ finding, found }) => existingCycle(finding, found)),
  };
}

function viewOf({ splat, finding, files, lines }: ExplainedSplat, text: string): CycleView | undefined {
  if (!finding) return undefined;
  const inScope = (path: string): boolean => files.includes(path);
  return cycleView(finding, {
    ...{ inScope, lines, isChanged: () => false, status: 'existing', course: '', text, reply: '' },
    seen: seenWords(splat),
  });
}
