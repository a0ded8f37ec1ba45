// stepText.ts
// What stands for a step: the line of the source, a call by its name, or how many calls were left out.

import type { Hop } from '../effects/results.ts';
import { areasOf } from './areas.ts';

/** `acme_stop() via acme_ops.stop`. */
export const callText = ({ target, via }: Hop): string =>
  `${target}()${via === undefined ? '' : ` via ${via}`}`;

/** The call as it stands in the source, where the line shows it. */
export function codeText({ target, action }: Hop, line: string, width: number): string {
  if (line === '') return target;
  // What a macro does stands elsewhere. `return` is no name, nor is the lock that is let go.
  const isName = action !== 'release' && target !== 'return';
  if (isName && !line.includes(target)) return `${target}()`;
  const code = line.replace(/[;{]\s*$/, '').trim();
  return code.length > width ? `${code.slice(0, width - 3)}...` : code;
}

/** `... 3 calls through the driver core ...` */
export const foldedText = (steps: readonly Hop[]): string =>
  `... ${steps.length} calls through ${areasOf(steps.map(({ path }) => path))} ...`;
