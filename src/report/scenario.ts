// scenario.ts
// Who does what, in order of time, as lockdep draws it: two threads in two columns, one thread or more than two below
// each other.

import type { Edge, Rule } from '../waits/finding.ts';
import { scenarioThread } from './scenarioThread.ts';
import type { ScenarioRow, ScenarioSource, ScenarioThread } from './scenarioThread.ts';
import { isInterrupted } from './steps.ts';

export interface ScenarioContext extends ScenarioSource {
  readonly indent: string;
  readonly width: number;
}

export function scenarioLines(rule: Rule, edges: readonly Edge[], context: ScenarioContext): string[] {
  const threads = edges.map((edge) => scenarioThread(rule, edge, context));
  const deepest = Math.max(0, ...threads.flatMap(allRows).map(({ depth }) => depth));
  const paper: Paper = { ...context, step: deepest > mostRoomy ? 1 : 2 };
  const [first, second] = threads;
  const [edge] = edges;
  if (first && second && threads.length === 2)
    return twoColumns(first, second, edge !== undefined && isInterrupted(rule, edge), paper);
  return threads.flatMap((thread, i) => [
    ...(i === 0 ? [] : ['']),
    ...allRows(thread).map((row) => fitted(`${paper.indent}${textOf(row, paper)}`, paper)),
  ]);
}

// Deeper threads are indented by one column a call.
const mostRoomy = 5;
const deepestShown = 12;

interface Paper {
  readonly indent: string;
  readonly width: number;
  /** Columns for each call. */
  readonly step: number;
}

const allRows = ({ before, head, rows }: ScenarioThread): readonly ScenarioRow[] => [
  ...before,
  head,
  ...rows,
];

const textOf = ({ depth, text }: ScenarioRow, { step }: Paper): string =>
  ' '.repeat(step * Math.min(depth, deepestShown)) + text;

// The second column begins here, or further left where its lines are long.
const usualColumn = 36;
const leastColumn = 20;

/**
 * What came before, the first thread up to its last step, the second one, and then what the first one waits for. A
 * second thread that interrupts the first one runs to its end, or rather does not.
 */
function twoColumns(
  first: ScenarioThread,
  second: ScenarioThread,
  interrupts: boolean,
  paper: Paper,
): string[] {
  const room = paper.width - paper.indent.length;
  const widest = Math.max(...allRows(second).map((row) => textOf(row, paper).length));
  const column = Math.max(leastColumn, Math.min(usualColumn, room - widest));
  const left = (row: ScenarioRow): string => fitted(`${paper.indent}${textOf(row, paper)}`, paper);
  const right = (row: ScenarioRow): string =>
    fitted(`${paper.indent}${' '.repeat(column)}${textOf(row, paper)}`, paper);
  if (interrupts) {
    const interrupt = { depth: 0, text: '<interrupt>' };
    return [...allRows(first).map(left), ...[interrupt, ...allRows(second)].map(right)];
  }
  const beside = `${paper.indent}${first.head.text.padEnd(column)}${second.head.text}`;
  const fits = first.head.text.length + 2 <= column && beside.length <= paper.width;
  const isBeside = fits && second.before.length === 0;
  return [
    ...first.before.map(left),
    ...second.before.map(right),
    ...(isBeside ? [beside] : [left(first.head)]),
    ...first.rows.slice(0, -1).map(left),
    ...(isBeside ? second.rows : [second.head, ...second.rows]).map(right),
    ...first.rows.slice(-1).map(left),
  ];
}

const fitted = (line: string, { width }: Paper): string =>
  line.length > width ? `${line.slice(0, width - 3).trimEnd()}...` : line;
