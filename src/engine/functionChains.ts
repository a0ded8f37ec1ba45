// functionChains.ts
// The chains of one function: what it takes and waits for through all that it calls, and who calls it holding what. The
// way up is asked in short turns: callers can be large and many, and somebody else waits for the same thread.

import type { Token } from '../base/cancel.ts';
import { Turns } from '../base/turns.ts';
import type { FileFacts, FunctionFacts } from '../facts/fileFacts.ts';
import { Ascent } from './ascent.ts';
import { deepRows } from './deepRows.ts';
import type { FileReaders } from './fileReaders.ts';
import type { FunctionReport, Reach } from './results.ts';

/** Of a function whose file is there already: callees and headers, their headers, and the types in those. */
export const roundsForReport = 4;
// With each level, the callees, their headers and the types in those.
const roundsForLevel = 3;

export interface FoundFunction {
  readonly path: string;
  readonly facts: FileFacts;
  readonly fn: FunctionFacts;
}

export async function functionChains(
  found: FoundFunction,
  readers: FileReaders,
  { depth, callers }: Reach,
  token: Token,
): Promise<FunctionReport> {
  const { path, fn } = found;
  const { name, isStatic, start, end } = fn;
  const rounds = roundsForReport + (depth - 1) * roundsForLevel;
  const down = await readers.ask(({ bodies }) => deepRows(bodies, found, depth), rounds, token);
  const report = { name, path, start, end, ...down };
  if (!callers) return report;
  const ascent = new Ascent(readers.askCallers(token), new Turns(), token);
  const up = await ascent.read({ name, path, isStatic }, depth);
  return { ...report, callers: up.rows, moreCallers: up.more };
}
