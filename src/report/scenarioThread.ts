// scenarioThread.ts
// One thread of a scenario: the function in which it begins, and a row for each step, deeper inside each call.

import { lineOf } from '../base/position.ts';
import type { Hop } from '../effects/results.ts';
import type { SourceLines } from '../engine/checkReport.ts';
import type { Edge, Rule } from '../waits/finding.ts';
import { fewestFolded, foldedFrom, functionAfter, isCall, isOwnWord, isReturn } from './steps.ts';
import { callText, codeText, foldedText } from './stepText.ts';
import { waitableWords } from './words.ts';

export interface ScenarioRow {
  readonly depth: number;
  readonly text: string;
}

export interface ScenarioThread {
  /** What another thread did before, which gave this one what it holds. */
  readonly before: readonly ScenarioRow[];
  readonly head: ScenarioRow;
  readonly rows: readonly ScenarioRow[];
}

export interface ScenarioSource {
  readonly inScope: (path: string) => boolean;
  readonly lines: SourceLines;
}

export function scenarioThread(rule: Rule, edge: Edge, source: ScenarioSource): ScenarioThread {
  const { root, origin, steps, wants } = edge;
  const told = rule === 'lock-leak' ? upToReturn(steps) : steps;
  const own = origin === 'given' ? told.findIndex(({ fn }) => fn === root.fn) : 0;
  const [giver] = own > 0 ? told : [];
  return {
    before: giver ? [rowOf(0, `${giver.fn}()`), ...rowsOf(giver.fn, told.slice(0, own), wants, source)] : [],
    head: rowOf(0, `${root.fn}()`),
    rows: rowsOf(root.fn, giver ? told.slice(own) : told, wants, source),
  };
}

const rowOf = (depth: number, text: string): ScenarioRow => ({ depth, text });

/** What follows tells how another way out lets go. */
function upToReturn(steps: readonly Hop[]): readonly Hop[] {
  const end = steps.findIndex(isReturn);
  return end < 0 ? steps : steps.slice(0, end + 1);
}

// Rows are cut to the room that there is; this is only to leave out what never fits.
const longestCode = 60;

function rowsOf(
  fn: string,
  steps: readonly Hop[],
  wants: Edge['wants'],
  { inScope, lines }: ScenarioSource,
): readonly ScenarioRow[] {
  const rows: ScenarioRow[] = [];
  let stack = [fn];
  for (let i = 0; i < steps.length; i++) {
    const step = steps[i]!;
    const known = stack.lastIndexOf(step.fn);
    if (known >= 0) stack = stack.slice(0, known + 1);
    else {
      // Nobody has said how it comes there.
      rows.push(rowOf(stack.length, `${step.fn}()`));
      stack.push(step.fn);
    }
    const folded = foldedFrom(steps, i, inScope);
    const depth = stack.length;
    if (folded >= fewestFolded) {
      rows.push(rowOf(depth, foldedText(steps.slice(i, i + folded))));
      i += folded - 1;
      stack.push(functionAfter(steps[i]!));
    } else if (isCall(step)) {
      rows.push(rowOf(depth, callText(step)));
      stack.push(functionAfter(step));
    } else {
      const code = codeText(step, lines(step.path, lineOf(step.at)), longestCode);
      rows.push(rowOf(depth, isOwnWord(step) ? `(waits for ${waitableWords(wants)})` : code));
    }
  }
  return rows;
}
