// mainStep.ts
// The one step of a finding that stands for it where there is room for one place only.

import { lineOf } from '../base/position.ts';
import type { Hop } from '../effects/results.ts';
import type { Finding } from '../waits/finding.ts';
import { isReturn } from './steps.ts';

/**
 * The one on a line that the patch changes; otherwise the last step of the first thread in the files that were asked
 * for. Where a lock is left behind, it is not where it is let go.
 */
export function mainStep(
  { edges }: Finding,
  files: ReadonlySet<string>,
  isChanged: (path: string, line: number) => boolean,
): Hop | undefined {
  const all = edges.flatMap((edge) => edge.steps);
  const steps = edges[0]?.steps ?? [];
  const own = steps.filter(({ path }) => files.has(path));
  const changed = all.findLast(({ path, at }) => isChanged(path, lineOf(at)));
  return changed ?? steps.find(isReturn) ?? own.at(-1) ?? steps.at(-1);
}
