// reviewLockdep.ts
// `--format lockdep`: findings in the order in which lockdep tells its own, for readers who know that by heart. The
// header says that nothing has run.

import type { ReviewReport } from '../engine/reviewReport.ts';
import type { ReviewedFinding } from '../review/reviewed.ts';
import type { Rule } from '../waits/finding.ts';
import { wrapped } from './columns.ts';
import { lockdepLines } from './lockdepText.ts';
import { onOneLine } from './printable.ts';
import { mainStep } from './mainStep.ts';
import { answerWords, filesOf, isChangedFor, shortBase } from './reviewed.ts';
import { subjectOf } from './reviewHead.ts';
import { toldFindings } from './toldFindings.ts';
import type { TellOptions } from './toldFindings.ts';
import { counted } from './words.ts';

const width = 78;

/** Findings of low confidence are left out, unless all is told: a splat is read as a fact. */
export function reviewLockdep(report: ReviewReport, { tellsAll = false }: TellOptions = {}): string {
  const findings = toldFindings(report, { tellsAll }).filter(
    ({ confidence }) => tellsAll || confidence !== 'low',
  );
  const splats = findings.flatMap((finding, i) => [...(i === 0 ? [] : ['']), ...splatOf(finding, report)]);
  const lines = findings.length === 0 ? [nothingWords(report)] : splats;
  return lines.map((line) => `${line.trimEnd()}\n`).join('');
}

const bar = '='.repeat(54);

function splatOf(finding: ReviewedFinding, report: ReviewReport): string[] {
  const { rule, confidence, reasons, assumptions, unseenByLockdep, id } = finding;
  const bare = reasons.map((reason) => reason.replace(/\.$/, ''));
  const why = bare.length === 0 ? '' : ` (${bare.join('; ')})`;
  return [
    bar,
    `STATIC: ${titles[rule]}`,
    ...wrapped(whereWords(finding, report), '', '  ', width),
    '-'.repeat(bar.length),
    ...lockdepLines(finding, report, width),
    '',
    ...wrapped(`confidence: ${confidence}${why}`, ' ', '   ', width),
    ...assumptions.flatMap((text) => wrapped(`assumed: ${text}`, ' ', '   ', width)),
    ...(unseenByLockdep === undefined ? [] : wrapped(unseenByLockdep, ' ', '   ', width)),
    ` id: ${id}`,
  ];
}

const titles: Readonly<Record<Rule, string>> = {
  'lock-cycle': 'possible circular locking dependency',
  'wait-cycle': 'possible circular locking dependency',
  'self-deadlock': 'possible recursive locking',
  'irq-deadlock': 'possible inconsistent lock state',
  'sleep-in-atomic': 'sleeping function called from invalid context',
  'lock-leak': 'lock held when returning',
};

/** `drivers/net/acme/main.c after [PATCH net v2 2/5] acme: no reset after suspend`. */
function whereWords(finding: ReviewedFinding, report: ReviewReport): string {
  const { introducedBy, goneBy, status, edges } = finding;
  const step = mainStep(finding, filesOf(report), isChangedFor(finding, report));
  const path = step?.path ?? edges[0]?.root.path ?? '';
  const subject = (number: number | undefined): string => {
    const result = report.patches.find(({ patch }) => patch.number === number);
    return result ? onOneLine(result.patch.fullSubject) || subjectOf(result.patch) : 'the patch';
  };
  switch (status) {
    case 'introduced':
      return `${path} after ${subject(introducedBy)}`;
    case 'fixed':
      return introducedBy === undefined
        ? `${path} before ${subject(goneBy)}`
        : `${path} after ${subject(introducedBy)}, and before ${subject(goneBy)}`;
    case 'existing':
      return `${path} in ${shortBase(report.base, report.kernel)}`;
  }
}

function nothingWords(report: ReviewReport): string {
  if (report.patches.length > 0) return `${answerWords(report)}.`;
  const low = report.findings.filter(({ confidence, suppression }) => !suppression && confidence === 'low');
  return low.length === 0 ? 'Nothing found.' : `${counted(low.length, 'finding')}, of low confidence.`;
}
