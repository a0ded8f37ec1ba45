// findingGroups.ts
// The rows of the Findings view: by confidence, the surest first, and in that by rule. Knows no editor.

import type { CycleView } from '../src/report/cycleView.ts';
import type { FileFindings, FoundCycle } from '../src/server/protocol.ts';
import { confidences, rules } from '../src/waits/finding.ts';
import type { Confidence, Rule } from '../src/waits/finding.ts';

export interface FindingGroup {
  readonly label: string;
  readonly confidence: Confidence;
  readonly findings: readonly FoundCycle[];
  /** What is not sure is not in the way. */
  readonly isOpen: boolean;
}

export function findingGroups(findings: readonly FoundCycle[]): readonly FindingGroup[] {
  return confidences.flatMap((confidence) => {
    const own = findings.filter(({ view }) => view.confidence === confidence);
    if (own.length === 0) return [];
    const inOrder = rules.flatMap((rule) => own.filter(({ view }) => view.rule === rule));
    const label = `${confidenceWords[confidence]} (${own.length})`;
    return [{ label, confidence, findings: inOrder, isOpen: confidence !== 'low' }];
  });
}

/** `39 files of this driver were looked at: 1 finding.` */
export function aboutLooked({ files, findings }: FileFindings): string {
  if (files.length === 0)
    return 'This file belongs to no driver; findings are looked for around those that do.';
  const looked = files.length === 1 ? '1 file was' : `${files.length} files were`;
  const found = findings.length === 0 ? 'nothing found' : counted(findings.length);
  return `${looked} looked at: ${found}.`;
}

/** `intf_mutex → net_device references`: what people would call the cycle. */
export function findingLabel({ nodes, title }: CycleView): string {
  const names = nodes.filter(({ kind }) => kind !== 'return' && kind !== 'cpu').map(({ name }) => name);
  return names.length === 0 ? title : names.join(' → ');
}

export const ruleIcons: Readonly<Record<Rule, string>> = {
  'lock-cycle': 'sync',
  'self-deadlock': 'sync-ignored',
  'wait-cycle': 'history',
  'irq-deadlock': 'zap',
  'sleep-in-atomic': 'debug-pause',
  'lock-leak': 'unlock',
};

const confidenceWords: Readonly<Record<Confidence, string>> = {
  high: 'High confidence',
  medium: 'Medium confidence',
  low: 'Low confidence',
};

const counted = (count: number): string => (count === 1 ? '1 finding' : `${count} findings`);
