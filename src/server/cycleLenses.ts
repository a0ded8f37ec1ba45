// cycleLenses.ts
// The last words of the line above a function: how many findings it has a part in. A lens of its own, for it comes later
// than what the function takes and waits for, which must not move or change when it comes.

import type { CodeLens } from 'vscode-languageserver';
import type { Rule } from '../waits/finding.ts';
import type { EditorPosition } from './columns.ts';
import type { FoundCycle } from './protocol.ts';

/** The command that an editor must know to open a cycle; its argument is `ShowCycleArgument`. */
export const showCycleCommand = 'holdwait.showCycle';

export interface ShowCycleArgument {
  readonly uri: string;
  /** The surest first. */
  readonly ids: readonly string[];
}

export interface PlacedFunction extends EditorPosition {
  readonly name: string;
}

/** By name of the function, what it has a part in; the surest first. */
export function cyclesByFunction(
  findings: readonly FoundCycle[],
  path: string,
): ReadonlyMap<string, readonly FoundCycle[]> {
  const found = new Map<string, FoundCycle[]>();
  for (const finding of findings) {
    if (finding.view.confidence === 'low') continue;
    for (const fn of finding.functions) {
      if (fn.path !== path) continue;
      const list = found.get(fn.name);
      if (list) list.push(finding);
      else found.set(fn.name, [finding]);
    }
  }
  return found;
}

export function cycleLenses(
  cycles: ReadonlyMap<string, readonly FoundCycle[]>,
  functions: readonly PlacedFunction[],
  uri: string,
): CodeLens[] {
  return functions.flatMap(({ name, line, character }) => {
    const found = cycles.get(name);
    if (!found) return [];
    const at = { line, character };
    const argument: ShowCycleArgument = { uri, ids: found.map(({ view }) => view.id) };
    const command = { title: cyclesTitle(found), command: showCycleCommand, arguments: [argument] };
    return [{ range: { start: at, end: at }, command }];
  });
}

/** `2 cycles · 1 lock leak`. */
export function cyclesTitle(findings: readonly FoundCycle[]): string {
  const counts = new Map<string, number>();
  for (const { view } of findings) counts.set(words[view.rule], (counts.get(words[view.rule]) ?? 0) + 1);
  return [...counts].map(([word, count]) => `${count} ${count === 1 ? word : `${word}s`}`).join(' · ');
}

const words: Readonly<Record<Rule, string>> = {
  'lock-cycle': 'cycle',
  'self-deadlock': 'cycle',
  'wait-cycle': 'cycle',
  'irq-deadlock': 'cycle',
  'sleep-in-atomic': 'atomic sleep',
  'lock-leak': 'lock leak',
};
