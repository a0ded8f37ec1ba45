// callSite.ts
// Where a function calls another one, by the text of its lines.

import { lineOf, positionAt } from '../base/position.ts';
import type { Position } from '../base/position.ts';
import type { FunctionFacts } from '../facts/fileFacts.ts';

/** The first call of that name in the function; the source may do the same by another. */
export function callIn(
  { start, end }: FunctionFacts,
  lines: readonly string[],
  target: string,
): Position | undefined {
  const call = new RegExp(`\\b${target.replace(/\W/g, '\\$&')}\\s*\\(`);
  for (let line = lineOf(start) + 1; line <= lineOf(end); line++) {
    const column = lines[line - 1]?.search(call) ?? -1;
    if (column >= 0) return positionAt(line, column);
  }
  return undefined;
}
