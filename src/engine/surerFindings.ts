// surerFindings.ts
// Findings that were there before with good reason not to believe them: a test kept one thread away from the other, or
// a trylock from waiting. Where a patch takes that away, what was a mere possibility is a deadlock, and the patch's.

import type { Finding } from '../waits/finding.ts';
import type { TouchedCode } from './touchedCode.ts';

/** The ids of findings that are of low confidence before and of more after, and that a touched function has a step in. */
export function findingsNowSure(
  before: readonly Finding[],
  after: readonly Finding[],
  { functions }: Pick<TouchedCode, 'functions'>,
): ReadonlySet<string> {
  const doubted = new Set(before.flatMap(({ id, confidence }) => (confidence === 'low' ? [id] : [])));
  const isTouched = ({ edges }: Finding): boolean =>
    edges.some(({ steps }) => steps.some(({ path, fn }) => functions.get(path)?.has(fn) === true));
  return new Set(
    after
      .filter((finding) => doubted.has(finding.id) && finding.confidence !== 'low' && isTouched(finding))
      .map(({ id }) => id),
  );
}
