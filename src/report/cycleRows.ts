// cycleRows.ts
// The steps of one thread as rows of the panel: the line of code, what it does, and calls that only pass through code
// outside the scope behind one row that says how many they are.

import { columnOf, lineOf } from '../base/position.ts';
import type { Hop, HopAction, Waitable } from '../effects/results.ts';
import type { SourceLines } from '../engine/checkReport.ts';
import type { Edge, Rule } from '../waits/finding.ts';
import { areasOf } from './areas.ts';
import { fewestFolded, foldedFrom, functionAfter, isCall, isOwnWord, isReturn, wordOf } from './steps.ts';
import { waitableWords } from './words.ts';

export type CycleRow = CycleStep | CycleFold;

export interface CycleStep {
  readonly kind: 'step';
  readonly mark: StepMark;
  /** `takes`, `waits for`. */
  readonly word: string;
  /** The line of the source, or what is called where the line does not show it. */
  readonly code: string;
  /** Where a call through a table leads: `acme_stop() via acme_ops.stop`; empty where the code says it. */
  readonly leadsTo: string;
  /** The function in which the step is made. */
  readonly fn: string;
  /** `in acme_reset()`, where nothing above says so; else empty. */
  readonly heading: string;
  readonly path: string;
  /** From 1. */
  readonly line: number;
  /** From 0. */
  readonly column: number;
  /** What the thread holds is held after this step. */
  readonly isHeld: boolean;
  /** The patch adds this line; with `fixed`, it takes it away. */
  readonly isChanged: boolean;
}

export interface CycleFold {
  readonly kind: 'fold';
  /** `the driver core and the PCI core`. */
  readonly through: string;
  readonly isHeld: boolean;
  readonly steps: readonly CycleStep[];
}

/** What a step is at a glance; each has a colour and a shape. */
export type StepMark = 'take' | 'wait' | 'call' | 'queue' | 'release' | 'return';

export interface RowContext {
  readonly inScope: (path: string) => boolean;
  readonly lines: SourceLines;
  readonly isChanged: (path: string, line: number) => boolean;
}

export function cycleRows(rule: Rule, edge: Edge, context: RowContext): readonly CycleRow[] {
  const steps = stepsOf(rule, edge, context);
  const rows: CycleRow[] = [];
  for (let i = 0; i < steps.length; i++) {
    const step = steps[i]!;
    const folded = foldedFrom(edge.steps, i, context.inScope);
    if (folded < fewestFolded) {
      rows.push(step);
      continue;
    }
    const inner = steps.slice(i, i + folded);
    rows.push({
      kind: 'fold',
      through: areasOf(inner.map(({ path }) => path)),
      isHeld: step.isHeld,
      steps: inner,
    });
    i += folded - 1;
  }
  return rows;
}

function stepsOf(rule: Rule, edge: Edge, context: RowContext): readonly CycleStep[] {
  const { steps, root, wants } = edge;
  const words = steps.map((step, i) => wordOf(step, rule, edge, i === steps.length - 1));
  const marked = steps.map((step, i) => markOf(step, words[i] ?? ''));
  const from = heldFrom(edge, marked);
  const to = heldTo(steps);
  let fn = root.fn;
  return steps.map((step, i) => {
    const { path } = step;
    const line = lineOf(step.at);
    const heading = i === to ? 'on another way out' : step.fn === fn ? '' : `in ${step.fn}()`;
    fn = functionAfter(step);
    return {
      kind: 'step',
      mark: marked[i]!,
      word: words[i]!,
      ...codeOf(step, wants, context.lines(path, line)),
      fn: step.fn,
      heading,
      path,
      line,
      column: columnOf(step.at),
      isHeld: i >= from && i < to,
      isChanged: context.isChanged(path, line),
    };
  });
}

const markOf = (step: Hop, word: string): StepMark =>
  isReturn(step) ? 'return' : word === 'wants' ? 'wait' : marks[step.action];

// prettier-ignore
const marks: Readonly<Record<HopAction, StepMark>> = {
  acquire: 'take', get: 'take', wait: 'wait', call: 'call', 'indirect-call': 'call', callback: 'call',
  queue: 'queue', signal: 'queue', put: 'release', release: 'release',
};

/** The step that takes it; whoever runs as something, or whose caller took it, holds it from the beginning on. */
function heldFrom({ origin, steps }: Edge, marked: readonly StepMark[]): number {
  switch (origin) {
    case 'taken':
    case 'tried':
      return Math.max(0, marked.indexOf('take'));
    case 'given':
      return Math.max(
        0,
        steps.findIndex(({ action }) => action === 'get'),
      );
    case 'asserted':
    case 'caller':
    case 'running':
      return 0;
  }
}

/** A lock that is left behind is shown up to the return; what is told after it is another way out. */
function heldTo(steps: readonly Hop[]): number {
  const returns = steps.findIndex(isReturn);
  return returns < 0 ? steps.length : returns + 1;
}

function codeOf(step: Hop, wants: Waitable, line: string): Pick<CycleStep, 'code' | 'leadsTo'> {
  if (isOwnWord(step)) return { code: waitableWords(wants), leadsTo: '' };
  const code = line.replace(/\s*[;{]\s*$/, '').trim();
  const { target, via, action } = step;
  if (isReturn(step) || action === 'release') return { code: code === '' ? target : code, leadsTo: '' };
  const leadsTo = via === undefined ? '' : `${target}() via ${via}`;
  if (code.includes(target)) return { code, leadsTo: via === undefined ? '' : `via ${via}` };
  // A call through a table stands there under the name of the member.
  const member = via?.slice(via.lastIndexOf('.') + 1);
  if (isCall(step) && member !== undefined && new RegExp(`\\b${escaped(member)}\\b`).test(code))
    return { code, leadsTo };
  return { code: `${target}()`, leadsTo: via === undefined ? '' : `via ${via}` };
}

const escaped = (text: string): string => text.replace(/[^\w]/g, '\\$&');
