// story.ts
// One thread of a cycle as lines: what it holds and wants in one sentence, then each step on the way. Calls that only
// pass through code outside the scope are folded.

import { lineOf } from '../base/position.ts';
import type { Hop, Waitable } from '../effects/results.ts';
import type { SourceLines } from '../engine/checkReport.ts';
import type { Edge, Rule } from '../waits/finding.ts';
import { alignedLines, widthBeside, wrapped } from './columns.ts';
import type { ChainLine } from './columns.ts';
import type { Paint } from './paint.ts';
import { fewestFolded, foldedFrom, functionAfter, isCall, isOwnWord, isTaking, wordOf } from './steps.ts';
import { callText, codeText, foldedText } from './stepText.ts';
import { beginning, ending } from './threadWords.ts';
import { notInTree, waitableWords } from './words.ts';

export interface StoryContext {
  readonly inScope: (path: string) => boolean;
  readonly lines: SourceLines;
  readonly paint: Paint;
  /** Lines that the patch under review adds (or takes away). */
  readonly isChanged?: (path: string, line: number) => boolean;
  /** What marks such lines: `+`, or `-` for those that go. */
  readonly sign?: '+' | '-';
}

export function storyLines(rule: Rule, edge: Edge, context: StoryContext): string[] {
  const rows = rowsOf(rule, edge, context);
  const steps = rows.filter((row) => typeof row !== 'string');
  const aligned = steps.length === 0 ? [] : alignedLines(steps, context.paint);
  let next = 0;
  return [
    ...wrapped(`${beginning(edge)} and ${ending(rule, edge)}:`, '  ', '    '),
    ...rows.map((row) => (typeof row === 'string' ? row : marked(aligned[next++]!, row, context))),
  ];
}

/** A step, or a line that stands between steps. */
type Row = StepLine | string;

interface StepLine extends ChainLine {
  /** The line of the step is one that the patch changes. */
  readonly isChanged: boolean;
}

/** A sign in the margin, as in a diff. */
const marked = (line: string, { isChanged }: StepLine, { paint, sign = '+' }: StoryContext): string =>
  isChanged ? `  ${paint.strong(sign)}${line.slice(3)}` : line;

// What stands in a line of code beyond that is of no help, whatever room there is; less would say too little.
const longestCode = 60;
const shortestCode = 32;

function rowsOf(rule: Rule, edge: Edge, context: StoryContext): Row[] {
  const { steps, root } = edge;
  const rows: Row[] = [];
  const codeWidth = codeWidthOf(steps);
  let fn = root.fn;
  for (let i = 0; i < steps.length; i++) {
    const step = steps[i]!;
    if (step.fn !== fn) rows.push(`    in ${step.fn}():`);
    const folded = foldedFrom(steps, i, context.inScope);
    const isFolded = folded >= fewestFolded;
    const last = steps[isFolded ? i + folded - 1 : i]!;
    if (isFolded) rows.push(`    ${foldedText(steps.slice(i, i + folded))}`);
    else
      rows.push(
        stepLine(step, edge.wants, wordOf(step, rule, edge, i === steps.length - 1), codeWidth, context),
      );
    if (isFolded) i += folded - 1;
    fn = functionAfter(last);
  }
  return rows;
}

/** A splat may come from another tree. */
const placeOf = ({ path, at }: Hop): string => (path === '' ? notInTree : `${path}:${lineOf(at)}`);

function codeWidthOf(steps: readonly Hop[]): number {
  const room = widthBeside(Math.max(0, ...steps.map((step) => placeOf(step).length)));
  const taken = '    sleeps in  '.length;
  return Math.min(longestCode, Math.max(shortestCode, room - taken));
}

function stepLine(
  step: Hop,
  wants: Waitable,
  word: string,
  codeWidth: number,
  context: StoryContext,
): StepLine {
  const { lines, paint, isChanged } = context;
  const isWait = step.action === 'wait' || word === 'wants';
  return {
    depth: 2,
    word,
    object: isCall(step)
      ? callText(step)
      : isOwnWord(step)
        ? waitableWords(wants)
        : codeText(step, lines(step.path, lineOf(step.at)), codeWidth),
    place: placeOf(step),
    paintWord: isWait ? paint.wait : isTaking(step) ? paint.take : paint.faint,
    isChanged: isChanged?.(step.path, lineOf(step.at)) === true,
  };
}
