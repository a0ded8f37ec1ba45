// findingGroups.ts
// The rows of the Findings view: by confidence, the surest first, and in that by rule. Of the editor it knows the
// language alone.

import { l10n } from 'vscode';
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
    const label = confidenceLabel(confidence, own.length);
    return [{ label, confidence, findings: inOrder, isOpen: confidence !== 'low' }];
  });
}

/** `39 files of this driver were looked at: 1 finding.` */
export function aboutLooked({ files, findings, note }: FileFindings): string {
  if (files.length === 0)
    return l10n.t('This file belongs to no driver; findings are looked for around those that do.');
  const found = foundWords(findings.length);
  const looked =
    files.length === 1
      ? l10n.t('1 file was looked at: {0}.', found)
      : l10n.t('{0} files were looked at: {1}.', files.length, found);
  return note === undefined ? looked : `${looked} ${note}`;
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

function confidenceLabel(confidence: Confidence, count: number): string {
  switch (confidence) {
    case 'high':
      return l10n.t('High confidence ({0})', count);
    case 'medium':
      return l10n.t('Medium confidence ({0})', count);
    case 'low':
      return l10n.t('Low confidence ({0})', count);
  }
}

function foundWords(count: number): string {
  if (count === 0) return l10n.t('nothing found');
  return count === 1 ? l10n.t('1 finding') : l10n.t('{0} findings', count);
}
