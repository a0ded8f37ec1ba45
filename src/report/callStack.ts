// callStack.ts
// Where a thread is at its last step, as a stack trace: the innermost function first.

import { lineOf } from '../base/position.ts';
import type { Hop } from '../effects/results.ts';
import { fewestFolded, isCall } from './steps.ts';
import { foldedText } from './stepText.ts';

/** `acme_stop drivers/net/acme/main.c:37`. Calls that only pass through other code are folded. */
export function stackLines(steps: readonly Hop[], inScope: (path: string) => boolean): string[] {
  const frames = framesOf(steps);
  const lines: string[] = [];
  for (let i = 0; i < frames.length; i++) {
    let end = i;
    while (end < frames.length && end > 0 && !inScope(frames[end]!.path)) end++;
    const folded = frames.slice(i, end);
    if (folded.length < fewestFolded) {
      lines.push(frameText(frames[i]!));
      continue;
    }
    lines.push(foldedText(folded));
    i = end - 1;
  }
  return lines;
}

/** The last step, then the calls that are not over yet, the latest first. */
function framesOf(steps: readonly Hop[]): readonly Hop[] {
  const open: Hop[] = [];
  for (const step of steps) {
    while (
      open.length > 0 &&
      open.at(-1)!.target !== step.fn &&
      open.some(({ target }) => target === step.fn)
    )
      open.pop();
    if (open.length > 0 && open.at(-1)!.target !== step.fn) open.length = 0;
    if (isCall(step)) open.push(step);
  }
  const last = steps.at(-1);
  const calls = open.toReversed();
  return last === undefined || isCall(last) ? calls : [last, ...calls];
}

const frameText = ({ fn, path, at, via }: Hop): string =>
  `${fn} ${path}:${lineOf(at)}${via === undefined ? '' : ` (calls ${via})`}`;
