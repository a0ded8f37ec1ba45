// reviewCommand.ts
// `holdwait review`: a patch or a series in, what it brings out.

import { UserError } from '../base/errors.ts';
import { reviewSeries } from '../engine/review.ts';
import type { ReviewReport } from '../engine/reviewReport.ts';
import { readInput } from '../hosts/node/readInput.ts';
import { readTreeFile } from '../hosts/node/readTreeFile.ts';
import { userKnowledgeFile } from '../kernel/userKnowledge.ts';
import { readPatches } from '../patch/readPatches.ts';
import type { PatchSeries } from '../patch/change.ts';
import { noPaint, terminalPaint } from '../report/paint.ts';
import { isNew } from '../report/reviewed.ts';
import { reviewJson } from '../report/reviewJson.ts';
import { reviewText } from '../report/reviewText.ts';
import { confidences } from '../waits/finding.ts';
import type { Arguments } from './arguments.ts';
import type { Command, ExitStatus, Surroundings } from './command.ts';
import {
  archOption,
  cacheOption,
  colourOption,
  jobsOption,
  noCacheOption,
  parserOption,
  treeOption,
} from './commonOptions.ts';
import { openTree } from './tree.ts';

export const reviewCommand: Command = {
  spec: {
    name: 'review',
    summary: 'what a patch or a series brings in and takes away',
    operands: ['PATCH'],
    moreOperands: 'PATCH...',
    options: [
      treeOption,
      {
        name: '--scope',
        value: 'DIR',
        isList: true,
        help: 'a folder or file; without it, what the patch touches',
      },
      { name: '--format', value: 'KIND', choices: ['text', 'json'], help: 'what to print' },
      {
        name: '--min-confidence',
        value: 'LEVEL',
        choices: confidences,
        help: 'leave out what is less sure',
      },
      { name: '--all', help: 'tell what was there before too, and findings of low confidence in full' },
      archOption,
      cacheOption,
      noCacheOption,
      jobsOption,
      parserOption,
      colourOption,
    ],
    examples: [
      { words: 'holdwait review 0001-foo-fix-reset.patch', what: 'one patch, on the tree around you' },
      { words: 'b4 am -o- MESSAGE-ID | holdwait review -', what: 'a series from the list' },
    ],
    notes: [
      'A series is applied in memory, one patch after the other; nothing is written to the tree.',
      'Exit status: 0 nothing introduced, 1 something introduced, 2 could not do the work.',
    ],
  },
  run,
};

async function run(args: Arguments, surroundings: Surroundings): Promise<ExitStatus> {
  const { token, progress } = surroundings;
  const series = await seriesFrom(args.operands);
  const opened = await openTree(args, surroundings);
  try {
    const { index } = opened;
    const request = {
      series,
      scope: args.list('--scope').map((name) => name.replace(/^(?:\.\/)+/, '').replace(/\/+$/, '')),
      kernel: index.kernelVersion ?? '',
      base: { kind: 'tree', commit: undefined } as const,
      read: (path: string) => readTreeFile(index.root, path),
      suppressionOf: () => undefined,
      onProgress: ({ done, states }: { done: number; states: number }) =>
        progress.show(`following locks and waits: ${done} of ${states}`),
    };
    const report = sureEnough(await reviewSeries(index, request, token), args);
    progress.clear();
    for (const { line, column, text } of report.knowledgeProblems)
      surroundings.complain(`holdwait: ${userKnowledgeFile}:${line}:${column}: ${text}`);
    surroundings.print(printed(report, args, surroundings));
    return statusOf(report, surroundings);
  } finally {
    await opened.close();
  }
}

/** Several files are one series, in the order in which they are named where their subjects do not say it. */
async function seriesFrom(names: readonly string[]): Promise<PatchSeries> {
  const parts = await Promise.all(names.map((name) => readInput(name)));
  const series = readPatches(joined(parts));
  if (series.patches.length === 0)
    throw new UserError(
      'no-patch',
      `there is no patch in ${names.join(', ')}; holdwait review takes mails, mailboxes and diffs`,
    );
  return series;
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const [only] = parts;
  if (parts.length === 1 && only) return only;
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length + 1, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
    whole[at++] = 0x0a;
  }
  return whole;
}

function sureEnough(report: ReviewReport, args: Arguments): ReviewReport {
  const least = confidences.findIndex((confidence) => confidence === args.value('--min-confidence'));
  if (least < 0) return report;
  const findings = report.findings.filter(({ confidence }) => confidences.indexOf(confidence) <= least);
  return { ...report, findings };
}

function printed(report: ReviewReport, args: Arguments, surroundings: Surroundings): string {
  if (args.value('--format') === 'json') return reviewJson(report);
  const hasColour = surroundings.wantsColour && !args.has('--no-color');
  return reviewText(report, { paint: hasColour ? terminalPaint : noPaint, tellsAll: args.has('--all') });
}

/** What does not apply is no answer, even where what was applied brings nothing. */
function statusOf(report: ReviewReport, { complain }: Surroundings): ExitStatus {
  if (report.findings.some(isNew)) return 1;
  const failed = report.patches.find(({ status }) => status === 'failed');
  if (!failed) return 0;
  const { number, subject, problems } = failed.patch;
  const name = subject === '' ? `patch ${number}` : `patch ${number} (${subject})`;
  const damage = problems.find(({ severity }) => severity === 'error');
  const conflict = failed.conflicts[0]?.text;
  if (conflict !== undefined) complain(`holdwait: ${name} does not apply: ${conflict}`);
  else complain(`holdwait: ${name} cannot be read, line ${damage?.line ?? 0}: ${damage?.text ?? ''}`);
  return 2;
}
