// findingGroups.ts
// The rows of the Findings view: which findings, in which groups, the surest first. Of the editor it knows the language
// alone.

import { l10n } from 'vscode';
import type { CycleView } from '../src/report/cycleView.ts';
import type { FileFindings, FindingStep, FoundCycle } from '../src/server/protocol.ts';
import { confidences, rules } from '../src/waits/finding.ts';
import type { Confidence, Rule } from '../src/waits/finding.ts';

export const groupings = ['confidence', 'rule', 'subsystem'] as const;
export type Grouping = (typeof groupings)[number];

export const reaches = ['file', 'open', 'known'] as const;
/** Findings with a step in the active file, in an open one, or all that are known. */
export type Reach = (typeof reaches)[number];

export interface FindingGroup {
  readonly id: string;
  readonly label: string;
  readonly findings: readonly FoundCycle[];
  /** What is not sure is not in the way. */
  readonly isOpen: boolean;
}

export function findingGroups(
  findings: readonly FoundCycle[],
  grouping: Grouping = 'confidence',
): readonly FindingGroup[] {
  const ordered = surestFirst(findings);
  switch (grouping) {
    case 'confidence':
      return groupsOf(ordered, confidences, ({ view }) => view.confidence, confidenceLabel);
    case 'rule':
      return groupsOf(
        ordered,
        rules,
        ({ view }) => view.rule,
        (one, count) => `${ruleWords[one]} (${count})`,
      );
    case 'subsystem': {
      const folders = [...new Set(ordered.map(subsystemOf))].sort();
      return groupsOf(ordered, folders, subsystemOf, (folder, count) => `${folder} (${count})`);
    }
  }
}

/** `paths`: of the files that count; a finding lies in one when a step of it does. */
export const findingsIn = (
  findings: readonly FoundCycle[],
  paths: ReadonlySet<string>,
): readonly FoundCycle[] =>
  findings.filter(({ functions, steps }) => [...functions, ...steps].some(({ path }) => paths.has(path)));

/** Forwards or back from the one that was shown last, round the end. */
export function findingAfter(
  groups: readonly FindingGroup[],
  current: string | undefined,
  direction: 1 | -1,
): { readonly finding: FoundCycle; readonly number: number; readonly of: number } | undefined {
  const all = groups.flatMap((group) => group.findings);
  const from = all.findIndex(({ view }) => view.id === current);
  const start = from < 0 && direction < 0 ? 0 : from;
  const number = (start + direction + all.length) % all.length;
  const finding = all[number];
  return finding && { finding, number: number + 1, of: all.length };
}

/** Where one looks first: what the first thread waits for in the end, in a file that one works on if there is one. */
export function mainStep({ steps }: FoundCycle, paths: ReadonlySet<string>): FindingStep | undefined {
  const last = steps.filter(({ isLast }) => isLast);
  return last.find(({ path }) => paths.has(path)) ?? last[0] ?? steps[0];
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

const ruleWords: Readonly<Record<Rule, string>> = {
  'lock-cycle': 'Cycles of locks',
  'self-deadlock': 'Locks taken twice',
  'wait-cycle': 'Cycles of waits',
  'irq-deadlock': 'Locks shared with interrupts',
  'sleep-in-atomic': 'Sleeping where it is forbidden',
  'lock-leak': 'Locks left held',
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

const surestFirst = (findings: readonly FoundCycle[]): readonly FoundCycle[] =>
  confidences.flatMap((confidence) =>
    rules.flatMap((rule) =>
      findings.filter(({ view }) => view.confidence === confidence && view.rule === rule),
    ),
  );

function groupsOf<K extends string>(
  findings: readonly FoundCycle[],
  keys: readonly K[],
  keyOf: (finding: FoundCycle) => K,
  words: (key: K, count: number) => string,
): readonly FindingGroup[] {
  return keys.flatMap((key) => {
    const own = findings.filter((finding) => keyOf(finding) === key);
    if (own.length === 0) return [];
    const isOpen = key !== 'low' && own.some(({ view }) => view.confidence !== 'low');
    return [{ id: key, label: words(key, own.length), findings: own, isOpen }];
  });
}

/** The folder in which the first thread begins, as far as those who maintain it tell folders apart. */
function subsystemOf({ functions, steps }: FoundCycle): string {
  const path = (functions[0] ?? steps[0])?.path ?? '';
  const folders = path.split('/').slice(0, -1);
  return folders.slice(0, deepestSubsystem).join('/') || path;
}

// drivers/net/ethernet/mellanox/mlx4: deeper folders are parts of one driver.
const deepestSubsystem = 5;

function foundWords(count: number): string {
  if (count === 0) return l10n.t('nothing found');
  return count === 1 ? l10n.t('1 finding') : l10n.t('{0} findings', count);
}
